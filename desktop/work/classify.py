"""The long way of a folder: find its photos, open the model, answer for every photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path
    from queue import SimpleQueue

    from whatsit.batch import Result
    from whatsit.classifier import Classifier
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.photos import Photo


def find(paths: Sequence[Path], feed: SimpleQueue[Photo | None]) -> Generator[Photo, None, None]:
    """Yield every photo below `paths`, then put it into `feed`, which ends with None.

    Raises UsageError or PictureError when one of `paths` does not exist.
    """
    from whatsit import photos  # noqa: PLC0415 - the window is seen before numpy is loaded

    try:
        for photo in photos.scan(paths):
            yield photo
            feed.put(photo)
    finally:
        feed.put(None)


def open_model(name: str, device: DeviceName, variant: VariantChoice) -> Generator[Classifier, None, None]:
    """Yield the classifier of the bundle with this name or path.

    Raises BundleError or DeviceError when it cannot be used here.
    """
    from whatsit import shelf  # noqa: PLC0415 - as above
    from whatsit.classifier import Classifier  # noqa: PLC0415 - onnxruntime takes a while to load

    yield Classifier.open(shelf.find(name), device, variant)


def answer(photos: Iterable[Photo], classifier: Classifier) -> Generator[Result, None, None]:
    """Yield the result of every photo, in their order."""
    from whatsit import batch  # noqa: PLC0415 - as above

    yield from batch.classify(photos, classifier)
