"""Labelled photos as people have them: class folders, with a split.csv where there is one."""

from __future__ import annotations

import csv
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, get_args

from whatsit import pictures
from whatsit.decisions import Status
from whatsit.errors import DataError, PictureError
from whatsit.photos import scan
from whatsit.progress import Progress
from whatsit.run import RunPhoto, Split

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.photos import Photo

SPLIT_FILE = "split.csv"
_THREADS = 2
_SPLITS: dict[str, Split] = {split: split for split in get_args(Split)}
_LEAST_A_SPLIT = {"train": 2, "tune": 1, "calibrate": 1}


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled photos below one root, each one decoded once; those that cannot be are left out and named."""

    root: Path
    labels: tuple[str, ...]
    photos: tuple[RunPhoto, ...]
    unreadable: tuple[PictureError, ...] = ()

    def of(self, *splits: Split) -> list[RunPhoto]:
        """Return the photos of the given splits."""
        return [photo for photo in self.photos if photo.split in splits]

    @property
    def fingerprint(self) -> str:
        """A hash over every photo's path, label, split and content: the same photos give the same."""
        digest = hashlib.sha256()
        for photo in self.photos:
            line = f"{photo.path}\t{self.labels[photo.label]}\t{photo.split}\t{photo.sha256}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def read(folder: Path, also: tuple[str, ...] = ()) -> Dataset:
    """Return the photos of `folder` and of the folders `also` that lie beside it, under one set of labels.

    Raises DataError when a folder is missing, there are fewer than two classes, or a split lacks one.
    """
    root = folder.resolve().parent
    rows: list[tuple[str, str, Split]] = []
    for name in (folder.resolve().name, *also):
        place = root / name
        if not place.is_dir():
            raise DataError(
                "this folder of photos is not there.",
                hint="The recipe names it under data.also; leave it out with --set 'data.also=[]'."
                if name in also
                else "Give a folder with one sub-folder a class.",
                path=place,
            )
        rows += [(f"{name}/{path}", label, split) for path, label, split in _rows(place)]
    labels = tuple(sorted({label for _, label, _ in rows}))
    found = _decoded([(root, path, labels.index(label), split) for path, label, split in rows])
    photos = tuple(one for one in found if isinstance(one, RunPhoto))
    unreadable = tuple(one for one in found if isinstance(one, PictureError))
    dataset = Dataset(root, labels, photos, unreadable)
    _check(dataset, folder)
    return dataset


def _rows(folder: Path) -> list[tuple[str, str, Split]]:
    if (folder / SPLIT_FILE).is_file():
        return _rows_of_table(folder / SPLIT_FILE)
    classes = sorted(
        place for place in folder.absolute().iterdir() if place.is_dir() and place.name[0] != "."
    )
    return [
        (
            f"{place.name}/{photo.path.relative_to(place.absolute()).as_posix()}",
            place.name,
            _split_by_name(photo),
        )
        for place in classes
        for photo in scan([place])
        if photo.settled is None or photo.settled.status is not Status.SKIPPED
    ]


def _rows_of_table(table: Path) -> list[tuple[str, str, Split]]:
    found: list[tuple[str, str, Split]] = []
    with table.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            split = _SPLITS.get(row.get("split") or "")
            inside = ".." not in PurePosixPath(row.get("path") or "..").parts
            if split is None or not inside or not row.get("label"):
                raise DataError(
                    f"line {number} wants a path in this folder, a label, and one of {', '.join(_SPLITS)}.",
                    path=table,
                )
            found.append((row["path"], row["label"], split))
    return found


def _split_by_name(photo: Photo) -> Split:
    """Return the split that a file's name hashes to: 75 % train, 5 % tune, 10 % calibrate, 10 % test."""
    number = int(hashlib.sha256(os.fsencode(photo.path.name)).hexdigest(), 16)
    if number % 10 == 0:
        return "test"
    others: dict[int, Split] = {1: "tune", 2: "calibrate", 11: "calibrate"}
    return others.get(number % 20, "train")


def _decoded(rows: list[tuple[Path, str, int, Split]]) -> list[RunPhoto | PictureError]:
    """Read and decode every photo, as small as its format allows: better now than amid training."""
    found = []
    with Progress("reading photos", len(rows)) as progress, ThreadPoolExecutor(_THREADS) as pool:
        for one in pool.map(lambda row: _photo(*row), rows):
            found.append(one)
            progress.advance()
    return found


def _photo(root: Path, path: str, label: int, split: Split) -> RunPhoto | PictureError:
    try:
        data = pictures.read(root / path)
        pictures.decode(data, at_least=(1, 1), path=root / path)
    except PictureError as error:
        return error
    return RunPhoto(path, label, split, hashlib.sha256(data).hexdigest())


def _check(dataset: Dataset, folder: Path) -> None:
    if len(dataset.labels) < 2:  # noqa: PLR2004 - a choice needs two
        raise DataError(
            f"{len(dataset.labels)} classes were found; two or more are needed.",
            hint="Put each class into a sub-folder of its own name.",
            path=folder,
        )
    for split, least in _LEAST_A_SPLIT.items():
        for number, label in enumerate(dataset.labels):
            count = sum(photo.split == split and photo.label == number for photo in dataset.photos)
            if count < least:
                raise DataError(
                    f"class {label!r} has {count} photos in split {split!r}; {least} or more are needed.",
                    hint="Add photos of it (40 or more a class), or give a split.csv.",
                    path=folder,
                )
