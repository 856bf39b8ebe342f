"""How many photos there are of each class in each split, as a plot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from trainer.pages import svg
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

_MOST_LETTERS: Final = 40
_INCHES_A_BAR: Final = 0.2
_FIT_A_SCREEN: Final = 30


def counts(of_split: Mapping[str, Sequence[int]], labels: Sequence[str]) -> Markup:
    """Return a bar for each class, its splits told apart, the largest on top, each name legible."""
    totals = np.sum(list(of_split.values()), axis=0)
    order = np.argsort(totals, kind="stable")
    with svg.style():
        figure = Figure(figsize=(8.4, 0.9 + _INCHES_A_BAR * max(len(labels), 3)), layout="constrained")
        axes = figure.subplots()
        left = np.zeros(len(labels))
        for split, numbers in of_split.items():
            values = np.array(numbers, dtype=float)[order]
            axes.barh(range(len(labels)), values, 0.72, left, color=svg.COLOURS[split], label=split)
            left += values
        axes.set_yticks(range(len(labels)), [_short(labels[one]) for one in order])
        axes.set_ylim(-0.6, len(labels) - 0.4)
        axes.tick_params(axis="y", length=0)
        axes.tick_params(axis="x", labeltop=len(labels) > _FIT_A_SCREEN)
        axes.xaxis.set_major_locator(MaxNLocator(nbins=8, integer=True))
        axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        figure.legend(loc="outside upper left", ncols=len(of_split), handlelength=1, handleheight=1)
        return svg.markup(figure, "counts")


def _short(label: str) -> str:
    shown = files.shown(label)
    return shown if len(shown) <= _MOST_LETTERS else shown[: _MOST_LETTERS - 1] + "…"
