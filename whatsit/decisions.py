"""From probabilities and novelty to an answer: unknown first, then sure or not sure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit.bundle import Decision, OperatingPoint, ShortList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whatsit.bundle import Label

MOST_CANDIDATES: Final = 5
NOVELTY_LIMIT: Final = 1.0  # Keras' model is scaled to it
NOT_CALIBRATED: Final = "not calibrated"
UNCALIBRATED: Final = Decision(threshold=0.0)
WRONG_AT_MOST: Final = 0.01
_DOUBT: Final = 0.05  # the bounds hold together, not each by itself, with 95 % confidence
_COVERAGE: Final = 0.9
_LOW: Final = tuple(percent / 100 for percent in range(5, 50, 5))
_GRID: Final = (*(percent / 100 for percent in range(50, 100, 5)), 0.96, 0.97, 0.98, 0.99, 0.995, 0.999)


class Status(StrEnum):
    """What became of a photo: every photo found ends in exactly one."""

    ANSWERED = "answered"
    NOT_SURE = "not_sure"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A label that a photo may have, and the probability that it does: calibrated where the answer is."""

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What Whatsit says of one photo; `candidates` come best first, `reason` says why it is not answered.

    Confidences that are not `calibrated` are the model's own figures: no person is shown them as percentages.
    """

    status: Status
    label: str = ""
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    group: str = ""
    novelty: float | None = None
    reason: str = ""
    calibrated: bool = True


def decide(
    probabilities: NDArray[np.float32], novelty: float | None, decision: Decision, labels: Sequence[Label]
) -> Answer:
    """Return the answer for one photo from its probabilities [C] and its novelty.

    Without novelty nothing is unknown. Without calibration the best label is the answer, and the reason says
    so.
    """
    order = np.argsort(-probabilities, kind="stable")
    ranked = tuple(Candidate(labels[i].name, float(probabilities[i])) for i in order[:MOST_CANDIDATES])
    status, reason = _status(ranked, novelty, decision)
    answered = status is Status.ANSWERED
    return Answer(
        status,
        label=ranked[0].label if answered else "",
        confidence=ranked[0].confidence if answered else None,
        candidates=ranked,
        group="" if status is Status.UNKNOWN else labels[order[0]].group,
        novelty=novelty,
        reason=reason,
        calibrated=decision.calibrated,
    )


def _status(ranked: Sequence[Candidate], novelty: float | None, decision: Decision) -> tuple[Status, str]:
    """Return what becomes of a photo, and why where it is not simply answered."""
    if novelty is not None and (not np.isfinite(novelty) or novelty > decision.novelty_limit):
        return Status.UNKNOWN, "unlike everything it was taught"
    threshold = decision.threshold if decision.calibrated else 0.0
    if not ranked[0].confidence >= threshold:  # not a number: never an answer
        return Status.NOT_SURE, " or ".join(one.label for one in _short_list(ranked, decision))
    return Status.ANSWERED, "" if decision.calibrated else NOT_CALIBRATED


def _short_list(ranked: Sequence[Candidate], decision: Decision) -> Sequence[Candidate]:
    minimum = decision.short_list.minimum if decision.short_list else 0.0
    likely = [one for one in ranked if one.confidence >= minimum]
    return likely if len(likely) > 1 else ranked[:2]


def fit(
    probabilities: NDArray[np.float32],
    labels: NDArray[np.int64],
    novelty: NDArray[np.float32],
    kept: float,
) -> Decision:
    """Return the decision for one variant from its outputs [N,C], [N] for photos [N] that it never learned.

    `kept` is the part of these photos that must be within the novelty limit, which is the variant's own.
    Unknown comes first, so only photos within that limit count. Over a fixed grid of thresholds, each
    point bounds the part of answers that are wrong (Clopper-Pearson, Bonferroni over the grid: 95 % together,
    so any may be chosen). The threshold is the smallest with at most 1 % wrong, or else the grid's largest.
    """
    limit = _novelty_limit(novelty.astype(np.float64), kept)
    known = np.isfinite(novelty) & (novelty.astype(np.float64) <= limit)  # as `decide` compares
    confidence = probabilities[known].max(axis=-1).astype(np.float64)
    right = probabilities[known].argmax(axis=-1) == labels[known]
    points = _points(confidence, right, len(labels), probabilities.shape[-1])
    good = [point.threshold for point in points if point.wrong_at_most <= WRONG_AT_MOST]
    threshold = min(good, default=_GRID[-1])
    unsure = confidence < threshold
    return Decision(
        threshold=threshold,
        novelty_limit=limit,
        photos=len(labels),
        points=points,
        short_list=_fit_short_list(probabilities[known][unsure], labels[known][unsure]),
    )


def chosen_point(decision: Decision) -> OperatingPoint | None:
    """Return the point of the decision's own threshold; None where no photo it was fitted on is answered."""
    return next((one for one in decision.points if one.threshold == decision.threshold), None)


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
    confidence: NDArray[np.float64], right: NDArray[np.bool_], photos: int, classes: int
) -> tuple[OperatingPoint, ...]:
    """Return the grid's points that answer any photo; of all `photos`, unknown ones count as set aside."""
    grid = _GRID if classes == 2 else (*_LOW, *_GRID)  # noqa: PLR2004 - of two, one has always half or more
    points = []
    for threshold in grid:
        answered = confidence >= threshold
        count, wrong = int(answered.sum()), int((answered & ~right).sum())
        if count:
            bound = _upper_bound(wrong, count, _DOUBT / len(grid))
            aside = 1 - count / photos
            points.append(OperatingPoint(threshold=threshold, wrong_at_most=bound, set_aside=aside))
    return tuple(points)


def _upper_bound(wrong: int, count: int, doubt: float) -> float:
    """Return Clopper and Pearson's upper bound: the truth is above it with probability `doubt` at most."""
    from scipy.stats import beta  # noqa: PLC0415 - only who fits needs scipy; the app does not carry it

    return 1.0 if wrong >= count else float(beta.ppf(1 - doubt, wrong + 1, count - wrong))


def _fit_short_list(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> ShortList | None:
    """Return the limit above which labels are listed, so that 9 of 10 lists hold the right one (LAC).

    Fitted on the photos that get a list, and on lists as short as they are shown. None for two classes, which
    are both named, and where no photo gets one.
    """
    count = len(labels)
    if probabilities.shape[-1] == 2 or not count:  # noqa: PLR2004 - cat or dog
        return None
    of_right = probabilities[np.arange(count), labels].astype(np.float64)
    order = np.argsort(-probabilities, axis=-1, kind="stable")  # as `decide` ranks, ties too
    place = (order == labels[:, np.newaxis]).argmax(axis=-1)
    listed = np.sort(np.where(place < MOST_CANDIDATES, of_right, -1.0))
    missed = int((count + 1) * (1 - _COVERAGE))  # so many may be left out, the next is the limit
    if missed and listed[missed - 1] >= 0:
        return ShortList(minimum=float(listed[missed - 1]), coverage=_COVERAGE)
    hits = int((listed >= 0).sum())
    return ShortList(minimum=0.0, coverage=1 - _upper_bound(count - hits, count, _DOUBT))
