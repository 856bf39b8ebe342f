"""From frames to answers, one after another on threads, each time of the newest frame there is."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from desktop.work.images import to_picture

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QVideoFrame

    from desktop.work.part import Part
    from whatsit.chain import Chain
    from whatsit.classifier import Classifier
    from whatsit.decisions import Answer
    from whatsit.graph import Outputs

_CALM: Final = 0.35  # seconds in which a change is seen to two thirds


@dataclass(frozen=True, slots=True)
class Look:
    """A picture to answer for, or a part of it; with another scene smoothing starts anew.

    A heat map is made only where it is `heated`: it would be a twentieth of the time.
    """

    image: QImage
    scene: int
    part: Part | None = None
    heated: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """The smoothed answer to a look, the heat map of its best label, and how long it took."""

    look: Look
    answer: Answer
    heat: QImage | None
    seconds: float


def shots(frames: Iterable[QVideoFrame]) -> Generator[QImage, None, None]:
    """Yield each frame as a picture, upright."""
    for frame in frames:
        image = frame.toImage()
        if not image.isNull():
            yield image


def answers(
    looks: Iterable[Look], classifier: Classifier, chain: Chain | None = None
) -> Generator[Seen, None, None]:
    """Yield what is seen in each picture, smoothed over time, by a next model too where it leads to one.

    Raises DeviceError when the device gives up.
    """
    from desktop.work import heat  # noqa: PLC0415 - the window is seen before numpy is loaded
    from whatsit import heatmap  # noqa: PLC0415 - as above

    smooth, followers = Smoothing(), Followers(chain)
    for look in looks:
        began = time.perf_counter()
        outputs = classifier.predict(pixels_of(look, classifier)[None])
        calm = smooth.add(outputs, began, look.scene)
        answer = followers.ask(look, classifier.answers(calm)[0], began)
        best = int(calm.probabilities[0].argmax())
        cells = heatmap.heat(outputs, best) if look.heated else None
        seconds = time.perf_counter() - began
        yield Seen(look, answer, None if cells is None else heat.image(cells), seconds)


def pixels_of(look: Look, classifier: Classifier) -> NDArray[np.uint8]:
    """Return the model's pixels, uint8 [H,W,3], of the part of a picture that is looked at."""
    from whatsit import preprocess  # noqa: PLC0415 - as above

    picture = to_picture(look.image)
    if look.part is not None:
        picture = picture.crop(look.part.box(*picture.size))
    return preprocess.resize(picture, classifier.bundle.manifest.input)


class Followers:
    """The next models of a chain, each with a smoothing of its own."""

    def __init__(self, chain: Chain | None) -> None:
        self._chain = chain
        self._smooth: dict[str, Smoothing] = {}

    def ask(self, look: Look, answer: Answer, at: float) -> Answer:
        """Return the answer with what the model says that it leads to, if it leads to one."""
        from whatsit.decisions import Then  # noqa: PLC0415 - as above

        classifier = self._chain.next_of(answer) if self._chain else None
        if classifier is None:
            return answer
        name = classifier.bundle.manifest.name
        outputs = classifier.predict(pixels_of(look, classifier)[None])
        calm = self._smooth.setdefault(name, Smoothing()).add(outputs, at, look.scene)
        return replace(answer, then=Then(name, classifier.answers(calm)[0]))


class Smoothing:
    """A mean in which what was seen before fades, so that answers do not flicker from frame to frame."""

    def __init__(self, seconds: float = _CALM) -> None:
        self._seconds = seconds
        self._mean: dict[str, NDArray[np.float32]] = {}
        self._scene, self._at = -1, 0.0

    def add(self, outputs: Outputs, at: float, scene: int) -> Outputs:
        """Return what the outputs (N = 1) of this moment and those before it say together."""
        weight = 1.0 if scene != self._scene else 1 - math.exp((self._at - at) / self._seconds)
        self._scene, self._at = scene, at
        for name in ("probabilities", "novelty"):
            if name in outputs.arrays:
                now = outputs.arrays[name]
                before = self._mean.get(name, now)
                self._mean[name] = now if weight == 1.0 else before + (now - before) * weight
        return type(outputs)({**outputs.arrays, **self._mean})
