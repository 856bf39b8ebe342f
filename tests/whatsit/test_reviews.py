from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from tests.helpers.windows import folder_of
from whatsit import cli, photos, reviews
from whatsit.errors import PictureError, WhatsitError
from whatsit.reviews import Review, Reviews

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

DOG = Review("dog", "cat")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "photos", "red", "blue")


def found(folder: Path) -> dict[str, photos.Photo]:
    return {photo.name: photo for photo in photos.scan([folder])}


def test_what_a_person_said_is_there_the_next_time(folder: Path) -> None:
    first, second = found(folder).values()
    with Reviews("pets") as said:
        assert said.of(first) is None
        said.say(first, DOG)
    with Reviews("pets") as said:
        assert said.of(first) == DOG
        assert said.of(second) is None
        said.say(first, Review("cat", "cat"))
        assert said.of(first) == Review("cat", "cat")
        said.say(first, None)
    with Reviews("pets") as said:
        assert said.of(first) is None


def test_another_model_has_other_labels(folder: Path) -> None:
    first, _ = found(folder).values()
    with Reviews("pets") as pets, Reviews("breeds") as breeds:
        pets.say(first, DOG)
        assert breeds.of(first) is None


def test_a_photo_is_known_again_wherever_it_went_and_another_in_its_place_is_not(folder: Path) -> None:
    first, second = found(folder).values()
    with Reviews("pets") as said:
        said.say(first, DOG)
    (folder / "sorted").mkdir()
    shutil.move(first.path, folder / "sorted" / "renamed.png")
    padding = first.size - second.size
    first.path.write_bytes(second.path.read_bytes() + b"\0" * max(padding, 0))
    os.truncate(first.path, first.size)
    again = found(folder)
    assert again[first.name].size == first.size
    with Reviews("pets") as said:
        assert said.of(again["sorted/renamed.png"]) == DOG
        assert said.of(again[first.name]) is None


def test_a_touched_photo_is_the_same_photo(folder: Path) -> None:
    first, _ = found(folder).values()
    with Reviews("pets") as said:
        said.say(first, DOG)
    os.utime(first.path, (1, 1))
    with Reviews("pets") as said:
        assert said.of(found(folder)[first.name]) == DOG


def test_a_photo_that_is_gone_cannot_be_spoken_of(folder: Path) -> None:
    first, _ = found(folder).values()
    first.path.unlink()
    with Reviews("pets") as said, pytest.raises(PictureError, match="cannot be read any more"):
        said.say(first, DOG)


def test_a_damaged_file_is_said_with_its_name(own_home: Path) -> None:
    reviews.file().parent.mkdir(parents=True)
    reviews.file().write_bytes(b"no database at all" * 100)
    with pytest.raises(WhatsitError, match=r"reviews\.sqlite: this cannot be read"):
        Reviews("pets")
    assert own_home in reviews.file().parents


def test_a_table_of_another_shape_is_said_with_its_name(own_home: Path) -> None:
    reviews.file().parent.mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(reviews.file())) as other:
        other.execute("CREATE TABLE said (sha256 TEXT, label TEXT)")
    with pytest.raises(WhatsitError, match=r"reviews\.sqlite: this cannot be read"):
        Reviews("pets")
    assert own_home in reviews.file().parents


def test_a_review_is_on_disk_as_soon_as_it_is_said(folder: Path) -> None:
    first, _ = found(folder).values()
    with Reviews("pets") as said:
        said.say(first, DOG)
        other = sqlite3.connect(reviews.file())
        assert other.execute("SELECT label, guess FROM said").fetchall() == [("dog", "cat")]
        other.close()


def test_results_hold_both_labels(folder: Path, tiny: Bundle, tmp_path: Path) -> None:
    first, _ = found(folder).values()
    with Reviews(tiny.manifest.name) as said:
        said.say(first, Review("cold", "warm"))
    out = tmp_path / "out.jsonl"
    assert cli.main(["classify", str(folder), "--model", str(tiny.folder), "--out", str(out)]) == 0
    records = [json.loads(line) for line in out.read_text().splitlines()][1:-1]
    assert [(one["label"], one["person_label"]) for one in records] == [("warm", "cold"), ("cold", "")]
