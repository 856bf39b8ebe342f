"""Many photos: decoded ahead, classified side by side, given back in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from whatsit.decoders import Decoders
from whatsit.graph import cores
from whatsit.pipeline import Pipeline, Prediction

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from whatsit.classifier import Classifier
    from whatsit.decisions import Answer
    from whatsit.photos import Photo

__all__ = ["Prediction", "Result", "classify", "predict"]


@dataclass(frozen=True, slots=True)
class Result:
    """One photo and its answer; `recalled` where it was known from before."""

    photo: Photo
    answer: Answer
    recalled: bool = field(default=False, compare=False)


def classify(
    photos: Iterable[Photo],
    classifier: Classifier,
    *,
    decoders: int | None = None,
    batch_size: int | None = None,
) -> Generator[Result, None, None]:
    """Yield each photo with its answer, in order; closing the generator ends all work and its threads."""
    for one in predict(photos, classifier, decoders=decoders, batch_size=batch_size):
        yield Result(one.photo, one.answer)


def predict(
    photos: Iterable[Photo],
    classifier: Classifier,
    *,
    decoders: int | None = None,
    batch_size: int | None = None,
) -> Generator[Prediction, None, None]:
    """Yield each photo with its answer and outputs, in order.

    `decoders` threads, one a core where no number is given, read and decode, and of many photos run the model
    on the CPU too; the model takes `batch_size` photos at a time, or as many as were measured to be fastest.
    At most `decoders` pictures are held decoded at once. Raises DeviceError when the device gives up.
    """
    # A photo that takes longer for reading and decoding together than each may is left behind.
    pool = Decoders(decoders or cores(), 2 * classifier.limits.seconds)
    try:
        yield from Pipeline(iter(photos), classifier, pool, batch_size).predictions()
    finally:
        pool.close()
