"""A row of the honesty table: which pictures, what a bundle's file says of them, and when that is worse."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from whatsit import batch, labelled, photos
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whatsit.bundle import Bundle
    from whatsit.decisions import Answer
    from whatsit.manifest import VariantName
    from whatsit.photos import Photo

Told: TypeAlias = dict[str, int]  # how many pictures there are, and how many of them were told what
_LABELLED = ("photos", "right", "wrong", "not_sure", "unknown", "failed")
_NOT_NOTED = ("photos", "answered", "not_sure", "unknown", "failed")


@dataclass(frozen=True, slots=True)
class Row:
    """Pictures: labelled where `split` is given, known but unlabelled where `known` says so, else unknown."""

    name: str
    folder: str
    split: str = ""
    known: bool = False


def told_of(bundle: Bundle, variant: VariantName, row: Row) -> Told:
    """Return how many of a row's pictures there are, and how many are told what.

    Raises DataError where there is none.
    """
    chosen, truth = _photos(bundle, row)
    if not chosen:
        raise DataError(f"{row.name}: this folder holds no picture.", path=Path(row.folder))
    told = dict.fromkeys(_NOT_NOTED if row.known else _LABELLED, 0) | {"photos": len(chosen)}
    found = batch.classify(chosen, Classifier.open(bundle, "cpu", variant))
    for one, right in zip(found, truth, strict=True):
        told[_word(one.answer, right)] += 1
    return told


def is_worse(now: Told, old: Told) -> bool:
    """Return whether a row got worse, or is no more of the same pictures or kind.

    Worse is fewer right, or more wrong or failed. Where nobody noted the labels of known pictures it is
    fewer answered, or more unknown or failed: whether an answer is right cannot be told, but a picture that
    is known is to get one, and to be called unknown is a mistake.
    """
    known = "answered" in old
    fewer, more = ("answered", "unknown") if known else ("right", "wrong")
    if now.keys() != old.keys() or now["photos"] != old["photos"]:
        return True
    return now[fewer] < old[fewer] or now[more] > old[more] or now["failed"] > old["failed"]


def cells(told: Told) -> list[str]:
    """Return what the table shows below right, wrong, not sure and unknown."""
    part = {key: f"{number:,} ({number / told['photos']:.1%})" for key, number in told.items()}
    judged = [f"{part['answered']} answered", "–"] if "answered" in told else [part["right"], part["wrong"]]
    return [*judged, part["not_sure"], part["unknown"]]


def _photos(bundle: Bundle, row: Row) -> tuple[Sequence[Photo], Iterable[str | None]]:
    """Return photos with the label of each: none where nobody noted it, an empty one where none is right."""
    if not row.split:
        chosen = [one for one in photos.scan([Path(row.folder)]) if one.settled is None]
        return chosen, [None if row.known else ""] * len(chosen)
    names = [label.name for label in bundle.manifest.labels]
    known = labelled.read(Path(row.folder), row.split, names)
    return [one.photo for one in known], [names[one.label] for one in known]


def _word(answer: Answer, right: str | None) -> str:
    if answer.status is Status.ANSWERED:
        if right is None:
            return "answered"
        return "right" if answer.label == right else "wrong"
    return answer.status.value if answer.status in (Status.NOT_SURE, Status.UNKNOWN) else "failed"
