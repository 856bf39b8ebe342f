"""The long way of a folder: find its photos, open the model, answer for every photo."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Sequence
    from pathlib import Path

    import numpy as np

    from whatsit.classifier import Classifier
    from whatsit.decisions import Answer
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.photos import Photo
    from whatsit.reviews import Review


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of a photo: what was kept of the model's outputs, or an answer without them."""

    name: str
    found: np.void | Answer
    said: Review | None
    at_once: bool = False  # it was answered before, or is none to be decoded: no model ran for it


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
    from whatsit import resuming, reviews  # noqa: PLC0415 - as above

    with (
        reviews.opened(classifier.bundle.manifest.name) as review_of,
        closing(resuming.known(photos, classifier)) as known,
    ):
        for one in known:
            at_once = one.recalled or one.photo.settled is not None
            yield Answered(one.photo.name, one.found, review_of(one.photo), at_once)
