"""Labelled photos: a folder with split.csv, with one folder a class, or with such folders for each split."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whatsit import files, photos, tables
from whatsit.decisions import Status
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from whatsit.photos import Photo
    from whatsit.run import Split

ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class LabelledPhoto:
    """A photo and the number of its true label."""

    photo: Photo
    label: int


def read(folder: Path, split: str, label_names: Sequence[str]) -> list[LabelledPhoto]:
    """Return the photos of a split, or of all splits with "all"; a folder of class folders has no splits.

    Raises DataError when the folder is none of these, names other labels, or has no photos in that split.
    """
    if (folder / tables.SPLIT_FILE).is_file():
        found = _by_table(folder, split, label_names)
    elif folder.is_dir():
        found = _by_folders(folder, split, label_names)
    else:
        raise DataError("there is no such folder.", path=folder)
    if not found:
        raise DataError(f"there are no photos in the split {split!r}.", path=folder)
    return found


def sub_folders(folder: Path) -> list[Path]:
    """Return the folders in `folder` by name, without those that a system or a program keeps for itself."""
    return sorted(
        place for place in folder.iterdir() if place.is_dir() and not place.name.startswith((".", "__"))
    )


def split_folders(folder: Path) -> dict[Path, Split]:
    """Return the folders named for a split that hold class folders; none where the names are classes.

    Of `train` and `car` both are classes; of `train`, `test` and `single` the third is left out.
    """
    every = sub_folders(folder)
    named = {place: split for place in every if (split := tables.split_called(place.name))}
    if not all(map(sub_folders, named)) or len(set(named.values())) < min(2, len(every)):
        return {}
    return named


def _by_table(folder: Path, split: str, label_names: Sequence[str]) -> list[LabelledPhoto]:
    number = {name: place for place, name in enumerate(label_names)}
    chosen = [line for line in tables.read_splits(folder) if _is_in(split, line.split)]
    unknown = sorted({line.label for line in chosen} - set(number))
    if unknown:
        raise _other_labels(unknown, label_names, folder / tables.SPLIT_FILE)
    return [
        LabelledPhoto(photos.Photo(folder / line.path, files.shown(line.path)), number[line.label])
        for line in chosen
    ]


def _is_in(asked: str, split: str) -> bool:
    meant = tables.split_called(asked)
    return asked in (ALL, split) or (meant is not None and meant == tables.split_called(split))


def _by_folders(folder: Path, split: str, label_names: Sequence[str]) -> list[LabelledPhoto]:
    parts = split_folders(folder)
    if parts:
        return [
            photo
            for part, of in parts.items()
            if _is_in(split, of)
            for photo in _by_classes(folder, part, label_names)
        ]
    if split != ALL:
        raise DataError(
            f"there is no {tables.SPLIT_FILE} and no folder for it, so there is no split {split!r}.",
            hint="Use --split all.",
            path=folder,
        )
    return _by_classes(folder, folder, label_names)


def _by_classes(folder: Path, part: Path, label_names: Sequence[str]) -> list[LabelledPhoto]:
    classes = [place.name for place in sub_folders(part)]
    unknown = [name for name in classes if name not in label_names]
    if unknown or not classes:
        raise _other_labels(unknown, label_names, part)
    return [
        LabelledPhoto(photo, label_names.index(name))
        for name in classes
        for photo in _below(folder, part / name)
        if not (photo.settled and photo.settled.status is Status.SKIPPED)
    ]


def _below(folder: Path, place: Path) -> list[Photo]:
    above = files.shown(place.relative_to(folder))
    return [
        photos.Photo(one.path, f"{above}/{one.name}", one.size, one.mtime_ns, one.settled)
        for one in photos.scan([place])
    ]


def _other_labels(unknown: Sequence[str], label_names: Sequence[str], path: Path) -> DataError:
    known = ", ".join(label_names[:20]) + (", …" if len(label_names) > 20 else "")  # noqa: PLR2004 - a line's worth
    said = (
        f"the model does not know {', '.join(unknown[:5])}" if unknown else "there is no folder for any label"
    )
    return DataError(f"{said}.", hint=f"Its labels: {known}.", path=path)
