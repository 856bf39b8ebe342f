"""The plots of a report: learning by epoch, and confidence against truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, StrMethodFormatter

from trainer.pages import svg
from whatsit.figures import BINS, bins_of, wilson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup
    from matplotlib.axes import Axes

    from trainer.results.history import Row
    from whatsit.predictions import Predictions

_MARKED: Final = 40  # epochs up to which each has its point
Kind = Literal["accuracy", "log_loss"]


def curve(history: Sequence[Row], kind: Kind, best: Row | None) -> Markup:
    """Return a figure of every epoch on train and tune together: stages told apart, the `best` one marked."""
    with svg.style():
        figure = Figure(figsize=(5.6, 3.2), layout="constrained")
        axes = figure.subplots()
        first = history[0].epoch
        places = np.arange(first, first + len(history))
        marker = "o" if len(history) <= _MARKED else ""
        for side, line in (("train", "--"), ("tune", "-")):
            values = [getattr(row, f"{side}_{kind}") for row in history]
            axes.plot(places, values, line, color=svg.COLOURS[side], marker=marker, markersize=3, label=side)
        if best is not None:
            place, value = first + history.index(best), getattr(best, f"tune_{kind}")
            axes.plot([place], [value], "o", markersize=11, mfc="none", mec=svg.COLOURS["tune"], mew=1.5)
        _tell_stages_apart(axes, history)
        axes.set_xlabel("epoch")
        axes.xaxis.set_major_locator(MaxNLocator(nbins=10, integer=True, min_n_ticks=1))
        axes.legend(loc="best")
        return svg.markup(figure, f"curve-{kind}")


def reliability(predictions: Predictions) -> Markup:
    """Return how often photos are right by their confidence, with 95 % intervals, and how many there are."""
    confidence = predictions.probabilities.max(axis=1).astype(np.float64)
    bins = bins_of(confidence)
    there = np.unique(bins)
    counts = [int((bins == one).sum()) for one in there]
    right = [int(predictions.right[bins == one].sum()) for one in there]
    with svg.style():
        figure = Figure(figsize=(5.6, 4.6), layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
        above.plot([0, 1], [0, 1], ":", color=svg.COLOURS["faint"])
        means = [float(confidence[bins == one].mean()) for one in there]
        parts = [hits / count for hits, count in zip(right, counts, strict=True)]
        ends = np.array([wilson(hits, count) for hits, count in zip(right, counts, strict=True)])
        reach = np.abs(ends.T - parts)
        above.errorbar(means, parts, reach, fmt="o", color=svg.COLOURS["tune"], markersize=5, elinewidth=1)
        above.set(ylabel="part that is right", ylim=(-0.02, 1.02))
        below.bar((there + 0.5) / BINS, counts, 0.9 / BINS, color=svg.COLOURS["train"])
        below.set(xlabel="confidence", ylabel="photos", yscale="log", xlim=(-0.02, 1.02))
        below.set_ylim(0.5, max(counts) * 2)
        below.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        below.minorticks_off()
        return svg.markup(figure, "reliability")


def _tell_stages_apart(axes: Axes, history: Sequence[Row]) -> None:
    first: dict[str, int] = {}
    for place, row in enumerate(history):
        first.setdefault(row.stage, place)
    if len(first) == 1:
        return
    for stage, place in first.items():
        if place:
            axes.axvline(place + 0.5, color=svg.COLOURS["faint"], linewidth=1)
        axes.annotate(stage, (place + 0.6, 1.0), xycoords=("data", "axes fraction"), va="bottom", size=9)


def best_epoch(history: Sequence[Row], by: Kind) -> Row | None:
    """Return the best epoch on tune of the last stage, None when there is none."""
    last = [row for row in history if row.stage == history[-1].stage]
    measured = [row for row in last if not math.isnan(getattr(row, f"tune_{by}"))]
    if not measured:
        return None
    if by == "accuracy":
        return max(measured, key=lambda row: row.tune_accuracy)
    return min(measured, key=lambda row: row.tune_log_loss)
