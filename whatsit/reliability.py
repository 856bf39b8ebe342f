"""Whether confidences are true: beside what chance would show if they were, and what refitting would gain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit.figures import log_losses
from whatsit.manifest import Record

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BINS: Final = 15
_DRAWS: Final = 2000
_SEED: Final = 1
_LEAST: Final = 1e-7  # as in the log loss
_TEMPERATURES: Final = np.geomspace(0.25, 4, 141)


class Reliability(Record):
    """How far confidences are from the truth.

    `error` is the expected calibration error over 15 bins of equally many photos, `error_by_chance` what the
    same confidences would stay below 95 times of 100 if they were all true, and `gained_by_refitting` how
    much log loss a temperature fitted on these very photos would take off.
    """

    error: float
    error_by_chance: float
    gained_by_refitting: float


def reliability(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> Reliability:
    """Return how true probabilities [N,C] are for photos with these labels [N]."""
    confidence = probabilities.max(axis=1)
    order = np.argsort(confidence, kind="stable")
    sure, right = confidence[order], (probabilities.argmax(axis=1) == labels)[order]
    random = np.random.default_rng(_SEED)
    by_chance = [error(sure, random.random(len(sure)) < sure) for _ in range(_DRAWS)]
    return Reliability(
        error=error(sure, right),
        error_by_chance=float(np.quantile(by_chance, 0.95)),
        gained_by_refitting=_gained(probabilities, labels),
    )


def error(confidence: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error over bins of equally many photos; confidence [N] is sorted.

    The mean of |accuracy - confidence| over the bins, weighted by their photos (Nguyen and O'Connor 2015).
    """
    ends = np.linspace(0, len(confidence), min(_BINS, len(confidence)) + 1).astype(int)
    apart = np.concatenate([[0.0], np.cumsum(confidence - right)])
    return float(np.abs(np.diff(apart[ends])).sum() / len(confidence))


def _gained(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    logits = np.log(np.maximum(probabilities, _LEAST))
    of_label = logits[np.arange(len(labels)), labels]
    # A grid, not scipy's search: who evaluates has the app alone, and half a step is nothing here.
    losses = [float((np.logaddexp.reduce(logits / t, axis=1) - of_label / t).mean()) for t in _TEMPERATURES]
    return max(float(log_losses(probabilities, labels).mean()) - min(losses), 0.0)
