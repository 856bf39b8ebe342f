"""The long way of a folder: find its photos, open the model, answer for every photo."""

from __future__ import annotations

import logging
from collections import deque
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whatsit.decisions import Answer, Status

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence
    from pathlib import Path

    import numpy as np

    from whatsit.batch import Prediction
    from whatsit.classifier import Classifier
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.photos import Photo
    from whatsit.recall import Recall
    from whatsit.reviews import Review

_log = logging.getLogger(__name__)
_BATCH: Final = 8  # half of the usual: as fast on two cores, and onnxruntime keeps less memory
_RECALLED: Final = Answer(Status.SKIPPED)  # stands for what is known already: nothing is decoded for it


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a photo: what was kept of the model's outputs, or an answer without them."""

    name: str
    found: np.void | Answer
    said: Review | None


def find(paths: Sequence[Path]) -> Generator[Photo, None, None]:
    """Yield every photo below `paths`.

    Raises UsageError or PictureError when one of `paths` does not exist.
    """
    from whatsit import photos  # noqa: PLC0415 - the window is seen before this is loaded

    yield from photos.scan(paths)


def open_model(name: str, device: DeviceName, variant: VariantChoice) -> Generator[Classifier, None, None]:
    """Yield the classifier of the bundle with this name or path.

    Raises BundleError or DeviceError when it cannot be used here.
    """
    from whatsit import shelf  # noqa: PLC0415 - as above
    from whatsit.classifier import Classifier  # noqa: PLC0415 - onnxruntime takes a while to load

    yield Classifier.open(shelf.find(name), device, variant)


def answer(photos: Iterable[Photo], classifier: Classifier) -> Generator[Answered, None, None]:
    """Yield what becomes of every photo, in their order; those answered before are not run again.

    Raises DeviceError when the device gives up, LedgerError when people's labels cannot be read.
    """
    from whatsit import batch, reviews  # noqa: PLC0415 - as above

    asked: deque[tuple[Photo, np.void | None]] = deque()
    with ExitStack() as opened:
        recall = _recall(classifier, opened)
        review_of = opened.enter_context(reviews.opened(classifier.bundle.manifest.name))
        predictions = batch.predict(_asked(photos, recall, asked), classifier, batch_size=_BATCH)
        for prediction in opened.enter_context(closing(predictions)):
            photo, row = asked.popleft()
            if row is None and prediction.evidence is not None:
                row = _row(prediction, classifier)
                if recall is not None:
                    recall.keep(photo, row)
            yield Answered(photo.name, prediction.answer if row is None else row, review_of(photo))


def _asked(
    photos: Iterable[Photo], recall: Recall | None, asked: deque[tuple[Photo, np.void | None]]
) -> Iterator[Photo]:
    """Yield the photos, those that were answered before as settled; note both in `asked`."""
    for photo in photos:
        row = None if recall is None or photo.settled else recall.of(photo)
        asked.append((photo, row))
        yield photo if row is None else replace(photo, settled=_RECALLED)


def _recall(classifier: Classifier, opened: ExitStack) -> Recall | None:
    from whatsit.ledger import LedgerError  # noqa: PLC0415 - as above
    from whatsit.recall import Recall  # noqa: PLC0415 - as above

    try:
        return opened.enter_context(Recall(classifier.bundle.sha256, classifier.variant))
    except LedgerError:  # a cache that cannot be used costs only the time to answer again
        _log.warning("answers are not kept", exc_info=True)
        return None


def _row(prediction: Prediction, classifier: Classifier) -> np.void:
    from whatsit import likeness, packed  # noqa: PLC0415 - as above

    assert prediction.evidence is not None  # noqa: S101 - for the type checker
    features = prediction.outputs.features if prediction.outputs else None
    sketch = None if features is None else likeness.sketch(features)[0]
    groups = packed.groups_of(classifier.bundle.manifest.labels)
    return packed.pack(prediction.evidence, groups, sketch)
