"""Many photos: decoded ahead on threads, classified in batches, given back in their order."""

from __future__ import annotations

import logging
from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from whatsit import limits
from whatsit.decisions import Answer, Status
from whatsit.decoders import Decoders, Job
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from whatsit.classifier import Classifier, Outputs
    from whatsit.decisions import Evidence
    from whatsit.photos import Photo

    _Pixels = NDArray[np.uint8] | Answer

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """One photo and its answer."""

    photo: Photo
    answer: Answer


@dataclass(frozen=True, slots=True)
class Prediction:
    """One photo, its answer, and the outputs (N = 1) and the evidence behind it, where there are any."""

    photo: Photo
    answer: Answer
    outputs: Outputs | None = None
    evidence: Evidence | None = None


def classify(
    photos: Iterable[Photo], classifier: Classifier, *, decoders: int = 2, batch_size: int = 16
) -> Generator[Result, None, None]:
    """Yield each photo with its answer, in order; closing the generator ends all work and its threads."""
    for one in predict(photos, classifier, decoders=decoders, batch_size=batch_size):
        yield Result(one.photo, one.answer)


def predict(
    photos: Iterable[Photo], classifier: Classifier, *, decoders: int = 2, batch_size: int = 16
) -> Generator[Prediction, None, None]:
    """Yield each photo with its answer and outputs, in order.

    At most `decoders` pictures are held decoded at once, and two batches of pixels. The model runs on the
    caller's thread. Raises DeviceError when the device gives up.
    """
    source = iter(photos)
    ahead: deque[_Ahead] = deque()
    # A photo that takes longer for reading and decoding together than each may is left behind.
    pool: Decoders[_Pixels] = Decoders(decoders, 2 * classifier.limits.seconds)
    try:
        while True:
            for photo in source:
                job = None if photo.settled else pool.submit(partial(_pixels, photo, classifier))
                ahead.append(_Ahead(photo, job))
                if len(ahead) >= 2 * batch_size + decoders:
                    break
            if not ahead:
                return
            yield from _answered(_ready(ahead, batch_size, pool), classifier)
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Ahead:
    photo: Photo
    job: Job[_Pixels] | None

    def is_done(self) -> bool:
        return self.job is None or self.job.is_done


@dataclass(frozen=True, slots=True)
class _Decoded:
    photo: Photo
    pixels: _Pixels


def _ready(ahead: deque[_Ahead], batch_size: int, pool: Decoders[_Pixels]) -> list[_Decoded]:
    """Take the first, waiting for it, and those behind it that are decoded by now: answers come at once."""
    taken = [_decoded(ahead.popleft(), pool)]
    while ahead and len(taken) < batch_size and ahead[0].is_done():
        taken.append(_decoded(ahead.popleft(), pool))
    return taken


def _decoded(one: _Ahead, pool: Decoders[_Pixels]) -> _Decoded:
    if one.photo.settled:
        return _Decoded(one.photo, one.photo.settled)
    pixels = pool.value(one.job) if one.job else None
    if pixels is None:
        reason = limits.too_slow("reading and decoding", pool.seconds)
        pixels = Answer(Status.FAILED, reason=reason)
    return _Decoded(one.photo, pixels)


def _answered(taken: Sequence[_Decoded], classifier: Classifier) -> Iterator[Prediction]:
    pixels = [one.pixels for one in taken if isinstance(one.pixels, np.ndarray)]
    outputs = classifier.predict(np.stack(pixels)) if pixels else None
    weighed = classifier.evidence(outputs) if outputs else []
    place = 0
    for one in taken:
        if isinstance(one.pixels, Answer):
            yield Prediction(one.photo, one.pixels)
        elif outputs is not None:
            evidence = weighed[place]
            yield Prediction(one.photo, classifier.judge(evidence), outputs.of(place), evidence)
            place += 1


def _pixels(photo: Photo, classifier: Classifier) -> _Pixels:
    try:
        return classifier.pixels_of(photo.path)
    except PictureError as error:
        return Answer(Status.FAILED, reason=error.what)
    except Exception as error:  # noqa: BLE001 - the thread's edge: one file must not end the run for the rest
        _log.exception("decoding %s", photo.name)
        return Answer(Status.FAILED, reason=f"the picture cannot be read ({type(error).__name__})")
