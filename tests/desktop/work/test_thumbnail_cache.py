from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from desktop.work import images
from desktop.work.images import ImageWish
from desktop.work.thumbnail_cache import ThumbnailCache
from tests.helpers.windows import folder_of
from whatsit import home, pictures

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "photos", "red") / "0000-red.png"


def test_what_was_made_before_is_not_decoded_again(photo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wish = ImageWish(photo, 40, 30)
    (first,) = images.thumbnails([wish])
    assert first.image is not None
    with monkeypatch.context() as patched:
        patched.setattr(pictures, "decode", lambda *_args, **_named: pytest.fail("decoded again"))
        (second,) = images.thumbnails([wish])
    assert second.image is not None
    assert abs(second.image.pixelColor(20, 15).red() - first.image.pixelColor(20, 15).red()) <= 3


def test_a_photo_that_changed_is_made_anew(photo: Path) -> None:
    wish = ImageWish(photo, 40, 30)
    list(images.thumbnails([wish]))
    Image.new("RGB", (64, 48), (0, 0, 255)).save(photo)
    os.utime(photo, ns=(1, 1))
    (again,) = images.thumbnails([wish])
    assert again.image is not None
    assert again.image.pixelColor(20, 15).blue() > 200


def test_it_stays_within_bounds(photo: Path) -> None:
    noise = Image.frombytes("RGB", (160, 120), os.urandom(160 * 120 * 3))
    with ThumbnailCache(most_bytes=400_000) as cache:
        for number in range(60):
            other = photo.with_name(f"{number}.png")
            os.link(photo, other)
            cache.keep(other, noise)
            if number % 5 == 0:
                cache._trim()
                assert cache._used() < 600_000
        assert cache.get(other, (160, 120)) is not None
        assert cache.get(photo.with_name("0.png"), (160, 120)) is None


def test_two_windows_keep_theirs_and_neither_waits(photo: Path) -> None:
    other = folder_of(photo.parent / "more", "blue") / "0000-blue.png"
    with ThumbnailCache() as one, ThumbnailCache() as two:
        two._tables.execute("PRAGMA busy_timeout = 0")
        one.keep(photo, Image.new("RGB", (40, 30)))
        two.keep(other, Image.new("RGB", (40, 30)))
        assert two.get(photo, (40, 30)) is not None
        assert one.get(other, (40, 30)) is not None


def test_a_cache_that_fails_meanwhile_costs_only_time(photo: Path) -> None:
    wishes = [ImageWish(photo, 40, 30), ImageWish(photo, 20, 15)]
    made = images.thumbnails(wishes)
    assert next(made).image is not None
    with sqlite3.connect(home.cache() / "thumbnails.sqlite") as elsewhere:
        elsewhere.execute("DROP TABLE thumbnail")
    elsewhere.close()
    assert next(made).image is not None
    made.close()


def test_a_damaged_cache_costs_only_time(photo: Path) -> None:
    file = home.cache() / "thumbnails.sqlite"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"no tables " * 1000)
    (made,) = images.thumbnails([ImageWish(photo, 40, 30)])
    assert made.image is not None
