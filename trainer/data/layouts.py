"""The forms that labelled photos come in, told apart by looking."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from trainer.data import cifar, listed, names
from trainer.data.rows import Layout, Row, Stray
from whatsit import files, labelled, photos, tables
from whatsit.decisions import Status
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.sections import Age, Data
    from whatsit.run import Split

NO_LABEL: Final = "no label in its name"
NO_AGE: Final = "no age in its name"
NO_CLASS: Final = "in no class folder"
NOT_UTF8: Final = "its name is not UTF-8: rename it"


def find(folder: Path, wanted: Data) -> Layout:
    """Return the labelled photos of a folder, whichever of the known forms it has.

    Raises DataError when it has none of them, or its table says what cannot be.
    """
    if not folder.is_dir():
        raise DataError(
            "there is no such folder.", hint="Give a folder with one sub-folder a class.", path=folder
        )
    if (folder / tables.SPLIT_FILE).is_file():
        layout = _by_table(folder)
    elif batches := cifar.batches(folder):
        layout = _by_classes(cifar.unpacked(batches), "CIFAR-10 batches")
    else:
        layout = _by_look(folder, wanted)
    return layout if wanted.age is None else _by_age(layout, wanted.age)


def _by_table(folder: Path) -> Layout:
    file = folder / tables.SPLIT_FILE
    rows = [
        Row(line.path, line.label, tables.split_on(line.number, line.split, file), line.group)
        for line in tables.read_splits(folder)
    ]
    return Layout(file.name, folder, tuple(rows))


def _by_look(folder: Path, wanted: Data) -> Layout:
    paths, strays = _photos(folder)
    if wanted.age is not None:
        return Layout("", folder, tuple(Row(path, "", _serves(path)) for path in paths), (), strays)
    if labelled.split_folders(folder):
        return _by_classes(folder, "class folders for each split")
    if listing := listed.find(folder):
        rows, missing = listed.rows(listing, paths)
        return Layout(listing.table.file.name, folder, rows, (), strays + missing)
    classes = [place.name for place in labelled.sub_folders(folder)]
    if any("/" in path for path in paths) and not all(map(_serves, classes)):
        listed.refuse_unknown_columns(folder, classes)
        return _by_classes(folder, "class folders")
    return _by_names(folder, paths, strays)


def _by_classes(place: Path, form: str) -> Layout:
    """Return the photos of class folders, those of each split in a folder of its own where there are such."""
    splits = {part.name: split for part, split in labelled.split_folders(place).items()}
    above = [place / name for name in splits] or [place]
    classes = tuple(dict.fromkeys(one.name for part in above for one in labelled.sub_folders(part)))
    paths, strays = _photos(place)
    rows = []
    for path in paths:
        first, *rest = path.split("/")
        label, *inner = rest if first in splits else [first, *rest] if not splits else [""]
        if inner and label in classes:
            rows.append(Row(path, label, splits.get(first)))
        else:
            strays += (Stray(path, NO_CLASS),)
    return Layout(form, place, tuple(rows), classes, strays)


def _by_names(folder: Path, paths: list[str], strays: tuple[Stray, ...]) -> Layout:
    rows = [Row(path, names.label_in(path), _serves(path)) for path in paths]
    if not any(row.label for row in rows):
        listed.refuse_unknown_columns(folder, [])
        said = f"the names of the photos, such as {files.shown(paths[0])}, say no label." if paths else ""
        raise DataError(
            said or "there are no photos here.",
            hint="Put each class into a sub-folder of its own name"
            + ("; with an age in the names: --set data.age.limit=18." if paths else "."),
            path=folder,
        )
    unnamed = tuple(Stray(row.path, NO_LABEL) for row in rows if not row.label)
    named = tuple(row for row in rows if row.label)
    return Layout("labels in file names", folder, named, (), strays + unnamed)


def _by_age(layout: Layout, age: Age) -> Layout:
    rows = [replace(row, label=names.label_by_age(row.path, age)) for row in layout.rows]
    strays = tuple(Stray(row.path, NO_AGE) for row in rows if not row.label)
    aged = tuple(row for row in rows if row.label)
    return Layout("ages in file names", layout.place, aged, (age.younger, age.older), layout.strays + strays)


def _serves(path: str) -> Split | None:
    """Return the split that a path's first folder is named for, as in train/cat.0.jpg and test1/1.jpg."""
    return tables.split_called(path.partition("/")[0].rstrip("0123456789"))


def _photos(folder: Path) -> tuple[list[str], tuple[Stray, ...]]:
    """Return the paths below a folder of all that is a picture by name or first bytes."""
    top = folder.absolute()
    every = [
        one.path.relative_to(top).as_posix()
        for one in photos.scan([top])
        if one.settled is None or one.settled.status is not Status.SKIPPED
    ]
    seen = [path for path in every if not path.startswith((".", "__"))]
    strays = tuple(Stray(path, NOT_UTF8) for path in seen if not _is_utf8(path))
    return [path for path in seen if _is_utf8(path)], strays


def _is_utf8(path: str) -> bool:
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
