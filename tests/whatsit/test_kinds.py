from __future__ import annotations

import io

import pytest
from PIL import Image, features

from whatsit import kinds, pictures
from whatsit.errors import PictureError

WRITTEN = {
    "bmp": "BMP",
    "gif": "GIF",
    "j2k": "JPEG2000",
    "jp2": "JPEG2000",
    "jpg": "JPEG",
    "pcx": "PCX",
    "png": "PNG",
    "ppm": "PPM",
    "qoi": "QOI",
    "sgi": "SGI",
    "tga": "TGA",
    "tif": "TIFF",
    "webp": "WEBP",
}
WITHOUT_MARK = {"pcx", "ppm", "sgi", "tga"}  # too short a mark to tell them from other files


def encoded(kind: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 40, 30)).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(("extension", "kind"), WRITTEN.items())
def test_what_is_named_a_picture_is_read(extension: str, kind: str) -> None:
    assert kinds.is_picture_name(f"photo.{extension.upper()}")
    assert pictures.decode(encoded(kind)).size == (40, 30)


@pytest.mark.parametrize(("extension", "kind"), WRITTEN.items())
def test_a_picture_is_known_by_its_first_bytes(extension: str, kind: str) -> None:
    assert kinds.is_picture_start(encoded(kind)[: kinds.FIRST_BYTES]) is (extension not in WITHOUT_MARK)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow is built without AVIF")
def test_avif_is_a_picture() -> None:
    data = encoded("AVIF")
    assert kinds.is_picture_start(data[: kinds.FIRST_BYTES])
    assert pictures.decode(data).size == (40, 30)


@pytest.mark.parametrize(
    "start",
    [b"", b"B", b"BM", b"BMW is a car maker, not a picture", b"RIFF\0\0\0\0WAVEfmt ", b"\0\0\0\x18ftypmp42"],
)
def test_other_files_are_not_taken_for_pictures(start: bytes) -> None:
    assert not kinds.is_picture_start(start)


@pytest.mark.parametrize(
    "name", ["notes.txt", ".jpg", "jpg", "film.mov", "letter.pdf", "drawing.eps", "..png"]
)
def test_other_names_are_not_pictures(name: str) -> None:
    assert not kinds.is_picture_name(name)


def test_raw_and_heic_photos_are_pictures_by_name() -> None:
    assert all(map(kinds.is_picture_name, ["a.CR3", "a.nef", "a.heic", "a.HIF"]))
    assert kinds.is_raw_name("a.Nef")
    assert not kinds.is_raw_name("a.jpg")


def test_a_script_that_another_program_would_run_is_never_opened() -> None:
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\nshowpage\n%%EOF\n"
    with pytest.raises(PictureError, match="not a picture"):
        pictures.decode(eps)
