"""What the model says of a photo that is looked at, or of a part of it, and where it sees that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from PIL import Image
    from PySide6.QtGui import QImage

    from whatsit.classifier import Classifier
    from whatsit.decisions import Evidence
    from whatsit.manifest import InputSpec

LEAST: Final = 0.03  # of a side: fewer pixels than that say nothing


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of a photo, as parts of its width and its height."""

    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0

    @classmethod
    def between(cls, one: tuple[float, float], other: tuple[float, float]) -> Area | None:
        """Return the rectangle with these corners, cut to the photo; None where it is too small."""
        (left, right), (top, bottom) = (
            sorted(min(max(value, 0.0), 1.0) for value in pair) for pair in zip(one, other, strict=True)
        )
        wide = right - left >= LEAST and bottom - top >= LEAST
        return cls(left, top, right - left, bottom - top) if wide else None

    def moved(self, x: float, y: float) -> Area:
        """Return this rectangle, so many parts of the photo further on, inside it."""
        left, top = min(max(self.left + x, 0.0), 1 - self.width), min(max(self.top + y, 0.0), 1 - self.height)
        return Area(left, top, self.width, self.height)

    def stretched(self, x: float, y: float) -> Area:
        """Return this rectangle with its right and lower edges so many parts of the photo further on."""
        width = min(max(self.width + x, LEAST), 1 - self.left)
        return Area(self.left, self.top, width, min(max(self.height + y, LEAST), 1 - self.top))

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom in a picture of this size, never empty."""
        left, top = min(round(self.left * width), width - 1), min(round(self.top * height), height - 1)
        right, bottom = round((self.left + self.width) * width), round((self.top + self.height) * height)
        return left, top, min(max(right, left + 1), width), min(max(bottom, top + 1), height)

    def inner(self, part: Area) -> Area:
        """Return a part of this rectangle as a part of the photo."""
        return Area(
            self.left + part.left * self.width, self.top + part.top * self.height,
            part.width * self.width, part.height * self.height,
        )  # fmt: skip


WHOLE: Final = Area()
MIDDLE: Final = Area(0.25, 0.25, 0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Question:
    """A photo, or a part of it."""

    path: Path
    area: Area = WHOLE


@dataclass(frozen=True, slots=True)
class Heard:
    """What the model says: the evidence, and the heat map with where in the photo it lies.

    `is_hot`: some part speaks for the best label, so that there is something to see on the map.
    """

    question: Question
    evidence: Evidence | None = None
    heat: QImage | None = None
    covers: Area = WHOLE
    is_hot: bool = False


def ask(questions: Iterable[Question], classifier: Classifier) -> Generator[Heard, None, None]:
    """Yield what the model says to each question; without evidence where the photo cannot be read.

    Raises DeviceError when the device gives up.
    """
    for question in questions:
        try:
            picture = _picture(question, classifier)
        except PictureError:
            yield Heard(question)
        else:
            yield _heard(question, picture, classifier)


def _picture(question: Question, classifier: Classifier) -> Image.Image:
    from whatsit import pictures  # noqa: PLC0415 - the window is seen before Pillow is loaded

    # The whole as when it was classified, so that the answer is the same; a part with all its pixels.
    spec = classifier.bundle.manifest.input
    at_least = (2 * spec.width, 2 * spec.height) if question.area == WHOLE else None
    data = pictures.read(question.path, classifier.limits)
    return pictures.decode(data, at_least, question.path, classifier.limits)


def _heard(question: Question, picture: Image.Image, classifier: Classifier) -> Heard:
    from desktop.work import heat  # noqa: PLC0415 - as above
    from whatsit import heatmap, preprocess  # noqa: PLC0415 - as above

    spec = classifier.bundle.manifest.input
    if question.area != WHOLE:
        picture = picture.crop(question.area.box(*picture.size))
    outputs = classifier.predict(preprocess.resize(picture, spec)[None])
    cells = heatmap.heat(outputs, int(outputs.probabilities[0].argmax()))
    return Heard(
        question,
        classifier.evidence(outputs)[0],
        None if cells is None else heat.image(cells),
        question.area.inner(_seen(picture.size, spec)),
        is_hot=cells is not None and float(cells.max()) > 0,
    )


def _seen(size: tuple[int, int], spec: InputSpec) -> Area:
    """Return what the model sees of a picture of this size: all of it, or its middle."""
    if spec.resize != "crop":
        return WHOLE
    scale = min(size[0] / spec.width, size[1] / spec.height)
    width, height = spec.width * scale / size[0], spec.height * scale / size[1]
    return Area((1 - width) / 2, (1 - height) / 2, width, height)
