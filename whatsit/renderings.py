"""What other programs do otherwise with a picture, each mistake as a rendering to recognise it by."""

from __future__ import annotations

import io
import itertools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageOps

from whatsit import pictures, preprocess

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from whatsit.manifest import InputSpec

Pixels = NDArray[np.uint8]
_ORIENTATION: Final = 0x0112
_BACK: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
_SCALED: Final = "only values of 0 and 1: scaled before they were made bytes"
_EXPLAINED: Final = 1 / 3  # a mistake is named when it leaves at most this part of the mean difference
_ROUNDING: Final = 0.75  # of 255, in the mean: decoders and filters round differently
_ALSO: Final = 0.5  # of two mistakes together, each must explain this part of what the other leaves


@dataclass(frozen=True, slots=True)
class _Rendering:
    """How pixels are made, step by step; each step is Whatsit's own unless a mistake takes its place."""

    decode: Callable[[bytes], Image.Image]
    turn: Callable[[Image.Image, int], Image.Image]
    resize: Callable[[Image.Image, InputSpec], Pixels]
    channels: Callable[[Pixels], Pixels]

    def pixels(self, data: bytes, orientation: int, spec: InputSpec) -> Pixels:
        return self.channels(self.resize(self.turn(self.decode(data), orientation), spec))


@dataclass(frozen=True, slots=True)
class _Mistake:
    """One step done otherwise, and what it is called."""

    name: str
    made: Callable[[_Rendering], _Rendering]


def mistakes(given: Pixels, data: bytes, spec: InputSpec) -> tuple[str, ...]:
    """Return which mistakes, one or two together, make `given` [H,W,3] of an encoded picture; often none.

    A mistake is named only where pixels made with it are far nearer to those given than the right ones are.
    Raises PictureError when the picture cannot be read.
    """
    own = _own().pixels(data, 1, spec)
    orientation = _orientation(data)
    right = _apart(given, own)
    best: tuple[float, tuple[_Mistake, ...]] = (right, ())
    for chosen in _choices():
        if len(chosen) > 1 and best[0] <= _ROUNDING:
            break
        apart = _apart(given, _with(chosen).pixels(data, orientation, spec))
        if apart < best[0] * (_ALSO if len(chosen) > len(best[1]) else 1):
            best = (apart, chosen)
    if best[0] <= right * _EXPLAINED:
        return tuple(one.name for one in best[1])
    return (_SCALED,) if given.max() <= 1 < own.max() else ()


def _own() -> _Rendering:
    return _Rendering(pictures.decode, lambda picture, _: picture, preprocess.resize, lambda pixels: pixels)


def _with(chosen: Sequence[_Mistake]) -> _Rendering:
    rendering = _own()
    for one in chosen:
        rendering = one.made(rendering)
    return rendering


def _choices() -> Iterator[tuple[_Mistake, ...]]:
    """Yield each mistake, then the two that concern every picture together with each other one."""
    yield from ((one,) for one in (*_OF_EVERY_PICTURE, *_OTHERS))
    yield _OF_EVERY_PICTURE
    yield from itertools.product(_OF_EVERY_PICTURE, _OTHERS)


def _apart(one: Pixels, other: Pixels) -> float:
    return float(np.abs(one.astype(np.int16) - other.astype(np.int16)).mean())


def _orientation(data: bytes) -> int:
    with Image.open(io.BytesIO(data)) as picture:
        return int(picture.getexif().get(_ORIENTATION, 1))


def _as_stored(picture: Image.Image, orientation: int) -> Image.Image:
    return picture.transpose(_BACK[orientation]) if orientation in _BACK else picture


