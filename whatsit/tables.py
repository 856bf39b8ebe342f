"""Tables as people save them: CSV, and split.csv among them, with every mistake named by its line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from whatsit.run import Split

SPLIT_FILE: Final = "split.csv"
_COLUMNS: Final = ("path", "label", "split")
_SPLITS: Final[Mapping[str, Split]] = {
    "train": "train",
    "training": "train",
    "tune": "tune",
    "valid": "tune",
    "validation": "tune",
    "val": "tune",
    "dev": "tune",
    "calibrate": "calibrate",
    "test": "test",
    "testing": "test",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its number in the file and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's file, its columns and its lines, each with a cell for every column."""

    file: Path
    columns: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SplitLine:
    """One line of split.csv; `split` as it stands there, `group` where there is such a column."""

    number: int
    path: str
    label: str
    split: str
    group: str = ""


def read(file: Path) -> Table:
    """Return a CSV, its cells parted by commas, semicolons or tabs, whichever its first line has most of.

    Raises DataError when it is not UTF-8, a line has too few cells, or it is no table.
    """
    text = _text(file)
    first = text.partition("\n")[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        columns = tuple(rows.fieldnames or ())
        return Table(file, columns, tuple(_line(rows.line_num, row, columns, file) for row in rows))
    except csv.Error as error:
        raise DataError(f"line {rows.reader.line_num} cannot be read ({error}).", path=file) from None


def read_splits(folder: Path) -> list[SplitLine]:
    """Return the lines of a folder's split.csv.

    Raises DataError when a column is missing, a path leaves the folder or stands there twice, or a label is.
    """
    table = read(folder / SPLIT_FILE)
    if not set(_COLUMNS) <= set(table.columns):
        raise DataError(f"the table needs the columns {', '.join(_COLUMNS)}.", path=table.file)
    found: dict[str, SplitLine] = {}
    for line in table.lines:
        path, label, split = (line.cells[name] for name in _COLUMNS)
        group = line.cells.get("group", "").strip()
        one = SplitLine(line.number, path, label.strip(), split.strip(), group)
        check_inside(one.path, line.number, table.file)
        if not one.label:
            raise DataError(f"line {line.number} has no label.", path=table.file)
        before = found.setdefault(one.path, one)
        if (before.label, before.split) != (one.label, one.split):
            raise DataError(
                f"lines {before.number} and {line.number} say different things of {files.shown(one.path)}.",
                path=table.file,
            )
    return list(found.values())


def split_called(name: str) -> Split | None:
    """Return the split that a word such as `train`, `Validation` or `test_set` means, None for any other."""
    word = name.lower().replace("-", "_").replace(" ", "_")
    return _SPLITS.get(word.removesuffix("_set"))


def split_on(line: int, word: str, file: Path) -> Split:
    """Return the split that the word on a table's line means; raises DataError when it means none."""
    split = split_called(word)
    if split is None:
        raise DataError(
            f"line {line}: {files.shown(word)!r} is no split.",
            hint="There are: train, tune, calibrate, test.",
            path=file,
        )
    return split


def check_inside(name: str, number: int, file: Path) -> None:
    """Raise DataError when the path on a table's line `number` is none below its folder."""
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\0" in name or ":" in path.parts[0][1:2]:
        raise DataError(
            f"line {number}: {files.shown(name)!r} leaves the folder."
            if name
            else f"line {number} has no path.",
            path=file,
        )


def _line(number: int, row: dict[str, str | None], columns: tuple[str, ...], file: Path) -> Line:
    if None in (row[column] for column in columns):
        raise DataError(f"line {number} has too few columns.", path=file)
    return Line(number, {column: row[column] or "" for column in columns})


def _text(file: Path) -> str:
    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig")  # Excel puts a mark before UTF-8
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"line {line} is not UTF-8.", hint="Save the table as UTF-8.", path=file) from None
