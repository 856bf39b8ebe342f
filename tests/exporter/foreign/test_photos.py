from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from exporter.foreign import photos as labelled_photos
from tests.helpers.tiny_bundle import picture
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ("warm", "cold")


def write(folder: Path, path: str, number: int) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(picture((number % 250, 30 + number // 250, 40), size=(4, 4)))


def test_splits_go_by_content_and_stay_when_photos_are_added(tmp_path: Path) -> None:
    for number in range(120):
        write(tmp_path, f"{LABELS[number % 2]}/{number}.png", number)
    (tmp_path / "warm" / "notes.txt").write_text("no photo", encoding="utf-8")
    first = {one.path: one for one in labelled_photos.read(tmp_path, LABELS)}
    assert len(first) == 120
    assert first["cold/1.png"].label == 1
    counts = Counter(one.split for one in first.values())
    assert set(counts) == {"train", "tune", "calibrate"}
    assert counts["calibrate"] > counts["tune"] > counts["train"]
    for number in range(120, 140):
        write(tmp_path, f"warm/{number}.png", number)
    write(tmp_path, "warm/again.png", 7)
    then = {one.path: one for one in labelled_photos.read(tmp_path, LABELS)}
    assert {path: then[path].split for path in first} == {path: one.split for path, one in first.items()}
    assert then["warm/again.png"].split == first["cold/7.png"].split


def test_splits_that_are_given_stay(tmp_path: Path) -> None:
    lines = ["path,label,split"]
    for number, split in enumerate(["train", "tune", "calibrate", "test"] * 3):
        write(tmp_path, f"{number}.png", number)
        lines.append(f"{number}.png,{LABELS[number % 2]},{split}")
    (tmp_path / "split.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    splits = [one.split for one in labelled_photos.read(tmp_path, LABELS)]
    assert splits == ["train", "tune", "calibrate", "test"] * 3


def test_of_folders_for_validation_half_sets_the_limits(tmp_path: Path) -> None:
    for number in range(40):
        part = "train" if number < 10 else "val"
        write(tmp_path, f"{part}/{LABELS[number % 2]}/{number}.png", number)
    photos = labelled_photos.read(tmp_path, LABELS)
    assert {one.split for one in photos if one.path.startswith("train/")} == {"train"}
    assert {one.split for one in photos if one.path.startswith("val/")} == {"tune", "calibrate"}


def test_photos_that_it_may_have_learned_prove_nothing(tmp_path: Path) -> None:
    for number in range(12):
        write(tmp_path, f"{'train' if number < 8 else 'test'}/{LABELS[number % 2]}/{number}.png", number)
    with pytest.raises(DataError, match="no photos of tune and calibrate"):
        labelled_photos.read(tmp_path, LABELS)


def test_a_photo_that_is_listed_and_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "split.csv").write_text("path,label,split\na.png,warm,tune\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"a\.png is listed and not there"):
        labelled_photos.read(tmp_path, LABELS)
