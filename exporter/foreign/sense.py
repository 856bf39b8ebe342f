"""Whether a model that was not trained here means what is said of it: its labels, held against photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_MOST_NAMED = 6
_ENOUGH = 20  # photos: of fewer a sound model may be wrong about most by chance


def check(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], names: Sequence[str], data: Path
) -> str:
    """Return in a line how often the model [N,C] is right on photos with these labels [N].

    Raises DataError where it is right no more often than chance: labels in another order, or pixels scaled
    otherwise than it was taught, look just so, and nothing that compares it with itself would see it.
    """
    counts = _counts(probabilities.argmax(axis=1), labels, len(names))
    share = _balanced(counts)
    if share > 1 / len(names) or len(labels) < _ENOUGH:
        return f"It is right on {share:.1%} of {len(labels):,} labelled photos, all labels weighing the same."
    raise DataError(
        f"the model is right on {share:.1%} of these photos, all labels alike, which is chance or less.",
        hint=_fitting(counts, names) or "Are its pixels scaled so (--scaling), and is this its subject?",
        path=data,
    )


def _counts(said: NDArray[np.int64], labels: NDArray[np.int64], classes: int) -> NDArray[np.int64]:
    """Return how many photos of each label [C,·] were said to be each [·,C]."""
    counts = np.zeros((classes, classes), np.int64)
    np.add.at(counts, (labels, said), 1)
    return counts


def _balanced(counts: NDArray[np.int64]) -> float:
    there = counts.sum(axis=1) > 0
    return float((np.diag(counts)[there] / counts.sum(axis=1)[there]).mean())


def _fitting(counts: NDArray[np.int64], names: Sequence[str]) -> str:
    """Return the order of labels that fits the photos best, where it fits well; else nothing."""
    truth, said = linear_sum_assignment(counts, maximize=True)
    if _balanced(counts[:, said]) <= 2 / (len(names) + 1):
        return ""
    order = [names[truth[place]] for place in np.argsort(said)]
    shown = ", ".join(order[:_MOST_NAMED]) + (", …" if len(order) > _MOST_NAMED else "")
    return f"In this order its labels would fit: {shown}. Is --labels in the order of its outputs?"
