"""The fitting of a decision: what it promises is bounded on photos that the model never learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit import decisions
from whatsit.decisions import NOVELTY_LIMIT
from whatsit.manifest import Decision, OperatingPoint, Promise, ShortList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_DOUBT: Final = 0.05  # the bounds hold together, not each by itself, with 95 % confidence
_HALF: Final = _DOUBT / 2  # one for the threshold that is chosen, one for all others together
_LOW: Final = tuple(percent / 100 for percent in range(5, 50, 5))
_GRID: Final = (*(percent / 100 for percent in range(50, 100, 5)), 0.96, 0.97, 0.98, 0.99, 0.995, 0.999)
_STEPS: Final = tuple(percent / 100 for percent in range(99, 4, -1))
_MINIMA: Final = 200  # as many limits of a short list are tried
DEFAULT: Final = Promise()


def fit(
    probabilities: NDArray[np.float32],
    labels: NDArray[np.int64],
    novelty: NDArray[np.float32],
    kept: float,
    promise: Promise = DEFAULT,
    groups: Sequence[str] = (),
) -> Decision:
    """Return the decision for one variant from its outputs [N,C], [N] for photos [N] that it never learned.

    `kept` is the part of these photos that must be within the novelty limit, which is the variant's own.
    Unknown comes first, so only photos within that limit count. Two sets of bounds hold together with 95 %
    confidence (Clopper and Pearson's; Angelopoulos et al. 2021, Learn then Test). The first chooses: down
    from the threshold that answers half of the photos, until one breaks the promise (a fixed sequence). The
    second bounds the part of answers that are wrong at each of a fixed grid (Bonferroni), so that any may be
    taken. Where neither keeps the promise, the threshold is the grid's largest. `groups` are those of the
    labels [C], in their order.
    """
    limit = _novelty_limit(novelty.astype(np.float64), kept)
    known = np.isfinite(novelty) & (novelty.astype(np.float64) <= limit)  # as `decide` compares
    confidence = probabilities[known].max(axis=-1).astype(np.float64)
    right = probabilities[known].argmax(axis=-1) == labels[known]
    grid = _GRID if probabilities.shape[-1] == 2 else (*_LOW, *_GRID)  # noqa: PLR2004 - of two, one has half
    chosen = _stepped_down(confidence, right, len(labels), promise.wrong_at_most)
    points = {one.threshold: one for one in (*_points(confidence, right, len(labels), grid), *chosen)}
    good = [one.threshold for one in points.values() if one.wrong_at_most <= promise.wrong_at_most]
    threshold = min(good, default=_GRID[-1])
    unsure, of_unsure = (one[known][confidence < threshold] for one in (probabilities, labels))
    return Decision(
        promise=promise,
        threshold=threshold,
        novelty_limit=limit,
        photos=len(labels),
        points=tuple(sorted(points.values(), key=lambda one: one.threshold)),
        short_list=_fit_short_list(unsure, of_unsure, promise.listed),
        group_threshold=_fit_group(unsure, of_unsure, groups, promise.wrong_at_most),
    )


def _novelty_limit(novelty: NDArray[np.float64], kept: float) -> float:
    """Return the limit that the part `kept` of novelty [N] is within: 1.0 where it fits, else a short number.

    What is equal goes together, then a few more are within it.
    """
    ranked = np.sort(novelty[np.isfinite(novelty)])
    count = min(round(kept * len(novelty)), len(ranked))
    if int((ranked <= NOVELTY_LIMIT).sum()) == count:
        return NOVELTY_LIMIT
    last = float(ranked[count - 1]) if count else 0.0
    between = (last + float(ranked[count])) / 2 if count < len(ranked) else last
    tried = (round(between, digits) for digits in range(3, 9))
    return next(
        (limit for limit in tried if limit > 0 and int((ranked <= limit).sum()) == count), max(last, 1e-8)
    )


def _points(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], photos: int, grid: Sequence[float]
) -> tuple[OperatingPoint, ...]:
    """Return the grid's points that answer any photo; of all `photos`, unknown ones count as set aside."""
    points = []
    for threshold in grid:
        answered = confidence >= threshold
        count, wrong = int(answered.sum()), int((answered & ~right).sum())
        if count:
            bound = _upper_bound(wrong, count, _HALF / len(grid))
            aside = 1 - count / photos
            points.append(OperatingPoint(threshold=threshold, wrong_at_most=bound, set_aside=aside))
    return tuple(points)


def _stepped_down(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], photos: int, wrong_at_most: float
) -> list[OperatingPoint]:
    """Return the smallest threshold that keeps the promise, tested one after the other; nothing without one.

    Where it begins hangs on confidences alone, not on what is right, so each test may have the same doubt.
    """
    kept: list[OperatingPoint] = []
    for threshold in _STEPS:
        answered = confidence >= threshold
        count, wrong = int(answered.sum()), int((answered & ~right).sum())
        if 2 * count < len(confidence) or not count:
            continue
        if _upper_bound(wrong, count, _HALF) > wrong_at_most:
            break
        aside = 1 - count / photos
        kept = [OperatingPoint(threshold=threshold, wrong_at_most=wrong_at_most, set_aside=aside)]
    return kept


def _upper_bound(wrong: int, count: int, doubt: float) -> float:
    """Return Clopper and Pearson's upper bound: the truth is above it with probability `doubt` at most."""
    from scipy.stats import beta  # noqa: PLC0415 - only who fits needs scipy; the app does not carry it

    return 1.0 if wrong >= count else float(beta.ppf(1 - doubt, wrong + 1, count - wrong))


def _fit_short_list(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], coverage: float
) -> ShortList | None:
    """Return the largest limit at which the part `coverage` of the lists hold the right label (LAC).

    Fitted on the photos that are not sure, and on those of them that get a list (Sadinle et al. 2019 for all
    photos). Where no limit does, that of the best lists, and what is sure of them. None for two classes, both
    of which are named, and where every photo is sure.
    """
    count = len(labels)
    if probabilities.shape[-1] == 2 or not count:  # noqa: PLR2004 - cat or dog
        return None
    of_right = probabilities[np.arange(count), labels]
    order = np.argsort(-probabilities, axis=-1, kind="stable")  # as `decide` ranks, ties too
    place = (order == labels[:, np.newaxis]).argmax(axis=-1)
    tried = np.unique(np.quantile(of_right.astype(np.float64), np.linspace(0, 1, _MINIMA)))
    best = (-1.0, 0.0, 0, 0)
    for minimum in map(float, tried[::-1]):
        lengths = decisions.list_lengths(probabilities, minimum)
        given, hits = int((lengths > 0).sum()), int((place < lengths).sum())
        if given and hits / (given + 1) >= coverage:
            return ShortList(minimum=minimum, coverage=coverage, given=given / count)
        best = max(best, (hits / (given + 1), minimum, given, hits))
    _, minimum, given, hits = best
    missed = _upper_bound(given - hits, given, _DOUBT)
    return ShortList(minimum=minimum, coverage=1 - missed, given=given / count)


def _fit_group(
    probabilities: NDArray[np.float32], labels: NDArray[np.int64], groups: Sequence[str], wrong: float
) -> float | None:
    """Return the smallest threshold at which at most that part of the groups is wrong; None without one."""
    if not any(groups) or not len(labels):
        return None
    said, together = decisions.best_group(probabilities, groups)
    right = np.array([groups[label] == one for label, one in zip(labels, said, strict=True)])
    points = _points(together.astype(np.float64), right, len(labels), _GRID)
    return min((one.threshold for one in points if one.wrong_at_most <= wrong), default=None)
