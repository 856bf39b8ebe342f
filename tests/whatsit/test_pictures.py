from __future__ import annotations

import io
import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageCms

from tests.helpers import hostile
from whatsit import colours, costs, pictures
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path

RED, BLUE, WHITE = (220, 30, 40), (20, 60, 200), (255, 255, 255)


def save(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def near(picture: Image.Image, place: tuple[int, int], colour: tuple[int, int, int], within: int = 3) -> bool:
    assert picture.mode == "RGB"
    found = picture.getpixel(place)
    assert isinstance(found, tuple)
    return max(abs(a - b) for a, b in zip(found, colour, strict=True)) <= within


def halves() -> Image.Image:
    """Red on the left, blue on the right; wider than high."""
    picture = Image.new("RGB", (64, 32), BLUE)
    picture.paste(RED, (0, 0, 32, 32))
    return picture


def test_16_bit_grey_keeps_its_brightness() -> None:
    values = np.full((8, 8), 32768, np.uint16)
    assert near(pictures.decode(save(Image.fromarray(values), "PNG")), (4, 4), (128, 128, 128), within=1)


def test_a_16_bit_tiff_keeps_its_brightness() -> None:
    values = np.full((8, 8), 65535, np.uint16)
    assert near(pictures.decode(save(Image.fromarray(values), "TIFF")), (4, 4), WHITE, within=0)


def test_alpha_is_laid_on_white() -> None:
    picture = Image.new("RGBA", (8, 8), (*RED, 0))
    picture.putpixel((0, 0), (*RED, 255))
    decoded = pictures.decode(save(picture, "PNG"))
    assert near(decoded, (4, 4), WHITE)
    assert near(decoded, (0, 0), RED)


def test_a_palette_with_transparency_is_laid_on_white() -> None:
    picture = Image.new("P", (8, 8), 1)
    picture.putpalette([*BLUE, *RED])
    picture.putpixel((0, 0), 0)
    decoded = pictures.decode(save(picture, "PNG", transparency=1))
    assert near(decoded, (4, 4), WHITE)
    assert near(decoded, (0, 0), BLUE)


def test_cmyk_becomes_rgb() -> None:
    picture = Image.new("CMYK", (16, 16), (0, 255, 255, 0))
    assert near(pictures.decode(save(picture, "JPEG", quality=95)), (8, 8), (255, 0, 0), within=8)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_an_animation_the_first_frame_counts(kind: str) -> None:
    frames = [Image.new("RGB", (16, 16), colour) for colour in (RED, BLUE)]
    data = save(frames[0], kind, save_all=True, append_images=frames[1:])
    assert near(pictures.decode(data), (8, 8), RED, within=8)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_stands_upright(orientation: int) -> None:
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    stored = halves().transpose(turns[orientation]) if orientation in turns else halves()
    exif = Image.Exif()
    exif[0x0112] = orientation
    decoded = pictures.decode(save(stored, "JPEG", exif=exif, quality=95), at_least=(16, 8))
    assert decoded.width == 2 * decoded.height
    assert near(decoded, (decoded.width // 8, decoded.height // 2), RED, within=8)
    assert near(decoded, (decoded.width * 7 // 8, decoded.height // 2), BLUE, within=8)


def test_a_jpeg_is_decoded_smaller_but_no_smaller_than_asked() -> None:
    data = save(Image.new("RGB", (1600, 1200), RED), "JPEG")
    assert pictures.decode(data, at_least=(300, 300)).size == (400, 300)
    assert pictures.decode(data).size == (1600, 1200)


def test_a_colour_profile_is_applied() -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    nonsense = pictures.decode(save(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=b"nonsense"))
    other_kind = pictures.decode(save(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=lab.tobytes()))
    assert near(nonsense, (4, 4), RED)
    assert near(other_kind, (4, 4), RED)
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    assert near(
        pictures.decode(save(Image.new("RGB", (8, 8), RED), "PNG", icc_profile=srgb.tobytes())), (4, 4), RED
    )


def test_a_picture_of_too_many_pixels_is_named_before_it_is_decoded() -> None:
    with pytest.raises(
        PictureError,
        match=r"50000 × 50000 pixels is over the limit of 200 million .*megapixels=2500, or in limits.toml",
    ):
        pictures.decode(hostile.huge_png())


def test_a_truncated_picture_is_named() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    data = save(Image.fromarray(noise), "JPEG")
    with pytest.raises(PictureError, match="truncated"):
        pictures.decode(data[: len(data) // 2])


def test_a_heic_says_that_it_is_one() -> None:
    with pytest.raises(PictureError, match="HEIC"):
        pictures.decode(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100))


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jpg"
    empty.touch()
    nowhere = tmp_path / "link.jpg"
    nowhere.symlink_to(tmp_path / "nothing.jpg")
    for path, reason in (
        (empty, "the file is empty"),
        (nowhere, "the link points to nothing"),
        (tmp_path / "gone.jpg", "the file is gone"),
        (tmp_path, "cannot be read"),
    ):
        with pytest.raises(PictureError, match=reason) as caught:
            pictures.read(path)
        assert caught.value.path == path


@pytest.mark.filterwarnings("ignore")  # Pillow's own, of what is damaged
@pytest.mark.parametrize(
    "kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP", "JPEG2000", "PPM", "TGA", "QOI", "PCX", "DDS"]
)
def test_damaged_pictures_are_decoded_or_named(kind: str) -> None:
    noise = np.random.default_rng(2).integers(0, 255, (40, 50, 3), dtype=np.uint8)
    whole = save(Image.fromarray(noise), kind)
    dice = random.Random(kind)  # noqa: S311 - the same damage each time
    reasons = [_reason(_damaged(whole, dice)) for _ in range(150)]
    assert any(reasons)


def _damaged(whole: bytes, dice: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(dice.choice([1, 2, 5])):
        place = dice.randrange(min(len(data), dice.choice([60, len(data)])))
        if dice.random() < 0.7:
            data[place] = dice.choice([0, 1, 127, 255, dice.randrange(256)])
        else:
            del data[max(place, 4) : place + dice.randrange(1, 200)]
    return bytes(data)


def _reason(data: bytes) -> str:
    """Return why the picture cannot be read, or nothing; anything but a PictureError fails the test."""
    try:
        pictures.decode(data, at_least=(32, 32))
    except PictureError as error:
        return error.what
    return ""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("exif", [b"Exif\0\0nonsense", b"Exif\0\0MM\0*\0\0\0\xff", b"Exif\0\0II*\0\xff"])
@pytest.mark.filterwarnings("ignore")  # Pillow's own, of what is damaged
def test_exif_that_is_nonsense_turns_nothing(kind: str, exif: bytes) -> None:
    decoded = pictures.decode(save(halves(), kind, exif=exif, quality=95), at_least=(16, 8))
    assert decoded.width == 2 * decoded.height
    assert near(decoded, (2, decoded.height // 2), RED, within=12)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "I;16", "I", "L", "LA", "CMYK", "F", "1"])
@pytest.mark.parametrize("at_least", [None, (32, 16)])
def test_a_large_picture_comes_out_the_same_in_strips(
    mode: str, at_least: tuple[int, int] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    values = np.kron(np.random.default_rng(3).integers(0, 255, (5, 13), dtype=np.uint8), np.ones((21, 17)))
    picture = _in_mode(values, mode)
    exif = Image.Exif()
    exif[0x0112] = 6
    data = save(picture, "TIFF" if mode in ("F", "I", "CMYK") else "PNG", exif=exif)
    whole = pictures.decode(data)
    monkeypatch.setattr(costs, "_LARGE", 1000)
    monkeypatch.setattr(costs, "_LARGE_TO_CONVERT", 1000)
    monkeypatch.setattr(colours, "_STRIP_PIXELS", 1000)
    large = pictures.decode(data, at_least)
    factor = 1 if at_least is None else min(whole.width // at_least[0], whole.height // at_least[1])
    assert (large.width, large.height) == (-(-whole.width // factor), -(-whole.height // factor))
    apart = np.asarray(large, np.int16) - np.asarray(whole.transpose(TURN).reduce(factor).transpose(BACK))
    assert np.abs(apart).max() <= 1


TURN, BACK = Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270


def _in_mode(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]], mode: str) -> Image.Image:
    match mode:
        case "F":
            return Image.fromarray((values / 255).astype(np.float32))
        case "I;16":
            return Image.fromarray((values * 257).astype(np.uint16))
        case "I":
            return Image.fromarray((values * 257).astype(np.int32))
        case _:
            return Image.fromarray(values.astype(np.uint8)).convert(mode)
