"""Evaluation: a classifier on labelled photos, with the figures and with every output."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whatsit import batch
from whatsit.decisions import Status
from whatsit.figures import Figures, figures
from whatsit.manifest import Record
from whatsit.paired import Paired, compare
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from whatsit.batch import Prediction
    from whatsit.classifier import Classifier
    from whatsit.labelled import LabelledPhoto

__all__ = ["Answers", "Evaluation", "Figures", "Paired", "Predictions", "compare", "evaluate", "figures"]


class Answers(Record):
    """What the photos were told, and how often an answer was wrong."""

    answered: int
    wrong: int
    not_sure: int
    unknown: int
    failed: int


class FailedPhoto(Record):
    """A photo that could not be read, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How right a classifier is, and the outputs that say so."""

    figures: Figures
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
    names = [label.name for label in classifier.bundle.manifest.labels]
    failed = [one for one in found if one.outputs is None]
    return Evaluation(
        figures(predictions, names),
        _answers(found, [names[label] for label in labels]),
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


def _answers(found: Sequence[Prediction], truth: Sequence[str]) -> Answers:
    counts = {status: sum(one.answer.status is status for one in found) for status in Status}
    wrong = sum(
        one.answer.status is Status.ANSWERED and one.answer.label != label
        for one, label in zip(found, truth, strict=True)
    )
    return Answers(
        answered=counts[Status.ANSWERED],
        wrong=wrong,
        not_sure=counts[Status.NOT_SURE],
        unknown=counts[Status.UNKNOWN],
        failed=counts[Status.FAILED] + counts[Status.SKIPPED],
    )
