"""Labelled photos as people have them, read, split and rid of what would spoil a training."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from trainer.data import checks, duplicates, layouts, ledger, splits, together
from trainer.data.duplicates import Duplicates
from trainer.data.rows import Row, Stray
from trainer.sections import Data
from whatsit.errors import DataError, PictureError
from whatsit.run import RunPhoto, Split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from trainer.data.rows import Layout

EVERYTHING: Final = Data()
LIKE_HELD_OUT: Final = "looks the same as a photo that is not of train"
NO_UNKNOWN: Final = "a folder of unknown pictures (data.unknown) that is not there: novelty goes by distance"
NOT_THERE: Final = "a folder that the recipe learns from as well (data.also) and that is not there"
CONTRADICTS: Final = "the same photo has another label elsewhere"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A photo that train does without, and why; `like` is the path of the photo that is the reason."""

    photo: RunPhoto
    reason: str
    like: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """Labelled photos below one root, each one decoded once; all that is left out is named.

    `unreadable` cannot be decoded or are not there, `strays` have no label or no file, `left_out` are photos
    that train does without. `duplicates` are over all photos, the ones left out among them.
    """

    root: Path
    labels: tuple[str, ...]
    photos: tuple[RunPhoto, ...]
    unreadable: tuple[PictureError, ...] = ()
    strays: tuple[Stray, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    duplicates: Duplicates = field(default_factory=lambda: Duplicates((), ()))
    forms: tuple[str, ...] = ()
    given: frozenset[Split] = frozenset()

    def of(self, *wanted: Split) -> list[RunPhoto]:
        """Return the photos of the given splits."""
        return [photo for photo in self.photos if photo.split in wanted]

    def named(self, photo: RunPhoto) -> str:
        """Return a photo's label."""
        return self.labels[photo.label]

    @property
    def fingerprint(self) -> str:
        """A hash over every photo's path, label, split and content: the same photos give the same."""
        digest = hashlib.sha256()
        for photo in self.photos:
            line = f"{photo.path}\t{self.named(photo)}\t{photo.split}\t{photo.sha256}\n"
            digest.update(line.encode("utf-8", "surrogateescape"))
        return digest.hexdigest()


def read(folder: Path, wanted: Data = EVERYTHING) -> Dataset:
    """Return the photos of `folder`, and of the folders `wanted.also` beside it, that a training takes.

    What is left out is named on standard error.
    Raises DataError or UsageError when a folder is none of the known forms, its table says what cannot be,
    no photo can be read, there are fewer than two classes, or a split lacks one.
    """
    dataset = look(folder, wanted)
    checks.check(dataset, folder)
    checks.say(dataset)
    return dataset


def look(folder: Path, wanted: Data = EVERYTHING) -> Dataset:
    """Return what there is, as `read` does, whether or not it is enough to train.

    Raises DataError or UsageError as `read` does, except for too few classes or photos.
    """
    found = [layouts.find(place, wanted) for place in _places(folder, wanted)]
    root = _root(found, folder)
    rows = [row for layout in found for row in _rows(layout, wanted)]
    classes = {label for layout in found for label in layout.classes}
    labels = tuple(sorted(classes.union(row.label for row in rows)))
    facts = ledger.examine([root / row.path for row in rows])
    photos, thumbnails, unreadable = [], [], []
    for row, one in zip(rows, facts, strict=True):
        if isinstance(one, PictureError):
            unreadable.append(one)
        else:
            label = labels.index(row.label)
            photos.append(RunPhoto(row.path, label, row.split or "train", one.sha256, row.group))
            thumbnails.append(one.thumbnail)
    if not photos:
        raise checks.nothing(unreadable, folder)
    same = duplicates.find(photos, thumbnails)
    photos = together.keyed(photos, same, labels)
    left_out = _left_out(photos, same)
    without = {one.photo.path for one in left_out}
    return Dataset(
        root,
        labels,
        tuple(splits.limited((photo for photo in photos if photo.path not in without), wanted)),
        tuple(unreadable),
        (*_absent(folder, wanted), *(stray for layout in found for stray in layout.strays)),
        tuple(left_out),
        same,
        tuple(layout.form for layout in found),
        frozenset(row.split for layout in found for row in layout.rows if row.split),
    )


def _places(folder: Path, wanted: Data) -> list[Path]:
    root = folder.resolve().parent
    return [folder.resolve(), *(root / name for name in wanted.also if (root / name).is_dir())]


def _absent(folder: Path, wanted: Data) -> list[Stray]:
    root = folder.resolve().parent
    named = dict.fromkeys(wanted.also, NOT_THERE) | dict.fromkeys(wanted.unknown, NO_UNKNOWN)
    return [Stray(str(root / name), why) for name, why in named.items() if not (root / name).is_dir()]


def _root(found: Sequence[Layout], folder: Path) -> Path:
    roots = {layout.place.parent for layout in found}
    if len(roots) > 1:
        raise DataError("CIFAR-10 batches cannot be joined with folders beside them.", path=folder)
    return roots.pop()


def _rows(layout: Layout, wanted: Data) -> list[Row]:
    """Return a folder's rows with their paths below the root, each in a split."""
    pattern = splits.group_pattern(wanted.group)
    given = {row.split for row in layout.rows if row.split}
    rows = []
    for row in layout.rows:
        group = splits.group_in(row.path, pattern) or row.group
        split = splits.assigned(row.split, splits.key_of(row.path, group), given)
        rows.append(Row(f"{layout.place.name}/{row.path}", row.label, split, group))
    return splits.filled(rows, given)


def _left_out(photos: Iterable[RunPhoto], same: Duplicates) -> list[LeftOut]:
    contradicted = {photo.path: group for group in same.contradicting for photo in group}
    held_out = same.held_out()
    found = []
    for photo in photos:
        if photo.split != "train":
            continue
        if photo.path in contradicted:
            other = next(one for one in contradicted[photo.path] if one.label != photo.label)
            found.append(LeftOut(photo, CONTRADICTS, other.path))
        elif photo.path in held_out:
            found.append(LeftOut(photo, LIKE_HELD_OUT, held_out[photo.path].path))
    return found
