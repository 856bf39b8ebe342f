"""From probabilities and novelty to an answer: unknown first, then sure or not sure."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit.manifest import Decision, fine_grained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whatsit.manifest import Label, OperatingPoint

MOST_CANDIDATES: Final = 5
MOST_LISTED: Final = 4  # of 120 breeds lists of up to five had 3.2 labels in the mean, those of four 2.9
NOVELTY_LIMIT: Final = 1.0  # Keras' model is scaled to it
NOT_CALIBRATED: Final = "not calibrated"
UNCALIBRATED: Final = Decision(threshold=0.0)
_UNKNOWN: Final = "unlike everything it was taught"
_NONE_STANDS_OUT: Final = "none of its labels stands out"


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

    Of a photo that is not sure the first `listed` candidates are its short list, and `group` is there when
    that much is sure. Confidences that are not `calibrated` are the model's own figures: no person is shown
    them as percentages. The label of a `fine_grained` answer is what the photo looks most like. `then` is
    what the next model of a chain says, where one was asked.
    """

    status: Status
    label: str = ""
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    group: str = ""
    novelty: float | None = None
    reason: str = ""
    calibrated: bool = True
    fine_grained: bool = False
    listed: int = 0
    then: Then | None = None


@dataclass(frozen=True, slots=True)
class Then:
    """What the next model of a chain says of a photo: which model, and its answer."""

    model: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a model's outputs say of one photo, whatever the threshold: all that an answer is made from.

    `ranked` are the likeliest labels by number with their probabilities, best first; `listed` is how many of
    them are likely enough for a short list; `group` is the likeliest, and `together` what its labels have.
    """

    ranked: tuple[tuple[int, float], ...]
    novelty: float | None = None
    listed: int = 0
    group: str = ""
    together: float = 0.0


def decide(
    probabilities: NDArray[np.float32], novelty: float | None, decision: Decision, labels: Sequence[Label]
) -> Answer:
    """Return the answer for one photo from its probabilities [C] and its novelty.

    Without novelty nothing is unknown. Without calibration the best label is the answer, and the reason says
    so.
    """
    return judge(weigh(probabilities, novelty, decision, labels), decision, labels)


def weigh(
    probabilities: NDArray[np.float32], novelty: float | None, decision: Decision, labels: Sequence[Label]
) -> Evidence:
    """Return what the probabilities [C] and the novelty of one photo say, before any threshold is asked."""
    return weigh_all(probabilities[np.newaxis], [novelty], decision, labels)[0]


def weigh_all(
    probabilities: NDArray[np.float32],
    novelty: Sequence[float | None],
    decision: Decision,
    labels: Sequence[Label],
) -> list[Evidence]:
    """Return what the probabilities [N,C] and the novelty of N photos say: `weigh` for many at once."""
    order = np.argsort(-probabilities, axis=-1, kind="stable")[:, :MOST_CANDIDATES]
    ranked = np.take_along_axis(probabilities, order, axis=-1)
    minimum = decision.short_list.minimum if decision.short_list else None
    listed = list_lengths(probabilities, minimum)
    groups, together = best_group(probabilities, [label.group for label in labels])
    rows = zip(
        order.tolist(), ranked.tolist(), novelty, listed.tolist(), groups, together.tolist(), strict=True
    )
    return [
        Evidence(tuple(zip(numbers, confidences, strict=True)), *others)
        for numbers, confidences, *others in rows
    ]


def judge(evidence: Evidence, decision: Decision, labels: Sequence[Label]) -> Answer:
    """Return the answer that the evidence gives by a decision; the same evidence serves for any threshold."""
    ranked = tuple(Candidate(labels[number].name, confidence) for number, confidence in evidence.ranked)
    novelty = evidence.novelty
    answer = Answer(
        Status.UNKNOWN,
        candidates=ranked,
        novelty=novelty,
        calibrated=decision.calibrated,
        fine_grained=fine_grained(labels),
    )
    if novelty is not None and (not math.isfinite(novelty) or novelty > decision.novelty_limit):
        return replace(answer, reason=_UNKNOWN)
    if not ranked[0].confidence >= (decision.threshold if decision.calibrated else 0.0):  # nor is no number
        return _not_sure(answer, evidence, decision)
    return replace(
        answer,
        status=Status.ANSWERED,
        label=ranked[0].label,
        confidence=ranked[0].confidence,
        group=labels[evidence.ranked[0][0]].group,
        reason="" if decision.calibrated else NOT_CALIBRATED,
    )


def _not_sure(answer: Answer, evidence: Evidence, decision: Decision) -> Answer:
    sure = decision.group_threshold is not None and evidence.together >= decision.group_threshold
    named = evidence.group if sure else ""
    says = " or ".join(one.label for one in answer.candidates[: evidence.listed])
    if named:
        says = f"{named}: {says}" if says else f"{named}, not sure which"
    return replace(
        answer, status=Status.NOT_SURE, listed=evidence.listed, group=named, reason=says or _NONE_STANDS_OUT
    )


def list_lengths(probabilities: NDArray[np.float32], minimum: float | None) -> NDArray[np.int64]:
    """Return how many labels the short list of each photo [N,C] has: at least two, none where it were long.

    On it are the labels with at least `minimum`; without that the best two.
    """
    likely = (probabilities >= (2.0 if minimum is None else minimum)).sum(axis=-1)
    return np.where(likely > MOST_LISTED, 0, np.maximum(likely, 2))


def best_group(
    probabilities: NDArray[np.float32], groups: Sequence[str]
) -> tuple[list[str], NDArray[np.float32]]:
    """Return the likeliest group of each photo [N,C] and what its labels have together, [N]."""
    names, members = _members(tuple(groups))
    together = probabilities @ members.T
    best = together.argmax(axis=-1)
    return [names[place] for place in best], together[np.arange(len(best)), best]


@lru_cache(maxsize=8)
def _members(groups: tuple[str, ...]) -> tuple[list[str], NDArray[np.float32]]:
    """Return the groups' names [G] and which labels are theirs, [G,C]: the same for every photo."""
    names = sorted(set(groups) - {""}) or [""]
    return names, np.array([[one == name for one in groups] for name in names], dtype=np.float32)


def chosen_point(decision: Decision) -> OperatingPoint | None:
    """Return the point of the decision's own threshold; None where no photo it was fitted on is answered."""
    return next((one for one in decision.points if one.threshold == decision.threshold), None)
