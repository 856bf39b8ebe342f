from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from whatsit import tables
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_cells_are_parted_as_the_first_line_has_it(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'id{mark}label\n1{mark}"cat, small; red"\n', encoding="utf-8")
    table = tables.read(file)
    assert table.columns == ("id", "label")
    assert [(line.number, dict(line.cells)) for line in table.lines] == [
        (2, {"id": "1", "label": "cat, small; red"})
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id,label\n1\n", "line 2 has too few columns"),
        (b"id,label\n1,\xe4\n", "line 2 is not UTF-8"),
        (b"id,label\n1," + b"c" * 200_000 + b"\n", "line 2 cannot be read"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "a.csv"
    file.write_bytes(content)
    with pytest.raises(DataError, match=said) as caught:
        tables.read(file)
    assert caught.value.path == file


def test_an_empty_file_is_a_table_without_columns(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"")
    assert tables.read(tmp_path / "a.csv").columns == ()


def test_a_photo_named_twice_alike_counts_once_and_a_group_is_kept(tmp_path: Path) -> None:
    rows = "path,label,split,group\n1.jpg, cat ,train,a\n1.jpg,cat,train,a\n2.jpg,dog,odd,\n"
    (tmp_path / "split.csv").write_text(rows, encoding="utf-8")
    found = [(line.path, line.label, line.split, line.group) for line in tables.read_splits(tmp_path)]
    assert found == [("1.jpg", "cat", "train", "a"), ("2.jpg", "dog", "odd", "")]


@pytest.mark.parametrize("path", ["/etc/passwd", "../1.jpg", "a/../../1.jpg", "C:/1.jpg", "", "a\0.jpg"])
def test_no_path_leaves_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(DataError, match=r"line 7.*leaves the folder|line 7 has no path"):
        tables.check_inside(path, 7, tmp_path / "split.csv")


@pytest.mark.parametrize(
    ("word", "split"),
    [
        ("train", "train"),
        ("Training_Set", "train"),
        ("validation", "tune"),
        ("val", "tune"),
        ("tune", "tune"),
        ("calibrate", "calibrate"),
        ("test-set", "test"),
        ("cat", None),
        ("", None),
    ],
)
def test_what_splits_are_called(word: str, split: str | None) -> None:
    assert tables.split_called(word) == split
