"""What a person asks of a sort run, and what is planned for each file before anything is touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.decisions import Answer
    from whatsit.photos import Photo


SORT: Final = "sort"  # what a run can be for
TAG: Final = "tag"


class Mode(StrEnum):
    """How a photo gets into its folder."""

    COPY = "copy"
    MOVE = "move"
    LINK = "hard link"
    SYMLINK = "symbolic link"


class Cause(StrEnum):
    """Why a file goes where it goes: the model's answer, a person's word, or the photo it belongs to."""

    ANSWER = "answer"
    PERSON = "person"
    COMPANION = "companion"


@dataclass(frozen=True, slots=True)
class Sortable:
    """A photo with its answer and, where a person gave one, the person's label."""

    photo: Photo
    answer: Answer
    person_label: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """Sort the photos below `roots` into folders below `into`.

    With `keep_folders` a photo's own sub-folders are kept below its label's. `model` gave the answers.
    """

    roots: tuple[Path, ...]
    into: Path
    mode: Mode = Mode.COPY
    keep_folders: bool = False
    model: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """How a file is known to be unchanged: its size in bytes and its time in nanoseconds."""

    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Step:
    """One file on its way; those of one `parcel` belong together and share a name but for its ending."""

    number: int
    parcel: int
    source: Path
    target: Path
    stamp: Stamp
    by: Cause

    @property
    def renamed(self) -> bool:
        """Whether the file gets another name, because its own is taken or cannot be had there."""
        return self.source.name != self.target.name


@dataclass(frozen=True, slots=True)
class Left:
    """A file that is not touched, by the name it is shown by, and why."""

    path: Path
    name: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """What a sort run is about to do; nothing has been touched yet.

    Every entry found is a photo with a step of its own, a companion of one, `in_place`, or `left`.
    `problems` say why the run as a whole cannot be done; then nothing of it is.
    """

    order: Order
    found: int
    steps: tuple[Step, ...]
    left: tuple[Left, ...]
    in_place: tuple[Left, ...]
    bytes_needed: int
    bytes_free: int
    problems: tuple[str, ...]
    device: int  # the number of the destination's disk

    @cached_property
    def photos(self) -> tuple[Step, ...]:
        """The steps of photos, without those of what travels with them."""
        return tuple(step for step in self.steps if step.by is not Cause.COMPANION)

    @cached_property
    def companions(self) -> tuple[Step, ...]:
        """The steps of files that travel with a photo: sidecars, live videos, raw files beside a JPEG."""
        return tuple(step for step in self.steps if step.by is Cause.COMPANION)

    @cached_property
    def by_person(self) -> tuple[Step, ...]:
        """The photos that go by a person's word."""
        return tuple(step for step in self.steps if step.by is Cause.PERSON)

    @cached_property
    def renamed(self) -> tuple[Step, ...]:
        """The files that get another name."""
        return tuple(step for step in self.steps if step.renamed)

    @cached_property
    def folders(self) -> dict[Path, int]:
        """How many photos go into each folder, by its path below the destination."""
        counts = Counter(step.target.parent.relative_to(self.order.into) for step in self.photos)
        return dict(sorted(counts.items(), key=lambda one: (one[0].parts[0].startswith("_"), one[0])))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file of a sort run or of its undoing: done, or left for a reason."""

    run: str
    number: int
    source: Path
    target: Path
    reason: str = ""

    @property
    def done(self) -> bool:
        """Whether the file is where it was to go."""
        return not self.reason
