from __future__ import annotations

import builtins
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from tests.helpers import hostile, raw_photos
from tests.helpers.tiny_bundle import picture
from whatsit import pictures, raw
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Callable

RED, BLUE = (220, 30, 40), (20, 60, 200)


def halves(kind: str = "JPEG", **options: object) -> bytes:
    """Return a preview that is red on the left, blue on the right."""
    image = Image.new("RGB", (640, 320), BLUE)
    image.paste(RED, (0, 0, 320, 320))
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def is_near(found: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return max(abs(a - b) for a, b in zip(found, colour, strict=True)) < 8


@pytest.mark.parametrize("kind", raw_photos.WRITTEN)
def test_a_raw_photo_is_seen_by_its_preview(kind: str) -> None:
    data = raw_photos.WRITTEN[kind](halves())
    seen = pictures.decode(data, at_least=(100, 100), path=Path(f"photo.{kind.upper()}"))
    assert seen.size == (320, 160)
    assert is_near(seen.getpixel((20, 80)), RED)
    assert is_near(seen.getpixel((300, 80)), BLUE)


@pytest.mark.parametrize("kind", [kind for kind in raw_photos.WRITTEN if kind != "raf"])
@pytest.mark.parametrize(("orientation", "first", "last"), [(3, BLUE, RED), (6, RED, BLUE), (8, BLUE, RED)])
def test_a_raw_photo_stands_upright(
    kind: str, orientation: int, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    data = raw_photos.WRITTEN[kind](halves(), orientation)
    seen = pictures.decode(data, path=Path(f"photo.{kind}"))
    assert seen.size == ((640, 320) if orientation == 3 else (320, 640))
    assert is_near(seen.getpixel((9, 9)), first)
    assert is_near(seen.getpixel((seen.width - 9, seen.height - 9)), last)


def test_a_preview_that_says_how_it_was_held_is_believed() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    jpeg = halves(exif=exif)
    as_cameras_do = jpeg[:2] + jpeg[20:]  # EXIF first, without Pillow's JFIF header
    assert pictures.decode(raw_photos.raf(as_cameras_do), path=Path("a.raf")).size == (320, 640)


@pytest.mark.parametrize("kind", ["cr2", "cr3", "raf", "orf", "rw2"])
def test_raw_photos_with_a_mark_are_known_without_their_name(kind: str) -> None:
    assert pictures.decode(raw_photos.WRITTEN[kind](halves())).size == (640, 320)


@pytest.mark.parametrize("kind", ["jpg", "png", "webp"])
def test_a_picture_of_another_kind_that_is_named_raw_is_read_as_what_it_is(kind: str) -> None:
    assert pictures.decode(picture(RED, kind), path=Path("photo.nef")).size == (64, 48)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"only words", "damaged or of an unknown camera"),
        (b"II*\0" + bytes(100), "damaged or of an unknown camera"),
        (raw_photos.dng(b""), "holds no preview"),
        (raw_photos.nef(b"\xff\xd8\xff\xe0 no picture"), "holds no preview"),
        (raw_photos.cr2(halves())[:1000], "damaged or of an unknown camera"),
        (raw_photos.dng(hostile.huge_png()), "holds no preview"),
    ],
)
def test_raw_photos_that_cannot_be_read_say_why(data: bytes, reason: str) -> None:
    with pytest.raises(PictureError, match=reason) as caught:
        pictures.decode(data, path=Path("photo.dng"))
    assert caught.value.path == Path("photo.dng")


def test_a_preview_of_plain_pixels_is_turned_by_what_the_camera_says() -> None:
    import numpy as np  # noqa: PLC0415 - as the module under test hands it over

    pixels = np.zeros((4, 6, 3), np.uint8)
    pixels[0, 0] = RED
    with Image.open(io.BytesIO(raw._as_ppm(np.rot90(pixels, 3)))) as turned:
        assert turned.size == (4, 6)
        assert turned.getpixel((3, 0)) == RED


def test_without_the_library_the_reason_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "__import__", without("rawpy", builtins.__import__))
    with pytest.raises(PictureError, match="raw photos need rawpy: pip install rawpy"):
        pictures.decode(raw_photos.dng(halves()), path=Path("photo.dng"))


def without(missing: str, real: Callable[..., Any]) -> Callable[..., Any]:
    def imported(name: str, *rest: Any) -> Any:
        if name == missing:
            raise ImportError(name)
        return real(name, *rest)

    return imported


def test_a_raw_photo_cut_off_inside_its_preview_is_named_and_never_answered() -> None:
    whole = raw_photos.dng(hostile.encoded(hostile.noise(), "JPEG"))
    for part in range(8, 16):
        with pytest.raises(PictureError, match=r"cut off inside its preview|damaged"):
            pictures.decode(whole[: len(whole) * part // 16])
