"""How networks want their pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Scaling:
    """How a network wants its pixels: `pixel * scale + offset` a channel, blue first when `bgr`."""

    scale: tuple[float, ...]
    offset: tuple[float, ...]
    bgr: bool = False


def _normalised(mean: tuple[float, ...], deviation: tuple[float, ...]) -> Scaling:
    pairs = list(zip(mean, deviation, strict=True))
    return Scaling(tuple(1 / (255 * d) for _, d in pairs), tuple(-m / d for m, d in pairs))


SIGNED: Final = Scaling((1 / 127.5,), (-1.0,))
NORMALISED: Final = _normalised((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
CAFFE: Final = Scaling((1.0,), (-103.939, -116.779, -123.68), bgr=True)
