"""Plots as SVG that takes its colours and letters from the page around it."""

from __future__ import annotations

import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import matplotlib as mpl
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.figure import Figure

# What the pages' style sheets name: matplotlib knows no CSS, so stand-ins are put in and taken out again.
COLOURS: Final = {
    "text": "#010203",
    "faint": "#040506",
    "train": "#070809",
    "tune": "#0a0b0c",
    "calibrate": "#0d0e0f",
    "test": "#101112",
}
_STYLE: Final[dict[Any, Any]] = {
    "axes.edgecolor": COLOURS["faint"],
    "axes.labelcolor": COLOURS["text"],
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.size": 10,
    "legend.frameon": False,
    "legend.labelcolor": COLOURS["text"],
    "svg.fonttype": "none",
    "text.color": COLOURS["text"],
    "text.parse_math": False,
    "xtick.color": COLOURS["text"],
    "ytick.color": COLOURS["text"],
}


@contextmanager
def style() -> Iterator[None]:
    """Draw in the colours and letters of the page while the block lasts."""
    with mpl.rc_context(_STYLE):
        yield


def markup(figure: Figure, name: str) -> Markup:
    """Return a figure for a page; `name` tells its ids from those of the page's other figures."""
    with mpl.rc_context({"svg.hashsalt": name}), io.StringIO() as file:
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
        text = file.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r'<g id="[^"]*">', "<g>", text)
    text = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1; font-family: inherit", text)
    for meaning, colour in COLOURS.items():
        text = text.replace(colour, f"var(--{meaning})")
    return Markup(text)  # noqa: S704 - matplotlib wrote it, and escapes the names in it
