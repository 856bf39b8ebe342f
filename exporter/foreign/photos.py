"""Labelled photos that prove a model trained elsewhere, each in its split, the same at every export."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from whatsit import files, labelled, tables
from whatsit.errors import DataError
from whatsit.run import RunPhoto

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from whatsit.run import Split

# Only int8's ranges need `train`; choosing and setting limits need as many photos as there are.
_PARTS: Final[tuple[tuple[Split, float], ...]] = (("train", 0.2), ("tune", 0.5), ("calibrate", 1.0))
_HALF: Final = 0.5


def read(folder: Path, labels: Sequence[str]) -> list[RunPhoto]:
    """Return the labelled photos in a folder: splits that are given stay, others go by a photo's content.

    Where photos of `tune` are named and none of `calibrate`, half of them become that. Raises DataError when
    the folder or its labels are not what was expected, or a split that a proof needs has no photos.
    """
    given = _given(folder)
    photos = []
    for one in labelled.read(folder, labelled.ALL, labels):
        if one.photo.settled is None:
            path = one.photo.path.relative_to(folder).as_posix()
            digest = files.sha256(_checked(one.photo.path, path))
            photos.append(RunPhoto(path, one.label, given.get(path) or _by_content(digest), digest))
    photos = _with_calibrate(photos)
    missing = [split for split in ("tune", "calibrate") if not any(one.split == split for one in photos)]
    if missing:
        raise DataError(
            f"there are no photos of {' and '.join(missing)}, which prove a model and set its limits.",
            hint="They must be photos that the model never learned: give more, or name some so in split.csv.",
            path=folder,
        )
    return photos


def _given(folder: Path) -> dict[str, Split]:
    """Return the splits that split.csv or the folders name, by path."""
    if (folder / tables.SPLIT_FILE).is_file():
        lines = ((str(PurePosixPath(one.path)), one.split) for one in tables.read_splits(folder))
        return {path: split for path, word in lines if (split := tables.split_called(word))}
    return {
        file.relative_to(folder).as_posix(): split
        for part, split in labelled.split_folders(folder).items()
        for file in part.rglob("*")
    }


def _checked(file: Path, path: str) -> Path:
    if files.shown(path) != path:
        hint = "Give it a name in UTF-8."
        raise DataError(f"the photo's name, {files.shown(path)}, is not UTF-8.", hint=hint, path=file.parent)
    if not file.is_file():
        raise DataError(f"{path} is listed and not there.", path=file)
    return file


def _by_content(digest: str) -> Split:
    place = _place(digest)
    return next(split for split, end in _PARTS if place < end)


def _with_calibrate(photos: list[RunPhoto]) -> list[RunPhoto]:
    if any(one.split == "calibrate" for one in photos):
        return photos
    return [
        RunPhoto(one.path, one.label, "calibrate", one.sha256)
        if one.split == "tune" and _place(one.sha256) < _HALF
        else one
        for one in photos
    ]


def _place(digest: str) -> float:
    """Return where a photo's content puts it, from 0 up to 1."""
    return int(digest[:8], 16) / 16**8
