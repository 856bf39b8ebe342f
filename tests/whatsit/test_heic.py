from __future__ import annotations

import builtins
import struct
from typing import TYPE_CHECKING

import pytest

from tests.whatsit.test_raw import BLUE, RED, is_near, without
from whatsit import heic, pictures
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PIL import Image


@pytest.fixture
def folder(request: pytest.FixtureRequest) -> Path:
    return request.path.parent / "heic"


def colours(picture: Image.Image) -> None:
    assert picture.size == (64, 32)
    assert is_near(picture.getpixel((4, 16)), RED)
    assert is_near(picture.getpixel((60, 16)), BLUE)


@pytest.mark.parametrize("name", ["halves.heic", "turned.heic"])
def test_a_heic_is_read_and_stands_upright(folder: Path, name: str) -> None:
    colours(pictures.decode((folder / name).read_bytes()))


@pytest.mark.parametrize(
    ("side", "reason"),
    [(60_000, "60000 × 60000 pixels is over the limit"), (13_000, "decoding needs 1290 MB of memory")],
)
def test_a_heic_that_claims_to_be_huge_before_its_crop_is_refused_before_it_is_decoded(
    folder: Path, side: int, reason: str
) -> None:
    data = (folder / "halves.heic").read_bytes()
    place = data.index(b"ispe") + 8
    assert data[place : place + 8] == struct.pack(">II", 64, 64)  # of which 64 × 32 are shown
    huge = data[:place] + struct.pack(">II", side, side) + data[place + 8 :]
    with pytest.raises(PictureError, match=reason):
        pictures.decode(huge)


@pytest.mark.parametrize("changed", [b"E\xffif", b"Exi\xff"])
def test_an_item_whose_type_is_no_text_does_not_end_the_program(folder: Path, changed: bytes) -> None:
    data = (folder / "turned.heic").read_bytes()
    assert b"Exif\0" in data
    with pytest.raises(PictureError, match="an item without a name"):
        pictures.decode(data.replace(b"Exif\0", changed + b"\0", 1))


def test_a_heic_that_was_cut_off_is_named(folder: Path) -> None:
    data = (folder / "halves.heic").read_bytes()
    for length in range(16, len(data), 16):
        with pytest.raises(PictureError, match="damaged"):
            pictures.decode(data[:length])


@pytest.fixture
def no_decoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    heic.is_there.cache_clear()
    monkeypatch.setattr(builtins, "__import__", without("pi_heif", builtins.__import__))
    yield
    heic.is_there.cache_clear()


@pytest.mark.usefixtures("no_decoder")
def test_without_the_extra_the_reason_says_how_to_install_it(folder: Path) -> None:
    with pytest.raises(PictureError, match=r"HEIC pictures need the extra: pip install 'whatsit\[heic\]'"):
        pictures.decode((folder / "halves.heic").read_bytes())
