"""What the page of `whatsit data show` shows of each class, and of photos that are the same or look it."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, get_args

import numpy as np
from PIL import Image

from trainer.pages import pictures as report_pictures
from whatsit import files, pictures
from whatsit.errors import PictureError
from whatsit.progress import Progress
from whatsit.run import Split

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.data.datasets import Dataset
    from whatsit.run import RunPhoto

SPLITS: Final[tuple[Split, ...]] = get_args(Split)
_SAMPLES: Final = 480
_MOST_SAMPLES: Final = 15  # with the mean these are two rows
_FEWEST_SAMPLES: Final = 7
_AVERAGED: Final = 6000
_SAMPLE_SIDE: Final = 112
_PAIR_SIDE: Final = 150
_MEAN_SIDE: Final = 112
_MOST_GROUPS: Final = 48
_MOST_ALIKE: Final = 6


@dataclass(frozen=True, slots=True)
class Tile:
    """A photo on the page: its picture as a data address, empty where it cannot be read, and its words."""

    picture: str
    path: str
    label: str
    split: str


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class: its photos by split, some of train, and the mean picture of `averaged` of train."""

    label: str
    counts: tuple[int, ...]
    samples: tuple[Tile, ...]
    mean: str
    averaged: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of photos that are the same or look it: how many groups, and those that are shown."""

    title: str
    said: str
    total: int
    groups: tuple[tuple[Tile, ...], ...]


def counts(dataset: Dataset) -> dict[str, list[int]]:
    """Return for each split how many photos of each class it has."""
    found = Counter((photo.split, photo.label) for photo in dataset.photos)
    return {split: [found[split, number] for number in range(len(dataset.labels))] for split in SPLITS}


def classes(dataset: Dataset) -> list[ClassRow]:
    """Return a row for each class, with pictures of train alone: test is for nobody to choose by."""
    of_class: defaultdict[int, list[RunPhoto]] = defaultdict(list)
    for photo in sorted(dataset.of("train"), key=_anyhow):
        of_class[photo.label].append(photo)
    number = max(1, len(dataset.labels))
    shown = min(_MOST_SAMPLES, max(_FEWEST_SAMPLES, _SAMPLES // number))
    averaged = min(300, max(20, _AVERAGED // number))
    columns = list(zip(*counts(dataset).values(), strict=True))
    found = []
    with Progress("picturing classes", len(columns), "classes") as progress:
        for label, column in enumerate(columns):
            mean, count = _mean(dataset, of_class[label][:averaged])
            tiles = _tiles(dataset, of_class[label][:shown], _SAMPLE_SIDE)
            found.append(ClassRow(dataset.labels[label], column, tiles, mean, count))
            progress.advance()
    return found


def findings(dataset: Dataset) -> list[Finding]:
    """Return which photos are the same or look it, the worst first; kinds that are not there are left out."""
    same = dataset.duplicates
    contradicting = same.contradicting
    pairs = [(one.first, one.second) for one in same.twins]
    looks_wrong = [pair for pair in pairs if pair[0].label != pair[1].label]
    agreeing = [group for group in same.copies if group not in contradicting]
    alike = [pair for pair in pairs if pair not in looks_wrong]
    kinds = (
        ("The same photo, other labels", "The same bytes; train does without them.", contradicting),
        ("Looks the same, other labels", "One of the labels may be wrong.", looks_wrong),
        (
            "The same photo in two splits",
            "The same bytes; train does without those that are held out elsewhere.",
            _apart(agreeing),
        ),
        (
            "Looks the same, in two splits",
            "Train does without those that are held out elsewhere.",
            _apart(alike),
        ),
        ("The same photo in one split", "The same bytes.", _together(agreeing)),
        ("Looks the same, in one split", "", _together(alike)),
    )
    return [_finding(dataset, title, said, groups) for title, said, groups in kinds if groups]


def _apart(groups: Sequence[tuple[RunPhoto, ...]]) -> list[tuple[RunPhoto, ...]]:
    return [group for group in groups if len({photo.split for photo in group}) > 1]


def _together(groups: Sequence[tuple[RunPhoto, ...]]) -> list[tuple[RunPhoto, ...]]:
    return [group for group in groups if len({photo.split for photo in group}) == 1]


def _finding(dataset: Dataset, title: str, said: str, groups: Sequence[tuple[RunPhoto, ...]]) -> Finding:
    shown = tuple(_tiles(dataset, group[:_MOST_ALIKE], _PAIR_SIDE) for group in groups[:_MOST_GROUPS])
    return Finding(title, said, len(groups), shown)


def _tiles(dataset: Dataset, photos: Sequence[RunPhoto], side: int) -> tuple[Tile, ...]:
    return tuple(
        Tile(
            report_pictures.thumbnail(dataset.root / photo.path, side),
            files.shown(photo.path),
            files.shown(dataset.named(photo)),
            photo.split,
        )
        for photo in photos
    )


def _mean(dataset: Dataset, photos: Sequence[RunPhoto]) -> tuple[str, int]:
    """Return the mean of photos squashed to a square, as a data address, and of how many it is."""
    total, count = np.zeros((_MEAN_SIDE, _MEAN_SIDE, 3), np.float64), 0
    for photo in photos:
        file = dataset.root / photo.path
        try:
            picture = pictures.decode(pictures.read(file), (_MEAN_SIDE, _MEAN_SIDE), path=file)
        except PictureError:  # it was there a moment ago
            continue
        total += np.asarray(picture.resize((_MEAN_SIDE, _MEAN_SIDE), Image.Resampling.BILINEAR))
        count += 1
    if not count:
        return "", 0
    return report_pictures.png(Image.fromarray((total / count).round().astype(np.uint8))), count


def _anyhow(photo: RunPhoto) -> str:
    return hashlib.sha256(photo.path.encode()).hexdigest()
