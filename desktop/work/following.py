"""What next models say of photos that the first one answered."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

    from whatsit.chain import Chain
    from whatsit.classifier import Classifier
    from whatsit.decisions import Answer, Then
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.photos import Photo


@dataclass(frozen=True, slots=True)
class Asked:
    """A photo, by its number too, and the first model's answer."""

    number: int
    photo: Photo
    answer: Answer


@dataclass(frozen=True, slots=True)
class Followed:
    """What the next model says of a photo."""

    number: int
    then: Then


def open_chain(
    first: Classifier, steps: Sequence[str], device: DeviceName, variant: VariantChoice
) -> Generator[Chain, None, None]:
    """Yield the chain of a model and those that are asked next.

    Raises UsageError, BundleError or DeviceError when it cannot be had here.
    """
    from whatsit.chain import Chain as Opened  # noqa: PLC0415 - the window is seen before onnxruntime is loaded

    yield Opened.open(first, steps, device, variant)


def followed(asked: Sequence[Asked], chain: Chain) -> Generator[Followed, None, None]:
    """Yield what the next models say of photos.

    Raises DeviceError when a device gives up.
    """
    from whatsit import batch  # noqa: PLC0415 - as above
    from whatsit.decisions import Then as Made  # noqa: PLC0415 - as above

    for classifier in {id(one): one for one in chain.then.values()}.values():
        mine = [one for one in asked if chain.next_of(one.answer) is classifier]
        name = classifier.bundle.manifest.name
        with closing(batch.classify([one.photo for one in mine], classifier)) as results:
            for one, result in zip(mine, results, strict=True):
                yield Followed(one.number, Made(name, result.answer))
