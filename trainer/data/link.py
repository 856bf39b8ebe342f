"""Class folders of links to labelled photos: for other programs, with nothing copied."""

from __future__ import annotations

import itertools
import os
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.data.datasets import Dataset
    from whatsit.run import RunPhoto

_NO_NAME: Final = re.compile(r'[\x00-\x1f<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class Linked:
    """How many links were made, and how many were there already."""

    made: int
    there: int


def link(dataset: Dataset, into: Path, *, by_split: bool) -> Linked:
    """Fill `into` with a folder a class, `by_split` in a folder for each split, of links to the photos.

    Symbolic links, or hard ones where those cannot be made. With splits, photos that train does without are
    left out; without, all are there. What is there is never replaced: a photo whose name is taken gets a
    number behind it.
    Raises UsageError when `into` lies in the photos' own folder, DataError when no link can be made.
    """
    into = into.absolute()
    folders = _class_folders(dataset)
    photos = [*dataset.photos, *(() if by_split else (one.photo for one in dataset.left_out))]
    for top in {dataset.root / PurePosixPath(photo.path).parts[0] for photo in photos}:
        if into.resolve().is_relative_to(top):
            raise UsageError(
                "the links would lie among the photos;", hint="name a folder elsewhere.", path=into
            )
    made = [
        _linked(dataset.root / photo.path, into / (photo.split if by_split else "") / folders[photo.label])
        for photo in sorted(photos, key=_path)
    ]
    return Linked(sum(made), len(made) - sum(made))


def _path(photo: RunPhoto) -> str:
    return photo.path


def _class_folders(dataset: Dataset) -> list[str]:
    """Return a folder's name for each label: the label where it is fit for one."""
    names = [_NO_NAME.sub("_", label).strip(". ") or "_" for label in dataset.labels]
    folded = [name.casefold() for name in names]
    for place, name in enumerate(folded):
        if name in folded[:place]:
            one, two = dataset.labels[folded.index(name)], dataset.labels[place]
            raise DataError(f"labels {files.shown(one)!r} and {files.shown(two)!r} would share a folder.")
    return names


def _linked(source: Path, folder: Path) -> bool:
    """Link to `source` in `folder`, and return whether that was still to be done."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in itertools.count(1):
        behind = f"-{number}" if number > 1 else ""
        place = folder / f"{source.stem}{behind}{source.suffix}"
        if not os.path.lexists(place):
            _make(source, place)
            return True
        if place.exists() and place.samefile(source):
            break
    return False


def _make(source: Path, place: Path) -> None:
    try:
        place.symlink_to(source)
    except (OSError, NotImplementedError):
        try:
            os.link(source, place)
        except OSError as error:
            raise DataError(
                f"no link can be made there ({error.strerror or error}).",
                hint="Choose a folder on the photos' own disk.",
                path=place,
            ) from None
