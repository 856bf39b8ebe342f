from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.labelled_photos import table
from trainer.data import listed
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PATHS = ["images/1.jpg", "train/1.jpg", "test/1.jpg", "a/2.jpg", "b/2.jpg", "a/3.tar.png", "4.jpg"]


def rows(folder: Path, *lines: Sequence[str]) -> dict[str, str]:
    table(folder / "labels.csv", lines)
    listing = listed.find(folder)
    assert listing is not None
    named, strays = listed.rows(listing, PATHS)
    return {row.path: row.label for row in named} | {stray.path: stray.reason for stray in strays}


def test_photos_are_found_by_name_path_or_stem_and_train_goes_first(tmp_path: Path) -> None:
    found = rows(
        tmp_path, ("id", "label"), ("1", "one"), ("3.tar", "three"), ("./4.jpg", "four"), ("b\\2.jpg", "two")
    )
    assert found == {"train/1.jpg": "one", "a/3.tar.png": "three", "4.jpg": "four", "b/2.jpg": "two"}


def test_a_photo_that_is_missing_or_that_several_could_be_is_named(tmp_path: Path) -> None:
    assert rows(tmp_path, ("image", "class"), ("9", "nine"), ("2", "two")) == {
        "9": listed.MISSING,
        "2": listed.SEVERAL,
    }


@pytest.mark.parametrize(
    "columns", [("id", "breed"), ("Image Name", "Label"), ("filename", "what it is"), ("which", "species")]
)
def test_columns_are_known_by_their_usual_names(tmp_path: Path, columns: Sequence[str]) -> None:
    assert rows(tmp_path, columns, ("4", "four")) == {"4.jpg": "four"}


def test_splits_and_groups_are_taken_where_they_are(tmp_path: Path) -> None:
    table(tmp_path / "all.csv", [("group", "split", "label", "path"), ("g", "val", "four", "4.jpg")])
    listing = listed.find(tmp_path)
    assert listing is not None
    row = listed.rows(listing, PATHS)[0][0]
    assert (row.split, row.group) == ("tune", "g")


def test_a_word_that_is_no_split_is_refused_and_none_at_all_is_not(tmp_path: Path) -> None:
    columns = ("id", "label", "split")
    assert rows(tmp_path, columns, ("4", "four", ""), ("3.tar", "three", "train")) == {
        "4.jpg": "four",
        "a/3.tar.png": "three",
    }
    with pytest.raises(DataError, match=r"labels\.csv: line 3: 'holdout' is no split.*calibrate"):
        rows(tmp_path, columns, ("3.tar", "three", "train"), ("4", "four", "holdout"))


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([("../../etc/passwd", "x")], "line 2.*leaves the folder"),
        ([("4", "")], "line 2 has no label"),
        ([("4", "x"), ("4.jpg", "y")], r"line 3 says of 4\.jpg what a line above does not"),
        ([("", "x")], "line 2 has no path"),
    ],
)
def test_a_line_that_says_what_cannot_be_is_named(
    tmp_path: Path, lines: list[tuple[str, str]], said: str
) -> None:
    with pytest.raises(DataError, match=said):
        rows(tmp_path, ("id", "label"), *lines)


def test_of_several_tables_none_is_guessed(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        table(tmp_path / name, [("id", "label"), ("4", "four")])
    assert listed.find(tmp_path) is None
