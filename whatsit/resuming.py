"""Classifying that goes on where it was: what was answered before is recalled, not run again."""

from __future__ import annotations

import logging
from collections import deque
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whatsit import batch, likeness, packed
from whatsit.batch import Result
from whatsit.decisions import Answer, Status
from whatsit.ledger import LedgerError
from whatsit.recall import Recall

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator

    import numpy as np

    from whatsit.batch import Prediction
    from whatsit.classifier import Classifier
    from whatsit.photos import Photo

_log = logging.getLogger(__name__)
_RECALLED: Final = Answer(Status.SKIPPED)  # stands for what is known already: nothing is decoded for it


@dataclass(frozen=True, slots=True)
class Known:
    """A photo, and its packed evidence or an answer without any; `recalled` where no model ran for it."""

    photo: Photo
    found: np.void | Answer
    recalled: bool = False


def known(
    photos: Iterable[Photo], classifier: Classifier, *, batch_size: int | None = None
) -> Generator[Known, None, None]:
    """Yield what is known of each photo, in order; what is answered anew is kept at once.

    Raises DeviceError when the device gives up.
    """
    asked: deque[tuple[Photo, np.void | None]] = deque()
    with ExitStack() as opened:
        memory = opened.enter_context(_Memory(classifier))
        predictions = batch.predict(_asked(photos, memory, asked), classifier, batch_size=batch_size)
        for prediction in opened.enter_context(closing(predictions)):
            photo, row = asked.popleft()
            if row is None:
                yield Known(photo, memory.keep(photo, prediction))
            else:
                yield Known(photo, row, recalled=True)


@dataclass(slots=True)
class Resumed:
    """Classifies as `batch.classify` does, and counts the photos that were recalled."""

    recalled: int = 0

    def classify(self, photos: Iterable[Photo], classifier: Classifier) -> Generator[Result, None, None]:
        """Yield each photo with its answer, in order, as `known` has it."""
        groups = packed.groups_of(classifier.bundle.manifest.labels)
        with closing(known(photos, classifier)) as found:
            for one in found:
                self.recalled += one.recalled
                if isinstance(one.found, Answer):
                    yield Result(one.photo, one.found, one.recalled)
                else:
                    answer = classifier.judge(packed.unpack(one.found, groups))
                    yield Result(one.photo, answer, one.recalled)


def _asked(
    photos: Iterable[Photo], memory: _Memory, asked: deque[tuple[Photo, np.void | None]]
) -> Iterator[Photo]:
    """Yield the photos, those that were answered before as settled; note both in `asked`."""
    for photo in photos:
        row = None if photo.settled else memory.of(photo)
        asked.append((photo, row))
        yield photo if row is None else replace(photo, settled=_RECALLED)


class _Memory(ExitStack):
    """A recall that may fail: it costs only the time to answer again."""

    def __init__(self, classifier: Classifier) -> None:
        super().__init__()
        self._groups = packed.groups_of(classifier.bundle.manifest.labels)
        self._recall: Recall | None = None
        try:
            self._recall = self.enter_context(Recall(classifier.bundle.sha256, classifier.variant))
        except LedgerError:
            _log.warning("answers are not kept", exc_info=True)

    def of(self, photo: Photo) -> np.void | None:
        try:
            return self._recall.of(photo) if self._recall else None
        except LedgerError:
            self._give_up()
            return None

    def keep(self, photo: Photo, prediction: Prediction) -> np.void | Answer:
        """Keep a photo's evidence and return it; where there is none, return the answer."""
        if prediction.evidence is None:
            return prediction.answer
        features = prediction.outputs.features if prediction.outputs else None
        sketch = None if features is None else likeness.sketch(features)[0]
        row = packed.pack(prediction.evidence, self._groups, sketch)
        try:
            if self._recall is not None:
                self._recall.keep(photo, row)
        except LedgerError:
            self._give_up()
        return row

    def _give_up(self) -> None:
        _log.warning("answers are not kept any more", exc_info=True)
        self._recall = None
