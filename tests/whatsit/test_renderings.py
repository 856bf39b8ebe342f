from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageChops, ImageOps

from whatsit import pictures, preprocess, renderings
from whatsit.errors import PictureError
from whatsit.manifest import InputSpec

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SPEC = InputSpec(height=96, width=96)
CROP = InputSpec(height=96, width=96, resize="crop")
BILINEAR = Image.Resampling.BILINEAR


def drawn() -> Image.Image:
    """Return a picture that no turn, filter or change of channels leaves as it is."""
    across, down = np.meshgrid(np.arange(320), np.arange(240))
    red = across * 255 // 319
    green = np.where((across // 5 + down // 4) % 2, 220, 40)
    blue = np.where(down < 80, 200, 30)
    return Image.fromarray(np.stack([red, green, blue], axis=-1).astype(np.uint8))


def encoded(picture: Image.Image, kind: str = "PNG", orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    picture.save(file, kind, exif=exif, **({"quality": 95} if kind == "JPEG" else {}))
    return file.getvalue()


def with_alpha() -> Image.Image:
    picture = drawn().convert("RGBA")
    picture.putalpha(Image.linear_gradient("L").resize(picture.size))
    return picture


def sixteen_bits() -> Image.Image:
    return Image.fromarray(np.asarray(drawn().convert("L"), dtype=np.uint16) * 257)


def squashed(picture: Image.Image, kind: Image.Resampling = BILINEAR) -> NDArray[np.uint8]:
    return np.asarray(picture.convert("RGB").resize((96, 96), kind))


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def four_neighbours(picture: Image.Image) -> NDArray[np.uint8]:
    """Resize without antialiasing, pixel by pixel and by another way than the source's."""
    values = np.asarray(picture, dtype=np.float64)
    result = np.empty((96, 96, 3))
    for y in range(96):
        for x in range(96):
            down, across = (y + 0.5) * 240 / 96 - 0.5, (x + 0.5) * 320 / 96 - 0.5
            top, left = int(down), int(across)
            box, v, h = values[top : top + 2, left : left + 2], down - top, across - left
            result[y, x] = (box[0, 0] * (1 - h) + box[0, 1] * h) * (1 - v) + (
                box[1, 0] * (1 - h) + box[1, 1] * h
            ) * v
    return result.round().astype(np.uint8)


def on_black(data: bytes) -> NDArray[np.uint8]:
    picture = opened(data)
    black = Image.new("RGB", picture.size)
    black.paste(picture, mask=picture.getchannel("A"))
    return squashed(black)


def cut_to_8_bits(data: bytes) -> NDArray[np.uint8]:
    return squashed(Image.fromarray(np.minimum(np.asarray(opened(data)), 255).astype(np.uint8)))


def cropped(data: bytes, kind: Image.Resampling = BILINEAR) -> NDArray[np.uint8]:
    return np.asarray(ImageOps.fit(opened(data), (96, 96), kind))


def padded(data: bytes) -> NDArray[np.uint8]:
    return np.asarray(ImageOps.pad(opened(data), (96, 96), BILINEAR))


def as_stored(data: bytes) -> NDArray[np.uint8]:
    return squashed(opened(data))


def filtered(kind: Image.Resampling) -> Callable[[bytes], NDArray[np.uint8]]:
    return lambda data: squashed(opened(data), kind)


PLAIN, TURNED, ALPHA = encoded(drawn()), encoded(drawn(), orientation=6), encoded(with_alpha())
CMYK, GREY_16 = encoded(drawn().convert("CMYK"), "JPEG"), encoded(sixteen_bits())
KINDS = Image.Resampling
SHAPE = "cropped where the bundle squashes, or squashed where it crops"
SCALED = "only values of 0 and 1: scaled before they were made bytes"


@pytest.mark.parametrize(
    ("data", "spec", "made", "expected"),
    [
        (PLAIN, SPEC, lambda data: as_stored(data)[..., ::-1], ["BGR, not RGB"]),
        (TURNED, SPEC, as_stored, ["EXIF orientation not applied"]),
        (
            TURNED,
            SPEC,
            lambda data: as_stored(data)[..., ::-1],
            ["BGR, not RGB", "EXIF orientation not applied"],
        ),
        (ALPHA, SPEC, on_black, ["alpha on black, not on white"]),
        (ALPHA, SPEC, as_stored, ["alpha dropped, not laid on white"]),
        (CMYK, SPEC, lambda data: squashed(ImageChops.invert(opened(data))), ["CMYK inverted"]),
        (GREY_16, SPEC, cut_to_8_bits, ["16 bits cut to 255, not divided"]),
        (PLAIN, SPEC, lambda data: four_neighbours(opened(data)), ["bilinear without antialiasing"]),
        (PLAIN, SPEC, filtered(KINDS.NEAREST), ["nearest, not bilinear"]),
        (PLAIN, SPEC, filtered(KINDS.BOX), ["box (area), not bilinear"]),
        (PLAIN, SPEC, filtered(KINDS.BICUBIC), ["bicubic, not bilinear"]),
        (PLAIN, SPEC, filtered(KINDS.LANCZOS), ["Lanczos, not bilinear"]),
        (PLAIN, SPEC, cropped, [SHAPE]),
        (PLAIN, CROP, as_stored, [SHAPE]),
        (PLAIN, SPEC, padded, ["padded to keep its shape"]),
        (PLAIN, CROP, lambda data: cropped(data, KINDS.NEAREST), ["nearest, not bilinear"]),
        (PLAIN, SPEC, lambda data: as_stored(data) // 255, [SCALED]),
    ],
)
def test_a_mistake_is_recognised(
    data: bytes, spec: InputSpec, made: Callable[[bytes], NDArray[np.uint8]], expected: list[str]
) -> None:
    given = made(data)
    assert not np.array_equal(given, preprocess.pixels(data, spec))
    assert list(renderings.mistakes(given, data, spec)) == expected


def test_two_mistakes_of_which_one_is_everywhere_are_recognised() -> None:
    given = four_neighbours(drawn())[..., ::-1]
    assert renderings.mistakes(given, PLAIN, SPEC) == ("BGR, not RGB", "bilinear without antialiasing")


@pytest.mark.parametrize(
    "other",
    [
        lambda right: right,
        lambda right: np.random.default_rng(0).integers(0, 256, right.shape).astype(np.uint8),
        lambda right: np.clip(right.astype(np.int16) + 30, 0, 255).astype(np.uint8),
        lambda right: np.full_like(right, 128),
    ],
)
def test_what_nothing_known_explains_is_not_named(
    other: Callable[[NDArray[np.uint8]], NDArray[np.uint8]],
) -> None:
    for data in (PLAIN, TURNED, ALPHA, CMYK, GREY_16):
        assert renderings.mistakes(other(squashed(pictures.decode(data))), data, SPEC) == ()


def test_a_picture_that_cannot_be_read_is_an_error() -> None:
    with pytest.raises(PictureError):
        renderings.mistakes(np.zeros((96, 96, 3), np.uint8), b"no picture", SPEC)
