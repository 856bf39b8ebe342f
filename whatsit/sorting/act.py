"""Doing what was planned: each file looked at again, on record, then put where it goes."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.errors import SortError
from whatsit.sorting import companions, disk, journal, locks, names, room, settling
from whatsit.sorting.order import SORT, Cause, Mode, Outcome
from whatsit.sorting.plan import CHANGED, GONE
from whatsit.sorting.records import Begun, Deed, Started
from whatsit.sorting.running import Running, batches

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence
    from pathlib import Path

    from whatsit.sorting.order import Plan, Step

_DEEDS: Final = {
    Mode.COPY: Deed.COPY,
    Mode.MOVE: Deed.MOVE,
    Mode.LINK: Deed.LINK,
    Mode.SYMLINK: Deed.SYMLINK,
}
_PHOTO_STAYS: Final = "the photo that it belongs to stays"


def act(plan: Plan) -> Generator[Outcome, None, None]:
    """Do what was planned and yield what became of each file; closing the generator stops between two files.

    What changed since it was planned is left. Raises SortError when the run cannot be begun, with nothing
    touched, or cannot go on, with all that was done on record: sort again to go on, or undo it.
    """
    if plan.problems:
        raise SortError(plan.problems[0], hint="Nothing was touched.")
    order = plan.order
    settling.recover()
    if not plan.steps:
        return
    with locks.held(settling.folders(order)):
        started = Started(
            new_run(), now(), SORT, order.mode, order.roots, order.into, order.keep_folders, order.model,
            len(plan.steps),
        )  # fmt: skip
        with journal.create(started) as log:
            running = Running(log, _hint(log.run))
            acting = _Acting(running, order.mode, order.into, plan.device)
            yield from ended(running, acting.through(plan.steps))


def ended(running: Running, work: Iterator[Outcome]) -> Generator[Outcome, None, None]:
    """Yield what the work yields, and settle what it leaves in doubt however it ends.

    Raises SortError when all is done and the disk does not let it be settled.
    """
    whole = False
    try:
        yield from work
        whole = True
    finally:
        if not whole:
            with contextlib.suppress(SortError, OSError):  # then the next run or undo settles it
                settling.end(running.log, whole=False)
    try:
        settling.end(running.log, whole=True)
    except (SortError, OSError) as error:
        said = disk.said(error) if isinstance(error, OSError) else error.what.rstrip(".")
        raise SortError(
            f"every file was seen to, but the run could not be ended: {said}.",
            hint=running.hint,
            path=running.log.place,
        ) from error


def new_run() -> str:
    """Return a name that sorts by time and that no other run has."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}"


def now() -> str:
    """Return the time as text."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def _hint(run: str) -> str:
    return f"Nothing is lost: when that is mended, sort again to go on, or take it back: whatsit undo {run}"


@dataclass(slots=True)
class _Acting:
    running: Running
    mode: Mode
    into: Path
    device: int

    def through(self, steps: Sequence[Step]) -> Iterator[Outcome]:
        """Do the steps, parcel by parcel."""
        parcels = (list(some) for _, some in itertools.groupby(steps, key=lambda one: one.parcel))
        for batch in batches(parcels):
            self._require_disk()
            yield from self._batch(batch)
            self.running.settle_folders()

    def _require_disk(self) -> None:
        """Raise SortError when the destination's disk is not there any more: another lies below its path."""
        if room.device_below(self.into) != self.device:
            raise self.running.stopped(OSError(errno.ENODEV, ""), self.into)

    def _batch(self, parcels: list[list[Step]]) -> Iterator[Outcome]:
        begun: list[list[Begun]] = []
        for parcel in parcels:
            reason = self._why_not(parcel)
            if reason:
                yield from self._left(parcel, reason)
            else:
                begun.append([self._begin(step, target) for step, target in _free(parcel)])
        self.running.log.commit(itertools.chain.from_iterable(begun))
        for one in begun:
            yield from self._parcel(one)

    def _why_not(self, parcel: Sequence[Step]) -> str:
        """Return why a parcel cannot be touched; makes its folder."""
        for step in parcel:
            try:
                if disk.stamp(step.source) != step.stamp:
                    return CHANGED
            except FileNotFoundError:
                return GONE
            except OSError as error:
                return disk.said(error)
        return self._folder(parcel[0].target.parent)

    def _folder(self, folder: Path) -> str:
        try:
            self.running.folder(folder)
        except (FileExistsError, NotADirectoryError):
            return f"a file is where its folder is to be: {files.shown(folder)}"
        except OSError as error:
            self.running.stop_if_hopeless(error, folder)
            return disk.said(error)
        return ""

    def _begin(self, step: Step, target: Path) -> Begun:
        return Begun(
            step.number,
            step.parcel,
            _DEEDS[self.mode],
            step.source,
            target,
            step.stamp,
            step.stamp.mtime_ns,
        )

    def _parcel(self, begun: Sequence[Begun]) -> Iterator[Outcome]:
        """Do a photo, then what travels with it; where it stays, they stay."""
        first = self._one(begun[0])
        yield first
        for one in begun[1:]:
            yield self._one(one) if first.done else self._leave(one, _PHOTO_STAYS)

    def _one(self, begun: Begun) -> Outcome:
        taken = names.numbered(
            companions.stem(begun.target.name), [begun.target.name[len(companions.stem(begun.target.name)) :]]
        )
        while True:
            try:
                reason = self.running.do(begun)
            except FileExistsError:  # made by somebody else since we looked
                begun = self._again(begun, next(taken))
                continue
            return Outcome(self.running.log.run, begun.number, begun.source, begun.target, reason)

    def _again(self, begun: Begun, stem: str) -> Begun:
        ending = begun.target.name[len(companions.stem(begun.target.name)) :]
        target = begun.target.with_name(stem + ending)
        other = replace(begun, target=target)
        self.running.log.commit([other])
        return other

    def _leave(self, begun: Begun, reason: str) -> Outcome:
        self.running.leave(begun.number, begun.source, reason)
        return Outcome(self.running.log.run, begun.number, begun.source, begun.target, reason)

    def _left(self, parcel: Sequence[Step], reason: str) -> Iterator[Outcome]:
        for step in parcel:
            said = _PHOTO_STAYS if step.by is Cause.COMPANION else reason
            self.running.leave(step.number, step.source, said)
            yield Outcome(self.running.log.run, step.number, step.source, step.target, said)


def _free(parcel: Sequence[Step]) -> list[tuple[Step, Path]]:
    """Return each step with its target: as planned, or with the next number where a name was taken since."""
    stem = companions.stem(parcel[0].target.name)
    endings = [step.target.name[len(stem) :] for step in parcel]
    for one in itertools.chain([stem], names.numbered(stem, endings)):
        found = [step.target.with_name(one + ending) for step, ending in zip(parcel, endings, strict=True)]
        if not any(map(os.path.lexists, found)):
            return list(zip(parcel, found, strict=True))
    raise AssertionError  # the numbers have no end
