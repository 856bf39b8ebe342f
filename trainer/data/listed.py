"""Photos labelled by a table of names and labels, as Kaggle gives them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from trainer.data.rows import Row, Stray
from whatsit import files, tables
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from whatsit.tables import Line, Table

MISSING: Final = "in the table, but there is no such photo"
SEVERAL: Final = "in the table, but several photos have this name"
_NAMED: Final = ("labels.csv", "train.csv")
# fmt: off
_PHOTO_COLUMNS: Final = (
    "id", "path", "file", "filename", "file_name", "filepath", "filepaths", "file_path", "image", "image_id",
    "image_name", "image_path", "img", "photo", "picture", "name",
)
_LABEL_COLUMNS: Final = (
    "label", "labels", "breed", "class", "class_name", "category", "species", "target", "type",
)
# fmt: on
_FEW: Final = 2


@dataclass(frozen=True, slots=True)
class Listing:
    """A table, and which of its columns name photo, label, split and group (nothing: there is none)."""

    table: Table
    photo: str
    label: str
    split: str = ""
    group: str = ""


def find(folder: Path) -> Listing | None:
    """Return the folder's labels.csv, train.csv or only CSV, if its columns name photos and labels.

    Raises DataError when that file cannot be read as a table.
    """
    file = _file(folder)
    return _recognised(tables.read(file)) if file else None


def rows(listing: Listing, paths: Sequence[str]) -> tuple[tuple[Row, ...], tuple[Stray, ...]]:
    """Return a row for each line whose photo is among `paths`, and the lines whose photo is not.

    A photo may be named with or without its folder and its extension; `train/` goes before other folders.
    A line may leave its split out. Raises DataError when one has no label, a split that is none, leaves the
    folder, or contradicts another.
    """
    by_name = _by_name(paths)
    found: dict[str, Row] = {}
    strays = []
    for line in listing.table.lines:
        name = line.cells[listing.photo].strip().replace("\\", "/").removeprefix("./")
        tables.check_inside(name, line.number, listing.table.file)
        places = _nearest(by_name.get(name, []))
        if len(places) != 1:
            strays.append(Stray(name, SEVERAL if places else MISSING))
            continue
        row = _row(listing, line, places[0])
        if found.setdefault(row.path, row) != row:
            raise _contradiction(listing, line, row)
    return tuple(found.values()), tuple(strays)


def refuse_unknown_columns(folder: Path, classes: Sequence[str]) -> None:
    """Raise DataError when there is a table that was not understood, and no class folders instead."""
    file = _file(folder)
    if file and len(classes) < _FEW:
        raise DataError(
            f"of its columns ({', '.join(map(files.shown, tables.read(file).columns)) or 'none'}) none or "
            "several could name the photo or the label.",
            hint="Call them id and label.",
            path=file,
        )


def _file(folder: Path) -> Path | None:
    named = [folder / name for name in _NAMED if (folder / name).is_file()]
    every = named or list(folder.glob("*.csv"))
    return every[0] if named or len(every) == 1 else None


def _recognised(table: Table) -> Listing | None:
    photo, label = _column(table, _PHOTO_COLUMNS), _column(table, _LABEL_COLUMNS)
    if len(table.columns) == _FEW and bool(photo) != bool(label):  # of two the other is known too
        other = next(one for one in table.columns if one != (photo or label))
        photo, label = photo or other, label or other
    if not (photo and label):
        return None
    return Listing(table, photo, label, _column(table, ("split",)), _column(table, ("group",)))


def _column(table: Table, known: Sequence[str]) -> str:
    words = {column.strip().lower().replace(" ", "_"): column for column in table.columns}
    return next((words[one] for one in known if one in words), "")


def _by_name(paths: Iterable[str]) -> Mapping[str, list[str]]:
    """Return the paths by all that a table may call them: with folder or extension, or without."""
    found = defaultdict[str, list[str]](list)
    for path in paths:
        whole = PurePosixPath(path)
        for name in {path, str(whole.with_suffix("")), whole.name, whole.stem}:
            found[name].append(path)
    return found


def _nearest(paths: list[str]) -> list[str]:
    ranks = [("/" in path) + ("/" in path and not path.startswith("train/")) for path in paths]
    return [path for path, rank in zip(paths, ranks, strict=True) if rank == min(ranks)]


def _row(listing: Listing, line: Line, path: str) -> Row:
    label = line.cells[listing.label].strip()
    if not label:
        raise DataError(f"line {line.number} has no label.", path=listing.table.file)
    word = line.cells[listing.split].strip() if listing.split else ""
    split = tables.split_on(line.number, word, listing.table.file) if word else None
    return Row(path, label, split, line.cells[listing.group].strip() if listing.group else "")


def _contradiction(listing: Listing, line: Line, row: Row) -> DataError:
    return DataError(
        f"line {line.number} says of {files.shown(row.path)} what a line above does not.",
        hint="Leave one of them.",
        path=listing.table.file,
    )
