"""Labelled photos: a folder with split.csv, or with one folder a class."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from whatsit import photos
from whatsit.decisions import Status
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatsit.photos import Photo

SPLIT_FILE: Final = "split.csv"
ALL: Final = "all"
_COLUMNS: Final = ("path", "label", "split")


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo and the number of its true label."""

    photo: Photo
    label: int


def read(folder: Path, split: str, label_names: Sequence[str]) -> list[LabelledPhoto]:
    """Return the photos of a split, or of all splits with "all"; a folder of class folders has no splits.

    Raises DataError when the folder is neither, names other labels, or has no photos in that split.
    """
    if (folder / SPLIT_FILE).is_file():
        found = _by_table(folder, split, label_names)
    elif folder.is_dir():
        found = _by_folders(folder, split, label_names)
    else:
        raise DataError("there is no such folder.", path=folder)
    if not found:
        raise DataError(f"there are no photos in the split {split!r}.", path=folder)
    return found


def _by_table(folder: Path, split: str, label_names: Sequence[str]) -> list[LabelledPhoto]:
    number = {name: place for place, name in enumerate(label_names)}
    table = folder / SPLIT_FILE
    chosen = [row for row in _rows(table) if split in (ALL, row["split"])]
    unknown = sorted({row["label"] for row in chosen} - set(number))
    if unknown:
        raise _other_labels(unknown, label_names, table)
    return [LabelledPhoto(_photo(folder, row["path"]), number[row["label"]]) for row in chosen]


def _rows(table: Path) -> Iterator[dict[str, str]]:
    rows = csv.DictReader(io.StringIO(_text(table), newline=""))
    try:
        if not set(_COLUMNS) <= set(rows.fieldnames or ()):
            raise DataError(f"the table needs the columns {', '.join(_COLUMNS)}.", path=table)
        for row in rows:
            if None in (row[column] for column in _COLUMNS):
                raise DataError(f"line {rows.line_num} has too few columns.", path=table)
            yield row
    except csv.Error as error:
        raise DataError(f"line {rows.reader.line_num} cannot be read ({error}).", path=table) from None


def _text(table: Path) -> str:
    data = table.read_bytes()
    try:
        return data.decode("utf-8-sig")  # Excel puts a mark before UTF-8
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"line {line} is not UTF-8.", hint="Save the table as UTF-8.", path=table) from None


def _photo(folder: Path, name: str) -> Photo:
    if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
        raise DataError(f"{name!r} leaves the folder.", path=folder / SPLIT_FILE)
    return photos.Photo(folder / name, name)


def _by_folders(folder: Path, split: str, label_names: Sequence[str]) -> list[LabelledPhoto]:
    if split != ALL:
        raise DataError(
            f"there is no {SPLIT_FILE}, so there is no split {split!r}.", hint="Use --split all.", path=folder
        )
    classes = sorted(place.name for place in folder.iterdir() if place.is_dir() and place.name[:1] != ".")
    unknown = [name for name in classes if name not in label_names]
    if unknown or not classes:
        raise _other_labels(unknown, label_names, folder)
    return [
        LabelledPhoto(photo, label_names.index(name))
        for name in classes
        for photo in _below(folder, name)
        if not (photo.settled and photo.settled.status is Status.SKIPPED)
    ]


def _below(folder: Path, name: str) -> list[Photo]:
    return [
        photos.Photo(one.path, f"{name}/{one.name}", one.size, one.mtime_ns, one.settled)
        for one in photos.scan([folder / name])
    ]


def _other_labels(unknown: Sequence[str], label_names: Sequence[str], path: Path) -> DataError:
    known = ", ".join(label_names[:20]) + (", …" if len(label_names) > 20 else "")  # noqa: PLR2004 - a line's worth
    said = (
        f"the model does not know {', '.join(unknown[:5])}" if unknown else "there is no folder for any label"
    )
    return DataError(f"{said}.", hint=f"Its labels: {known}.", path=path)
