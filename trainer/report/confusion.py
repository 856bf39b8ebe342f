"""Which classes a model takes for which: a table of all where they are few, a picture and the worst pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from trainer.pages import pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trainer.results.metrics import Metrics

_MOST_IN_A_TABLE: Final = 20
_MOST_PAIRS: Final = 20
_LEAST_SEEN: Final = 0.25  # one photo among a class's many must not vanish in the picture
_ACCENT: Final = (47, 111, 208)


@dataclass(frozen=True, slots=True)
class Cell:
    """Photos of one class that got one answer; `part` of its class, `right` when the answer is."""

    photos: int
    part: float
    right: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A class that is taken for another."""

    truth: str
    answer: str
    photos: int
    part: float


@dataclass(frozen=True, slots=True)
class Confusion:
    """`table[truth][answer]` where classes are few, else a `picture`'s address; the most confused pairs."""

    names: tuple[str, ...]
    table: tuple[tuple[Cell, ...], ...]
    picture: str
    pairs: tuple[Pair, ...]


def of(metrics: Metrics, names: Sequence[str]) -> Confusion:
    """Return what is taken for what by one split's metrics."""
    counts = np.array(metrics.confusion)
    parts = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    few = len(names) <= _MOST_IN_A_TABLE
    table = tuple(
        tuple(
            Cell(int(counts[truth, answer]), float(parts[truth, answer]), truth == answer)
            for answer in range(len(names))
        )
        for truth in range(len(names) if few else 0)
    )
    return Confusion(tuple(names), table, "" if few else _picture(parts), tuple(_pairs(counts, parts, names)))


def _pairs(counts: NDArray[np.int_], parts: NDArray[np.float64], names: Sequence[str]) -> list[Pair]:
    apart = counts * (1 - np.eye(len(names), dtype=int))
    order = np.argsort(-apart, axis=None, kind="stable")[:_MOST_PAIRS]
    places = [divmod(int(one), len(names)) for one in order]
    return [
        Pair(names[truth], names[answer], int(counts[truth, answer]), float(parts[truth, answer]))
        for truth, answer in places
        if apart[truth, answer]
    ]


def _picture(parts: NDArray[np.float64]) -> str:
    """Return one point a cell, the more of its class the less transparent: it suits any ground."""
    opacity = np.where(parts > 0, _LEAST_SEEN + (1 - _LEAST_SEEN) * parts, 0)
    colour = np.broadcast_to(np.array(_ACCENT), (*parts.shape, 3))
    points = np.dstack([colour, np.rint(255 * opacity)]).astype(np.uint8)
    return pictures.png(Image.fromarray(points, "RGBA"))
