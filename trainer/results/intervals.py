"""Intervals of figures by the bootstrap: how far they would be off on other photos of the same kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whatsit import resamples
from whatsit.figures import BINS, Interval, bins_of, log_losses, wilson
from whatsit.manifest import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Intervals(Record):
    """The 95 % interval of each figure."""

    accuracy: Interval
    balanced_accuracy: Interval
    log_loss: Interval
    calibration_error: Interval


def bootstrap(probabilities: NDArray[np.float64], labels: NDArray[np.int64], seed: int) -> Intervals:
    """Return percentile intervals of 1,000 resamples of photos with probabilities [N,C] and labels [N].

    As in Efron and Tibshirani (1993), chapter 13. Each figure is a function of sums over photos, so that a
    resample is a row of counts times a matrix. Where all photos are right, or none is, every resample is the
    same: accuracy takes Wilson's interval then.
    """
    terms = _terms(probabilities, labels)
    random = np.random.default_rng(seed)
    sums = np.concatenate([counts @ terms for counts in resamples.counts(len(labels), random)])
    low, high = np.quantile(_figures(sums, len(labels), probabilities.shape[1]), (0.025, 0.975), axis=0)
    found = {
        name: (float(low[place]), float(high[place])) for place, name in enumerate(Intervals.model_fields)
    }
    right = int((probabilities.argmax(axis=1) == labels).sum())
    if right in (0, len(labels)):
        found |= dict.fromkeys(("accuracy", "balanced_accuracy"), wilson(right, len(labels)))
    return Intervals.model_validate(found)


def _terms(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return what each photo adds to each sum: right, loss, its class, its class if right, its bin's gap."""
    right = (probabilities.argmax(axis=1) == labels).astype(np.float64)
    confidence = probabilities.max(axis=1)
    of_class = np.eye(probabilities.shape[1])[labels]
    of_bin = np.eye(BINS)[bins_of(confidence)]
    return np.column_stack(
        [
            right,
            log_losses(probabilities, labels),
            of_class,
            of_class * right[:, np.newaxis],
            of_bin * (confidence - right)[:, np.newaxis],
        ]
    )


def _figures(sums: NDArray[np.float64], photos: int, classes: int) -> NDArray[np.float64]:
    """Return the figures [R,4] of resamples' sums, in the order of `Intervals`."""
    right, loss, there, found, gaps = np.split(sums, np.cumsum([1, 1, classes, classes]), axis=1)
    recall = np.divide(found, there, out=np.zeros_like(found), where=there > 0)
    balanced = recall.sum(axis=1) / (there > 0).sum(axis=1)
    return np.column_stack(
        [right[:, 0] / photos, balanced, loss[:, 0] / photos, np.abs(gaps).sum(axis=1) / photos]
    )
