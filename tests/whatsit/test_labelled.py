from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.tiny_bundle import picture
from whatsit import labelled
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ["cat", "dog"]


def table(folder: Path, *rows: str) -> Path:
    lines = ["path,label,split", *rows]
    (folder / "split.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def found(folder: Path, split: str) -> list[tuple[str, int]]:
    return [(one.photo.name, one.label) for one in labelled.read(folder, split, LABELS)]


def test_a_table_says_which_photos_are_in_a_split(tmp_path: Path) -> None:
    table(tmp_path, "cat/1.jpg,cat,test", "dog/2.jpg,dog,train", "dog/3.jpg,dog,test")
    assert found(tmp_path, "test") == [("cat/1.jpg", 0), ("dog/3.jpg", 1)]
    assert found(tmp_path, "all") == [("cat/1.jpg", 0), ("dog/2.jpg", 1), ("dog/3.jpg", 1)]
    assert labelled.read(tmp_path, "test", LABELS)[0].photo.path == tmp_path / "cat/1.jpg"


def test_folders_are_classes(tmp_path: Path) -> None:
    for name in ("cat/1.jpg", "dog/sub/2.jpg", "dog/notes.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(picture((9, 9, 9)) if name.endswith("jpg") else b"words")
    assert found(tmp_path, "all") == [("cat/1.jpg", 0), ("dog/sub/2.jpg", 1)]


def test_folders_for_each_split_have_class_folders(tmp_path: Path) -> None:
    for name in ("train/cat/1.jpg", "validation/dog/2.jpg", "test/cat/3.jpg", "single/4.jpg"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(picture((9, 9, 9)))
    assert found(tmp_path, "test") == [("test/cat/3.jpg", 0)]
    assert found(tmp_path, "tune") == found(tmp_path, "validation") == [("validation/dog/2.jpg", 1)]
    assert [name for name, _ in found(tmp_path, "all")] == [
        "test/cat/3.jpg",
        "train/cat/1.jpg",
        "validation/dog/2.jpg",
    ]
    assert labelled.read(tmp_path, "test", LABELS)[0].photo.path == tmp_path / "test/cat/3.jpg"
    with pytest.raises(DataError, match="no photos in the split 'calibrate'"):
        found(tmp_path, "calibrate")


def test_folders_have_no_splits(tmp_path: Path) -> None:
    (tmp_path / "cat").mkdir()
    with pytest.raises(DataError, match=r"no split 'test'.*--split all"):
        found(tmp_path, "test")
    with pytest.raises(DataError, match="no photos in the split 'all'"):
        found(tmp_path, "all")


def test_labels_that_the_model_does_not_know_are_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"does not know cow\. Its labels: cat, dog"):
        found(table(tmp_path, "1.jpg,cow,test"), "test")
    folders = tmp_path / "folders"
    (folders / "horse").mkdir(parents=True)
    with pytest.raises(DataError, match="does not know horse"):
        found(folders, "all")


@pytest.mark.parametrize("path", ["/etc/passwd", "../cat.jpg", "a/../../b.jpg"])
def test_no_photo_is_outside_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(DataError, match="leaves the folder"):
        found(table(tmp_path, f"{path},cat,test"), "test")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no such folder"):
        found(tmp_path / "nothing", "all")
    with pytest.raises(DataError, match="no photos in the split 'tst'"):
        found(table(tmp_path, "1.jpg,cat,test"), "tst")
    (tmp_path / "split.csv").write_text("file,class\n", encoding="utf-8")
    with pytest.raises(DataError, match="columns path, label, split"):
        found(tmp_path, "test")


def test_a_table_from_excel_is_understood(tmp_path: Path) -> None:
    table(tmp_path, "ä.jpg,cat,test")
    file = tmp_path / "split.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert found(tmp_path, "test") == [("ä.jpg", 0)]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (b"2.jpg,cat", "line 3 has too few columns"),
        (b"2.jpg", "line 3 has too few columns"),
        (b"h\xe4.jpg,cat,test", "line 3 is not UTF-8"),
        (b"2.jpg," + b"c" * 200_000 + b",test", "line 3 cannot be read"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named(tmp_path: Path, row: bytes, said: str) -> None:
    table(tmp_path, "1.jpg,cat,test")
    file = tmp_path / "split.csv"
    file.write_bytes(file.read_bytes() + row + b"\n")
    with pytest.raises(DataError, match=said) as caught:
        found(tmp_path, "test")
    assert caught.value.path == file
