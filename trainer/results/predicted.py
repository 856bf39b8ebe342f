"""Predictions of a run's held-out photos: more of them, and their figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from trainer.results import metrics
from whatsit import run as runs
from whatsit.predicted import read

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from trainer.results.metrics import Metrics
    from whatsit.run import Run, RunPhoto, Split

__all__ = ["append", "metrics_of_run", "read"]


def append(run: Run, photos: list[RunPhoto], probabilities: NDArray[np.float32]) -> None:
    """Add the probabilities [N,C] of photos to `predictions.csv`, in the place of any that they had."""
    there = read(run)
    known = {path for one in there.values() for path in one.paths} - {photo.path for photo in photos}
    before = [photo for photo in run.photos() if photo.path in known]
    values = {
        path: row for one in there.values() for path, row in zip(one.paths, one.probabilities, strict=True)
    }
    rows = np.concatenate([np.array([values[photo.path] for photo in before]), probabilities])
    runs.write_predictions(run, [*before, *photos], rows.astype(np.float32))


def metrics_of_run(run: Run, seed: int = 1) -> dict[Split, Metrics]:
    """Return the metrics of every split that stands in the run's `predictions.csv`.

    Raises RunError when the file is missing or damaged.
    """
    return {split: metrics.measure(one.probabilities, one.labels, seed) for split, one in read(run).items()}
