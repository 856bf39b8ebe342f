"""A folder of small photos with companions, its answers without a model, and what is in a folder by hash."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from whatsit import photos
from whatsit.decisions import Answer, Status
from whatsit.sorting import Order, Sortable, xmp

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

JPEG = b"\xff\xd8\xff\xe0"
ANSWERS = (
    Answer(Status.ANSWERED, label="cat"),
    Answer(Status.ANSWERED, label="dog"),
    Answer(Status.NOT_SURE),
    Answer(Status.NOT_SURE, group="dog"),
    Answer(Status.UNKNOWN),
)
Tree = dict[str, str]


@dataclass(frozen=True)
class Place:
    """A folder to sort, and where to."""

    source: Path
    into: Path

    def order(self, **asked: object) -> Order:
        return Order((self.source,), self.into, model="breeds", **asked)  # type: ignore[arg-type]


def fill(folder: Path, photos_wanted: int) -> None:
    """Write so many photos, each unlike every other, one in five with companions."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(photos_wanted):
        write(folder / f"IMG_{number:04}.jpg", number)
        if number % 5 == 1:
            (folder / f"IMG_{number:04}.xmp").write_bytes(xmp.made([f"number {number}"]))
            (folder / f"IMG_{number:04}.MOV").write_bytes(b"video %d" % number)


def write(path: Path, content: object, size: int = 300) -> Path:
    """Write what passes for a photo by its first bytes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(JPEG + f"{content} ".encode() * (size // 8))
    os.utime(path, ns=(1_500_000_000_000_000_000, 1_600_000_000_123_456_789 + len(path.name)))
    return path


def answered(
    folder: Path, labels: Mapping[str, str] | None = None, said: Mapping[str, str] | None = None
) -> list[Sortable]:
    """Return the entries of a folder with answers: labels by name, else of every kind in turn."""
    found: list[Sortable] = []
    for photo in photos.scan([folder]):
        answer = photo.settled or ANSWERS[len(found) % len(ANSWERS)]
        if labels is not None and not photo.settled:
            answer = Answer(Status.ANSWERED, label=labels.get(photo.name, "cat"))
        found.append(Sortable(photo, answer, (said or {}).get(photo.name, "")))
    return found


def tree(folder: Path) -> Tree:
    """Return the SHA-256 of every file below a folder by its path; of a link, where it leads to."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
