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


@dataclass(slots=True)
class Resumed:
    """Classifies as `batch.classify` does, and counts the photos that were recalled."""

    recalled: int = 0

    def classify(self, photos: Iterable[Photo], classifier: Classifier) -> Generator[Result, None, None]:
        """Yield each photo with its answer, in order; what is answered anew is kept within half a second.

        Raises DeviceError when the device gives up.
        """
        asked: deque[tuple[Photo, np.void | None]] = deque()
        groups = packed.groups_of(classifier.bundle.manifest.labels)
        with ExitStack() as opened:
            memory = opened.enter_context(_Memory(classifier))
            predictions = batch.predict(_asked(photos, memory, asked), classifier)
            for prediction in opened.enter_context(closing(predictions)):
                photo, row = asked.popleft()
                if row is None:
                    memory.keep(photo, prediction)
                    yield Result(photo, prediction.answer)
                else:
                    self.recalled += 1
                    yield Result(photo, classifier.judge(packed.unpack(row, groups)))


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
        self._classifier = classifier
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

    def keep(self, photo: Photo, prediction: Prediction) -> None:
        if self._recall is None or prediction.evidence is None:
            return
        features = prediction.outputs.features if prediction.outputs else None
        sketch = None if features is None else likeness.sketch(features)[0]
        groups = packed.groups_of(self._classifier.bundle.manifest.labels)
        try:
            self._recall.keep(photo, packed.pack(prediction.evidence, groups, sketch))
        except LedgerError:
            self._give_up()

    def _give_up(self) -> None:
        _log.warning("answers are not kept any more", exc_info=True)
        self._recall = None