def _raw(data: bytes) -> Image.Image:
    """Return a picture in its own mode; only what `pictures.decode` took, within its limits, comes here."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return ImageOps.exif_transpose(picture)


def _on_black(data: bytes) -> Image.Image:
    picture = _raw(data)
    if not picture.has_transparency_data:
        return pictures.decode(data)
    picture = picture.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", picture.size, "black"), picture).convert("RGB")


def _alpha_dropped(data: bytes) -> Image.Image:
    picture = _raw(data)
    return picture.convert("RGBA").convert("RGB") if picture.has_transparency_data else pictures.decode(data)


def _inverted_inks(data: bytes) -> Image.Image:
    picture = _raw(data)
    return ImageChops.invert(picture).convert("RGB") if picture.mode == "CMYK" else pictures.decode(data)


def _cut_to_8_bits(data: bytes) -> Image.Image:
    picture = _raw(data)
    if not picture.mode.startswith("I"):
        return pictures.decode(data)
    return Image.fromarray(np.minimum(np.asarray(picture), 255).astype(np.uint8)).convert("RGB")


def _filtered(kind: Image.Resampling) -> Callable[[Image.Image, InputSpec], Pixels]:
    def resize(picture: Image.Image, spec: InputSpec) -> Pixels:
        return np.asarray(_part(picture, spec).resize((spec.width, spec.height), kind), dtype=np.uint8)

    return resize


def _not_antialiased(picture: Image.Image, spec: InputSpec) -> Pixels:
    """Resize as OpenCV's INTER_LINEAR and TensorFlow do: from four pixels, however small the result."""
    values = np.asarray(_part(picture, spec), dtype=np.float32)
    for axis, length in ((0, spec.height), (1, spec.width)):
        place = (np.arange(length) + 0.5) * (values.shape[axis] / length) - 0.5
        place = np.clip(place, 0, values.shape[axis] - 1)
        below = np.minimum(place.astype(np.int64), max(values.shape[axis] - 2, 0))
        above = np.minimum(below + 1, values.shape[axis] - 1)
        share = (place - below).astype(np.float32).reshape([-1 if one == axis else 1 for one in range(3)])
        values = values.take(below, axis) * (1 - share) + values.take(above, axis) * share
    return np.clip(values.round(), 0, 255).astype(np.uint8)


def _part(picture: Image.Image, spec: InputSpec) -> Image.Image:
    """Return the part of a picture that `preprocess.resize` makes into pixels."""
    if spec.resize == "squash":
        return picture
    scale = min(picture.width / spec.width, picture.height / spec.height)
    return ImageOps.fit(
        picture, (round(spec.width * scale), round(spec.height * scale)), Image.Resampling.BOX
    )


def _other_shape(picture: Image.Image, spec: InputSpec) -> Pixels:
    other: Literal["squash", "crop"] = "squash" if spec.resize == "crop" else "crop"
    return preprocess.resize(picture, spec.model_copy(update={"resize": other}))


def _padded(picture: Image.Image, spec: InputSpec) -> Pixels:
    size = (spec.width, spec.height)
    return np.asarray(ImageOps.pad(picture, size, Image.Resampling.BILINEAR), dtype=np.uint8)


def _decoding(name: str, how: Callable[[bytes], Image.Image]) -> _Mistake:
    return _Mistake(name, lambda rendering: replace(rendering, decode=how))


def _resizing(name: str, how: Callable[[Image.Image, InputSpec], Pixels]) -> _Mistake:
    return _Mistake(name, lambda rendering: replace(rendering, resize=how))


_OF_EVERY_PICTURE: Final = (
    _Mistake("BGR, not RGB", lambda rendering: replace(rendering, channels=lambda pixels: pixels[..., ::-1])),
    _Mistake("EXIF orientation not applied", lambda rendering: replace(rendering, turn=_as_stored)),
)
_OTHERS: Final = (
    _decoding("alpha on black, not on white", _on_black),
    _decoding("alpha dropped, not laid on white", _alpha_dropped),
    _decoding("CMYK inverted", _inverted_inks),
    _decoding("16 bits cut to 255, not divided", _cut_to_8_bits),
    _resizing("cropped where the bundle squashes, or squashed where it crops", _other_shape),
    _resizing("padded to keep its shape", _padded),
    _resizing("bilinear without antialiasing", _not_antialiased),
    _resizing("nearest, not bilinear", _filtered(Image.Resampling.NEAREST)),
    _resizing("box (area), not bilinear", _filtered(Image.Resampling.BOX)),
    _resizing("bicubic, not bilinear", _filtered(Image.Resampling.BICUBIC)),
    _resizing("Lanczos, not bilinear", _filtered(Image.Resampling.LANCZOS)),
)
