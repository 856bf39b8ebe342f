"""Resamples of photos, for intervals by the bootstrap: how far a figure would be off on other photos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

RESAMPLES: Final = 1000
_AT_ONCE: Final = 4_000_000  # counts held in memory, 32 MB


def counts(photos: int, random: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    """Yield how often each photo is in each resample, [R,N], in parts that fit into memory."""
    rows = max(1, min(RESAMPLES, _AT_ONCE // photos))
    for first in range(0, RESAMPLES, rows):
        yield _drawn(min(rows, RESAMPLES - first), photos, random)


def _drawn(rows: int, photos: int, random: np.random.Generator) -> NDArray[np.float64]:
    drawn = random.integers(photos, size=(rows, photos)) + photos * np.arange(rows)[:, np.newaxis]
    found = np.bincount(drawn.ravel(), minlength=rows * photos)
    return found.reshape(rows, photos).astype(np.float64)
