from __future__ import annotations

import hashlib
import os
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.helpers.labelled_photos import save
from trainer.data import ledger
from whatsit import home, pictures
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def old_photos(tmp_path: Path) -> list[Path]:
    """Return photos that were written long ago, the third of them damaged."""
    files = [save(tmp_path / f"{number}.jpg", number) for number in range(4)]
    files[2].write_bytes(files[2].read_bytes()[:200])
    for file in files:
        os.utime(file, (1_000_000_000, 1_000_000_000))
    return files


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Note each photo that is opened."""
    opened: list[Path] = []
    real = pictures.read

    def read(path: Path) -> bytes:
        opened.append(path)
        return real(path)

    monkeypatch.setattr(pictures, "read", read)
    return opened


def test_what_is_found_is_the_same_the_second_time_and_no_photo_is_opened(
    old_photos: list[Path], decoded: list[Path]
) -> None:
    first = ledger.examine(old_photos)
    assert sorted(decoded) == old_photos
    decoded.clear()
    second = ledger.examine(old_photos)
    assert decoded == []
    assert isinstance(first[2], PictureError)
    assert isinstance(second[2], PictureError)
    assert str(second[2]) == str(first[2])
    assert [one for place, one in enumerate(second) if place != 2] == [first[0], first[1], first[3]]
    facts = second[0]
    assert isinstance(facts, ledger.Facts)
    assert facts.sha256 == hashlib.sha256(old_photos[0].read_bytes()).hexdigest()
    assert len(facts.thumbnail) == 16 * 17


def test_a_photo_that_changed_is_opened_again(old_photos: list[Path], decoded: list[Path]) -> None:
    before = ledger.examine(old_photos)
    save(old_photos[1], 99)
    os.utime(old_photos[1], (1_000_000_001, 1_000_000_001))
    decoded.clear()
    after = ledger.examine(old_photos)
    assert decoded == [old_photos[1]]
    assert after[1] != before[1]


def test_a_photo_written_just_now_is_not_kept_for_it_may_change_within_the_clocks_tick(
    tmp_path: Path, decoded: list[Path]
) -> None:
    young = save(tmp_path / "young.jpg", 1)
    ledger.examine([young])
    ledger.examine([young])
    assert decoded == [young, young]


def test_what_may_be_put_right_is_not_kept(old_photos: list[Path]) -> None:
    content = old_photos[0].read_bytes()
    old_photos[0].unlink()
    gone = ledger.examine(old_photos)[0]
    assert isinstance(gone, PictureError)
    assert gone.what == "the file is gone"
    old_photos[0].write_bytes(content)
    assert isinstance(ledger.examine(old_photos)[0], ledger.Facts)


def test_a_stop_keeps_what_was_read(
    old_photos: list[Path], decoded: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = ledger._read

    def read(path: Path) -> object:
        if path == old_photos[3]:
            raise KeyboardInterrupt
        return real(path)

    monkeypatch.setattr(ledger, "_read", read)
    with pytest.raises(KeyboardInterrupt):
        ledger.examine(old_photos)
    monkeypatch.setattr(ledger, "_read", real)
    decoded.clear()
    ledger.examine(old_photos)
    assert decoded == [old_photos[3]]


def test_a_damaged_ledger_or_none_at_all_costs_only_time(old_photos: list[Path]) -> None:
    first = ledger.examine(old_photos)
    (file,) = home.cache().glob("photos-*.sqlite")
    file.write_bytes(b"this is no ledger" * 100)
    assert ledger.examine(old_photos)[0] == first[0]
    file.unlink()
    file.mkdir()
    assert ledger.examine(old_photos)[0] == first[0]


def test_a_full_disk_costs_only_time(old_photos: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Full(sqlite3.Connection):
        def executemany(self, *_arguments: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError("database or disk is full")

    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda file: real(file, factory=Full))
    assert isinstance(ledger.examine(old_photos)[0], ledger.Facts)
