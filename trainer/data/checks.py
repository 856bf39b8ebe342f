"""What labelled photos must be before a training begins, and words for what was left out of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rich.console import Console

from trainer.data.duplicates import MOST_PAIRS
from whatsit import files
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from trainer.data.datasets import Dataset
    from whatsit.errors import PictureError
    from whatsit.run import Split

_LEAST_CLASSES: Final = 2
_LEAST_A_SPLIT: Final[Mapping[Split, int]] = {"train": 2, "tune": 1, "calibrate": 1}
_NAMED: Final = 3


def check(dataset: Dataset, folder: Path) -> None:
    """Raise DataError when there are too few classes, or too few photos of one in a split."""
    said = lacking(dataset)
    if said:
        why = "".join(f"\n  {line}" for line in told(dataset))
        raise DataError(said[0], hint=said[1] + why, path=folder)


def lacking(dataset: Dataset) -> list[str]:
    """Return what is too little to train, and what to do, in two lines; none where there is enough."""
    if len(dataset.labels) < _LEAST_CLASSES:
        only = "".join(f": {files.shown(label)!r}" for label in dataset.labels)
        count = "1 class was" if dataset.labels else "no classes were"
        return [
            f"{count} found{only}; two or more are needed.",
            "Put each class into a sub-folder of its own name, or give a table with a row a photo.",
        ]
    counts = Counter((photo.label, photo.split) for photo in dataset.photos)
    few = [said for number in range(len(dataset.labels)) if (said := _few(dataset, number, counts))]
    if not few:
        return []
    more = f", and {len(few) - 1:,} more lack photos" if len(few) > 1 else ""
    return [
        f"{few[0]}{more}.",
        "Add photos (5 or more a class), take the class away, or give a split.csv.",
    ]


def say(dataset: Dataset) -> None:
    """Print on standard error what was left out, and why."""
    console = Console(stderr=True, soft_wrap=True, highlight=False)
    for line in told(dataset):
        console.print(line, markup=False)


def nothing(unreadable: Sequence[PictureError], folder: Path) -> DataError:
    """Return what to raise when not one photo was read."""
    if unreadable:
        return DataError(
            f"none of {len(unreadable):,} photos can be read; the first: {unreadable[0]}.", path=folder
        )
    return DataError("there are no labelled photos here.", path=folder)


def told(dataset: Dataset) -> list[str]:
    """Return a line for each reason why something was left out, with how many and the first few by name.

    What is wrong with photos that stay has a line too: labels that contradict, groups torn apart.
    """
    of_reason = defaultdict[str, list[str]](list)
    for error in dataset.unreadable:
        of_reason[error.what].append(_named(error, dataset.root))
    for stray in dataset.strays:
        of_reason[stray.reason].append(files.shown(stray.path))
    for one in dataset.left_out:
        of_reason[one.reason].append(f"{one.photo.path} (like {one.like})")
    lines = [f"left out, {reason}: {_some(paths)}" for reason, paths in of_reason.items()]
    return [*lines, *_contradicting(dataset), *_torn_groups(dataset), *_unsearched(dataset)]


def _few(dataset: Dataset, number: int, counts: Counter[tuple[int, Split]]) -> str:
    """Return what a class lacks, nothing where it has enough."""
    label = files.shown(dataset.labels[number])
    total = sum(counts[number, split] for split in ("train", "tune", "calibrate", "test"))
    if total <= 1:
        return f"class {label!r} has {'1 photo' if total else 'no photos'}"
    for split, least in _LEAST_A_SPLIT.items():
        count = counts[number, split]
        if count < least:
            photos = "photo" if count == 1 else "photos"
            return f"class {label!r} has {count} {photos} in split {split!r}; {least} or more are needed"
    return ""


def _contradicting(dataset: Dataset) -> list[str]:
    """Return a line on photos that are there twice with two labels, neither of train, which does without."""
    named = []
    for group in dataset.duplicates.contradicting:
        of_label = {photo.label: photo for photo in group if photo.split != "train"}
        if len(of_label) > 1:
            named.append(" = ".join(f"{files.shown(one.path)} in {one.split}" for one in of_label.values()))
    said = "held out, the same photo with two labels (no answer to both is right; leave one of them)"
    return [f"{said}: {_some(named)}"] if named else []


def _unsearched(dataset: Dataset) -> list[str]:
    """Return a line on photos that were not looked at for others like them."""
    count = dataset.duplicates.unsearched
    said = (
        f"the search for photos that look the same ended at {MOST_PAIRS:,} pairs: {count:,} were not compared"
    )
    return [f"{said} with each other. Keep those of one thing together with data.group."] if count else []


def _torn_groups(dataset: Dataset) -> list[str]:
    """Return a line on groups that a given split has torn apart."""
    splits = defaultdict[str, set[str]](set)
    for photo in dataset.photos:
        if photo.group:
            splits[photo.group].add(photo.split)
    torn = sorted(group for group, held in splits.items() if len(held) > 1)
    return [f"the split given tears groups apart: {_some(torn)}"] if torn else []


def _named(error: PictureError, root: Path) -> str:
    path = error.path
    return files.shown(path.relative_to(root) if path and path.is_relative_to(root) else path or "")


def _some(names: Sequence[str]) -> str:
    more = ", …" if len(names) > _NAMED else ""
    return f"{len(names):,}: {', '.join(names[:_NAMED])}{more}"
