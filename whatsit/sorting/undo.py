"""Taking a sort run back, whole or cut off: what changed since is left, and named."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.errors import SortError, nearest
from whatsit.sorting import disk, history, journal, locks, settling
from whatsit.sorting.act import ended, now
from whatsit.sorting.deeds import before
from whatsit.sorting.history import State
from whatsit.sorting.order import Outcome
from whatsit.sorting.records import Begun, Deed, Undoing
from whatsit.sorting.running import Running, batches

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from whatsit.sorting.history import Standing

_CHANGED: Final = "it changed since it was sorted"
_GONE: Final = "it is gone"
_TAKEN: Final = "something else is where it was"
_NOT_KEPT: Final = "what was kept of it from before is gone"
_ONLY_ONE: Final = "the photo that it was made of is gone or changed: this may be the only one left"


def find(run: str) -> history.SortRun:
    """Return the run of that name.

    Raises SortError when there is none, with the nearest name, or its journal is damaged.
    """
    names = [one.id for one in history.runs()]
    if run not in names and not (journal.folder() / run / journal.FILE).exists():
        hint = nearest(run, names, "see: whatsit undo --list")
        raise SortError(f"there is no sort run {files.shown(run)!r};", hint=hint)
    return history.read(run).run


def latest() -> history.SortRun:
    """Return the latest run of which something stands.

    Raises SortError when there is none.
    """
    for run in history.runs():
        if run.state is not State.UNDONE:
            return run
    raise SortError("there is no sort run to undo.")


def undo(run: str) -> Generator[Outcome, None, None]:
    """Take a run back, the last file first, and yield what became of each; closing the generator stops it.

    Photos that were moved go back, sidecars are as before; copies and links are removed while the photo they
    were made of is there, unchanged. Raises SortError when there is no such run, it is undone already,
    another run is at work there or the disk does not let it go on: then undo it again.
    """
    found = history.read(run)
    with locks.held(settling.folders(found.started.order)):
        try:
            settling.settle_run(run)
        except OSError as error:
            raise SortError(
                f"its disk does not answer: {disk.said(error)}.", path=found.started.into
            ) from error
        found = history.read(run)
        if found.run.state is State.UNDONE:
            raise SortError(f"the sort run {files.shown(run)} is undone already.")
        with journal.go_on(run) as log:
            log.commit([Undoing(now())])
            running = Running(log, f"Nothing is lost: when that is mended, go on: whatsit undo {run}")
            yield from ended(running, _Undoing(running).through(found))


@dataclass(slots=True)
class _Undoing:
    running: Running

    def through(self, found: history.History) -> Iterator[Outcome]:
        """Take back every file that stands; the folders that were made for them go at the end of the run."""
        for batch in batches(reversed(found.standing)):
            yield from self._batch(batch)
            self.running.settle_folders()

    def _batch(self, batch: Sequence[Standing]) -> Iterator[Outcome]:
        begun = []
        for one in batch:
            reason = self._why_not(one)
            if reason:
                yield self._left(one, reason)
            else:
                begun.append(_back(one, self.running.log.place))
        self.running.log.commit(begun)
        for back in begun:
            yield self._one(back)

    def _one(self, begun: Begun) -> Outcome:
        try:
            reason = self.running.do(begun)
        except FileExistsError:
            reason = _TAKEN
            self.running.leave(begun.number, begun.source, reason)
        there = begun.source if begun.deed is Deed.MOVE else begun.target
        return Outcome(self.running.log.run, begun.number, there, begun.target, reason)

    def _left(self, one: Standing, reason: str) -> Outcome:
        self.running.leave(one.begun.number, one.target, reason)
        return Outcome(self.running.log.run, one.begun.number, one.target, one.source, reason)

    def _why_not(self, one: Standing) -> str:
        try:
            match one.begun.deed:
                case Deed.MOVE:
                    return self._why_not_moved(one)
                case Deed.WRITE | Deed.REPLACE:
                    return self._why_not_restored(one)
                case _:
                    return _why_not_removed(one)
        except FileNotFoundError:
            return _GONE
        except OSError as error:
            return disk.said(error)

    def _why_not_moved(self, one: Standing) -> str:
        if disk.stamp(one.target) != one.stamp:
            return _CHANGED
        if os.path.lexists(one.source):
            return _TAKEN
        self.running.folder(one.source.parent)
        return ""

    def _why_not_restored(self, one: Standing) -> str:
        if disk.stamp(one.target) != one.stamp or disk.sha256(one.target) != one.sha256:
            return _CHANGED
        kept = before(self.running.log.place, one.begun.number)
        return _NOT_KEPT if one.begun.deed is Deed.REPLACE and not kept.is_file() else ""


def _why_not_removed(one: Standing) -> str:
    """Return why what was made cannot be removed: it must be as it was made, and its photo must be there."""
    begun = one.begun
    match begun.deed:
        case Deed.SYMLINK:
            begun.target.lstat()
            return "" if settling.leads_to(begun.target, begun.source) else _CHANGED
        case Deed.LINK:
            begun.target.lstat()
            if settling.is_same(begun.source, begun.target):
                return ""
            return _CHANGED if os.path.lexists(begun.source) else _ONLY_ONE
        case _:
            if disk.stamp(begun.target) != one.stamp or disk.sha256(begun.target) != one.sha256:
                return _CHANGED
            return "" if _is_original(begun.source, one) else _ONLY_ONE


def _is_original(path: Path, one: Standing) -> bool:
    return settling.stamp_if(path, one.begun.stamp) is not None or settling.has_bytes(path, one.sha256)


def _back(one: Standing, place: Path) -> Begun:
    begun = one.begun
    if begun.deed is Deed.REPLACE:
        return replace(
            begun,
            deed=Deed.RESTORE,
            source=before(place, begun.number),
            stamp=one.stamp,
            mtime_ns=begun.stamp.mtime_ns,
        )
    if begun.deed is Deed.MOVE:
        return replace(begun, source=begun.target, target=begun.source, stamp=one.stamp)
    return replace(begun, deed=Deed.REMOVE, stamp=one.stamp)
