"""What a run's journal says: what stands, what is in doubt, what was undone; and which runs there are."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from whatsit.errors import SortError
from whatsit.sorting import journal
from whatsit.sorting.records import Begun, Copied, Done, Ended, Made, NotDone, Started, Undoing

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.sorting.order import Order, Stamp
    from whatsit.sorting.records import JournalRecord


class State(StrEnum):
    """How far a run is."""

    DONE = "done"
    CUT_OFF = "cut off"  # by a crash, a person or a full disk
    UNDONE = "undone"
    PARTLY_UNDONE = "partly undone"


@dataclass(frozen=True, slots=True)
class Standing:
    """A file that a run made or moved, as it was then; `begun.stamp` is its source's."""

    begun: Begun
    stamp: Stamp
    sha256: str = ""

    @property
    def source(self) -> Path:
        """Where it came from."""
        return self.begun.source

    @property
    def target(self) -> Path:
        """Where it is."""
        return self.begun.target


@dataclass(frozen=True, slots=True)
class SortRun:
    """One sort run, as a list of them shows it; `files` of it stand where it put them."""

    id: str
    time: str
    task: str
    order: Order
    state: State
    files: int


@dataclass(slots=True)
class History:
    """All that a journal says, record by record."""

    started: Started
    folders: list[Path] = field(default_factory=list)
    left: list[NotDone] = field(default_factory=list)
    undoing: bool = False
    open: bool = True  # nobody has written the end of the latest phase
    whole: bool = False
    _standing: dict[int, Standing] = field(default_factory=dict)
    _begun: dict[int, Begun] = field(default_factory=dict)
    _copied: dict[int, Copied] = field(default_factory=dict)
    _behind: dict[int, Begun] = field(default_factory=dict)

    @property
    def standing(self) -> list[Standing]:
        """What the run made or moved and nobody has undone, in that order."""
        return list(self._standing.values())

    @property
    def in_doubt(self) -> list[tuple[Begun, Copied | None]]:
        """What was begun and is not known to be done, with its copy where there is a whole one."""
        return [(one, self._copied.get(one.number)) for one in self._begun.values()]

    @property
    def stragglers(self) -> list[tuple[Begun, Standing]]:
        """What was to travel with a photo that stands and was left behind, with that photo."""
        photos = self._standing
        return [(one, photos[one.parcel]) for one in self._behind.values() if one.parcel in photos]

    @property
    def run(self) -> SortRun:
        """The run, as a list shows it."""
        started = self.started
        return SortRun(
            started.id, started.time, started.task, started.order, self._state(), len(self._standing)
        )

    def _state(self) -> State:
        whole = self.whole and not self.open
        if self.undoing:
            return State.UNDONE if whole and not self._standing else State.PARTLY_UNDONE
        return State.DONE if whole else State.CUT_OFF

    def add(self, record: JournalRecord) -> None:
        """Take in the next record."""
        match record:
            case Made():
                self.folders.append(record.folder)
            case Begun():
                self._begun[record.number] = record
                self._copied.pop(record.number, None)
                self.open = True
            case Copied():
                self._copied[record.number] = record
            case Done():
                self._done(record)
            case NotDone():
                self._not_done(self._begun.pop(record.number, None))
                self.left.append(record)
            case Undoing():
                self.undoing = self.open = True
                self.whole = False
                self.left.clear()
            case Ended():
                for begun in self._begun.values():
                    self._not_done(begun)
                self._begun.clear()
                self.open, self.whole = False, record.whole
            case Started():
                pass

    def _done(self, record: Done) -> None:
        begun = self._begun.pop(record.number)
        copied = self._copied.pop(record.number, None)
        if self.undoing:
            self._standing.pop(record.number, None)
        else:
            self._standing[record.number] = Standing(begun, record.stamp, copied.sha256 if copied else "")

    def _not_done(self, begun: Begun | None) -> None:
        if begun is not None and not self.undoing and begun.number != begun.parcel:
            self._behind[begun.number] = begun


def read(run: str) -> History:
    """Return what a run's journal says.

    Raises SortError when there is no such run or its journal is damaged.
    """
    started, *rest = journal.read(run)
    if not isinstance(started, Started):
        raise SortError("the journal of this sort run is damaged.", path=journal.folder() / run)
    found = History(started)
    for record in rest:
        found.add(record)
    return found


def runs() -> list[SortRun]:
    """Return all runs that can be read, the latest first."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for place in sorted(journal.folder().iterdir(), reverse=True):
            with contextlib.suppress(SortError):  # it is being made, or damaged: to undo it says so
                found.append(read(place.name).run)
    return found
