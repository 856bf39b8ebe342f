"""Which photo serves what: splits and folds by hash, groups kept whole, and the part of train asked for."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from trainer.data.rows import Row
    from trainer.sections import Data
    from whatsit.run import RunPhoto, Split


_LEAST: dict[Split, int] = {"train": 2, "tune": 1, "calibrate": 1, "test": 1}


def by_hash(key: str, given: Collection[Split] = ()) -> Split:
    """Return the split that a name hashes to: 75 % train, 5 % tune, 10 % calibrate, 10 % test.

    Where a split is `given` already, no other photo goes there: what is named here is train otherwise.
    """
    number = _hash(key)
    if number % 10 == 0 and not given:
        return "test"
    others: dict[int, Split] = {1: "tune", 2: "calibrate", 11: "calibrate"}
    split = others.get(number % 20, "train")
    return "train" if split in given else split


def assigned(split: Split | None, key: str, given: Collection[Split]) -> Split:
    """Return a photo's split as it is given; tune and calibrate are taken from train where they are not."""
    if split in ("tune", "calibrate", "test") or (split and {"tune", "calibrate"} <= set(given)):
        return split
    return by_hash(key, set(given) - {"train"})


def filled(rows: Sequence[Row], given: Collection[Split]) -> list[Row]:
    """Return the rows, a class of few photos having some in each split too: hashes may leave it none.

    They come from the split that has most of the class, all photos of a key together; a split that is `given`
    stays as it is, but train, which the others are taken from.
    """
    held_out = set(given) - {"train"}
    free = {split for split in _LEAST if split not in held_out and not (split == "test" and held_out)}
    moved: dict[str, Split] = {}
    for label in sorted({row.label for row in rows}):
        own = [row for row in rows if row.label == label and row.split in free]
        split_of = {_key(row): moved.get(_key(row), row.split or "train") for row in own}
        moved |= _moves(dict(sorted(split_of.items(), key=lambda pair: _hash(pair[0]))), free)
    return [replace(row, split=moved.get(_key(row), row.split)) if row.split in free else row for row in rows]


def _moves(split_of: dict[str, Split], free: set[Split]) -> dict[str, Split]:
    """Return the keys of one class that are to move, until each free split has its least, and whereto."""
    counts, moved = Counter(split_of.values()), {}
    for wanted, least in _LEAST.items():
        while wanted in free and counts[wanted] < least:
            giver = max(free, key=lambda split: (counts[split] - _LEAST[split], split))
            if counts[giver] <= _LEAST[giver]:
                break
            key = next(key for key, split in split_of.items() if split == giver)
            split_of[key] = moved[key] = wanted
            counts = Counter(split_of.values())
    return moved


def _key(row: Row) -> str:
    return key_of(row.path, row.group)


def key_of(path: str, group: str) -> str:
    """Return what a photo is split by: its group, or else its file's name, the same in any folder."""
    return group or PurePosixPath(path).name


def group_in(path: str, pattern: re.Pattern[str] | None) -> str:
    """Return what the pattern's first group finds in a photo's path; nothing where it finds none."""
    found = pattern.search(path) if pattern else None
    return (found[1] or "") if found else ""


def group_pattern(words: str | None) -> re.Pattern[str] | None:
    """Return the regular expression of `data.group`.

    Raises UsageError when it is none, or has no group in brackets.
    """
    try:
        pattern = re.compile(words) if words else None
    except re.error as error:
        raise UsageError(f"data.group {words!r} is no regular expression ({error}).") from None
    if pattern and not pattern.groups:
        raise UsageError(
            f"data.group {words!r} says nothing to keep together.",
            hint="Put brackets round what names the group, as in --set 'data.group=^(.*?)_'.",
        )
    return pattern


def fold(photos: Sequence[RunPhoto], of: int, number: int) -> list[RunPhoto]:
    """Return the photos for fold `number`, from 0, of `of`: of train and tune it is tune, the others train.

    Photos of one key stay in one fold; calibrate and test are as they were.
    Raises UsageError when there is no such fold.
    """
    if of < 2 or not 0 <= number < of:  # noqa: PLR2004 - one fold would leave nothing to learn from
        raise UsageError(f"there is no fold {number} of {of};", hint="give 2 or more, the first is 0.")
    return [_in_fold(photo, of, number) if photo.split in ("train", "tune") else photo for photo in photos]


def fold_of(key: str, of: int) -> int:
    """Return in which fold, from 0, of `of` the photos of a key are."""
    return _hash(f"fold\t{key}") % of


def _in_fold(photo: RunPhoto, of: int, number: int) -> RunPhoto:
    held_out = fold_of(photo.key or key_of(photo.path, photo.group), of) == number
    return replace(photo, split="tune" if held_out else "train")


def limited(photos: Iterable[RunPhoto], wanted: Data) -> list[RunPhoto]:
    """Return the photos with no more of train than wanted, those that hash lowest; `balanced` by class."""
    photos = list(photos)
    train = sorted((one for one in photos if one.split == "train"), key=_order)
    if wanted.balanced:
        of_class: defaultdict[int, list[RunPhoto]] = defaultdict(list)
        for photo in train:
            of_class[photo.label].append(photo)
        least = min(map(len, of_class.values()), default=0)
        most = least if wanted.photos is None else wanted.photos // max(1, len(of_class))
        train = [photo for same in of_class.values() for photo in same[: min(least, most)]]
    elif wanted.photos is not None:
        train = train[: wanted.photos]
    kept = {photo.path for photo in train}
    return [photo for photo in photos if photo.split != "train" or photo.path in kept]


def _order(photo: RunPhoto) -> tuple[int, str]:
    return _hash(f"photos\t{PurePosixPath(photo.path).name}"), photo.path


def _hash(key: str) -> int:
    return int(hashlib.sha256(key.encode()).hexdigest(), 16)
