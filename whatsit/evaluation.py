"""Evaluation: a classifier on labelled photos, with the figures and with every output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whatsit import batch
from whatsit.decisions import Status
from whatsit.figures import Figures, Interval, figures, wilson
from whatsit.manifest import Record
from whatsit.paired import Paired, compare
from whatsit.predictions import Predictions
from whatsit.reliability import Reliability, reliability

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from whatsit.batch import Prediction
    from whatsit.classifier import Classifier
    from whatsit.labelled import LabelledPhoto
    from whatsit.manifest import Label

__all__ = ["Answers", "Evaluation", "Figures", "Paired", "Predictions", "compare", "evaluate", "figures"]


class Told(Record):
    """How many photos were told something of one kind, and of how many it was wrong, with a 95 % interval."""

    photos: int
    wrong: int
    wrong95: Interval


class Answers(Record):
    """What the photos were told: labels, and to those that are not sure short lists and groups.

    `listed` is how many labels a short list has in the mean; `neither` counts the photos that are not sure
    and get neither a short list nor a group, and some get both. Names that end in 95 are Wilson's 95 %
    intervals of the parts of all photos.
    """

    answered: Told
    answered95: Interval
    not_sure: int
    not_sure95: Interval
    unknown: int
    unknown95: Interval
    failed: int
    lists: Told
    listed: float
    groups: Told
    neither: int


class FailedPhoto(Record):
    """A photo that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How right a classifier is, and the outputs that say so."""

    figures: Figures
    reliability: Reliability | None
    answers: Answers
    failed: tuple[FailedPhoto, ...]
    predictions: Predictions


def evaluate(
    classifier: Classifier, photos: Sequence[LabelledPhoto], advance: Callable[[], None] = lambda: None
) -> Evaluation:
    """Return how right the classifier is on labelled photos; `advance` is called after each.

    Raises DataError when there are none.
    """
    found = []
    for one in batch.predict((labelled.photo for labelled in photos), classifier):
        found.append(one)
        advance()
    labels = np.array([labelled.label for labelled in photos], dtype=np.int64)
    predictions = Predictions(tuple(one.photo.name for one in found), labels, _outputs(found, classifier))
    known = classifier.bundle.manifest.labels
    read = predictions.read
    failed = [one for one in found if one.outputs is None]
    return Evaluation(
        figures(predictions, [label.name for label in known]),
        reliability(predictions.probabilities[read].astype(np.float64), labels[read]) if read.any() else None,
        _answers(found, [known[label] for label in labels]),
        tuple(FailedPhoto(path=one.photo.name, reason=one.answer.reason) for one in failed),
        predictions,
    )


def _outputs(found: Sequence[Prediction], classifier: Classifier) -> dict[str, NDArray[np.float32]]:
    # Where nothing could be read no outputs tell the shapes, but the number of labels is known.
    nothing = {"probabilities": np.full((1, len(classifier.bundle.manifest.labels)), np.nan, np.float32)}
    named = [one.outputs.arrays if one.outputs else None for one in found]
    like = next((one for one in named if one), nothing)
    missing = {name: np.full_like(values, np.nan) for name, values in like.items()}
    return {name: np.concatenate([(one or missing)[name] for one in named]) for name in like}


def _answers(found: Sequence[Prediction], truth: Sequence[Label]) -> Answers:
    counts = {status: sum(one.answer.status is status for one in found) for status in Status}
    pairs = [(one.answer, right) for one, right in zip(found, truth, strict=True)]
    unsure = [(answer, right) for answer, right in pairs if answer.status is Status.NOT_SURE]
    lists = [(answer.candidates[: answer.listed], right.name) for answer, right in unsure if answer.listed]
    of_all = {status: wilson(count, len(found)) for status, count in counts.items()}
    return Answers(
        answered=_told([one.label == right.name for one, right in pairs if one.status is Status.ANSWERED]),
        answered95=of_all[Status.ANSWERED],
        not_sure=counts[Status.NOT_SURE],
        not_sure95=of_all[Status.NOT_SURE],
        unknown=counts[Status.UNKNOWN],
        unknown95=of_all[Status.UNKNOWN],
        failed=counts[Status.FAILED] + counts[Status.SKIPPED],
        lists=_told([name in [one.label for one in listed] for listed, name in lists]),
        listed=sum(len(listed) for listed, _ in lists) / max(len(lists), 1),
        groups=_told([answer.group == right.group for answer, right in unsure if answer.group]),
        neither=sum(not answer.listed and not answer.group for answer, _ in unsure),
    )


def _told(right: Sequence[bool]) -> Told:
    wrong = len(right) - sum(right)
    return Told(photos=len(right), wrong=wrong, wrong95=wilson(wrong, len(right)) if right else (0.0, 1.0))
