"""Two models on the same photos, compared photo by photo."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from whatsit.errors import DataError
from whatsit.figures import Z95
from whatsit.manifest import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from whatsit.predictions import Predictions


class Paired(Record):
    """One model beside another on the same photos: `difference` of accuracy, the first minus the second."""

    photos: int
    difference: float
    interval95: tuple[float, float]
    same_answers: int
    only_first_right: int
    only_second_right: int
    largest_differences: dict[str, float]


def compare(first: Predictions, second: Predictions) -> Paired:
    """Return how `first` stands beside `second`, photo by photo.

    The largest differences are of every output that both give: of probabilities as they are, of others as
    parts of the largest value of `second`. Raises DataError when the photos or their labels are not the same.
    """
    second = second.in_order_of(first)
    ours, theirs = first.right, second.right
    wins, losses = int((ours & ~theirs).sum()), int((theirs & ~ours).sum())
    best = [np.argmax(one.probabilities, axis=1) for one in (first, second)]
    same = (best[0] == best[1]) & (first.read == second.read)
    return Paired(
        photos=len(ours),
        difference=(wins - losses) / len(ours),
        interval95=paired_interval(wins, losses, len(ours)),
        same_answers=int(same.sum()),
        only_first_right=wins,
        only_second_right=losses,
        largest_differences=largest_differences(first.outputs, second.outputs),
    )


def paired_interval(wins: int, losses: int, total: int) -> tuple[float, float]:
    """Return the 95 % interval of a difference of two accuracies measured on the same photos.

    Agresti and Min's: half a photo more in each of the four cells, so that it never shrinks to a point.
    """
    gained, lost, count = wins + 0.5, losses + 0.5, total + 2
    middle = (gained - lost) / count
    half = Z95 * math.sqrt(gained + lost - (gained - lost) ** 2 / count) / count
    return middle - half, middle + half


def largest_differences(
    first: Mapping[str, NDArray[np.float32]], second: Mapping[str, NDArray[np.float32]]
) -> dict[str, float]:
    """Return the largest difference of each output that both have, but for photos that neither could read."""
    found = {}
    for name in (name for name in second if name in first):
        if first[name].shape != second[name].shape:
            raise DataError(f"{name} has the shapes {first[name].shape} and {second[name].shape}.")
        apart = np.abs(first[name] - second[name])[~(np.isnan(first[name]) & np.isnan(second[name]))]
        largest = np.nanmax(np.abs(second[name]), initial=0.0)
        scale = 1.0 if name == "probabilities" or largest == 0 else float(largest)
        found[name] = float(np.max(apart, initial=0.0)) / scale
    return found
