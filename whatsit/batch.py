"""Many photos: decoded ahead on threads, classified in batches, given back in their order."""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whatsit.decisions import Answer, Status
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from concurrent.futures import Future

    from numpy.typing import NDArray

    from whatsit.classifier import Classifier, Outputs
    from whatsit.photos import Photo

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Result:
    """One photo and its answer."""

    photo: Photo
    answer: Answer


@dataclass(frozen=True, slots=True)
class Prediction:
    """One photo, its answer, and the outputs behind it (N = 1), where there are any."""

    photo: Photo
    answer: Answer
    outputs: Outputs | None = None


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
    pool = ThreadPoolExecutor(decoders, thread_name_prefix="whatsit-decode")
    try:
        while True:
            for photo in source:
                ahead.append(
                    _Ahead(photo, None if photo.settled else pool.submit(_pixels, photo, classifier))
                )
                if len(ahead) >= 2 * batch_size + decoders:
                    break
            if not ahead:
                return
            yield from _answered(_ready(ahead, batch_size), classifier)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Ahead:
    photo: Photo
    pixels: Future[NDArray[np.uint8] | Answer] | None

    def is_done(self) -> bool:
        return self.pixels is None or self.pixels.done()


def _ready(ahead: deque[_Ahead], batch_size: int) -> list[_Ahead]:
    """Take the first, waiting for it, and those behind it that are decoded by now: answers come at once."""
    taken = [ahead.popleft()]
    if taken[0].pixels:
        taken[0].pixels.exception()
    while ahead and len(taken) < batch_size and ahead[0].is_done():
        taken.append(ahead.popleft())
    return taken


def _answered(taken: Sequence[_Ahead], classifier: Classifier) -> Iterator[Prediction]:
    decoded = [one.pixels.result() if one.pixels else one.photo.settled for one in taken]
    pixels = [one for one in decoded if isinstance(one, np.ndarray)]
    outputs = classifier.predict(np.stack(pixels)) if pixels else None
    answers = classifier.answers(outputs) if outputs else []
    place = 0
    for one, result in zip(taken, decoded, strict=True):
        if isinstance(result, Answer):
            yield Prediction(one.photo, result)
        elif outputs is not None:
            yield Prediction(one.photo, answers[place], outputs.of(place))
            place += 1


def _pixels(photo: Photo, classifier: Classifier) -> NDArray[np.uint8] | Answer:
    try:
        return classifier.pixels_of(photo.path)
    except PictureError as error:
        return Answer(Status.FAILED, reason=error.what)
    except Exception as error:  # noqa: BLE001 - the thread's edge: one file must not end the run for the rest
        _log.exception("decoding %s", photo.name)
        return Answer(Status.FAILED, reason=f"the picture cannot be read ({type(error).__name__})")
