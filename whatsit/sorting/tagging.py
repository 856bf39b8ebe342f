"""Answers as keywords in sidecars, for people whose photos must not move; undone like a sort run."""

from __future__ import annotations

import contextlib
import shutil
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whatsit.decisions import Status
from whatsit.errors import SortError
from whatsit.sorting import companions, disk, journal, locks, settling, xmp
from whatsit.sorting.act import ended, new_run, now
from whatsit.sorting.deeds import before, content
from whatsit.sorting.folders import UNKNOWN
from whatsit.sorting.order import TAG, Left, Order, Outcome, Stamp
from whatsit.sorting.plan import mains_of
from whatsit.sorting.records import Begun, Deed, Started
from whatsit.sorting.running import Running, batches

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator, Sequence

    from whatsit.decisions import Answer
    from whatsit.sorting.order import Sortable

CHANGED: Final = "the sidecar changed since it was looked at"
_SIDECAR: Final = ".xmp"
_HAS_THEM: Final = "its sidecar has these keywords already"
_NO_WORD: Final = {
    Status.NOT_SURE: "not sure, so that there is no keyword",
    Status.UNKNOWN: "unknown, so that there is no keyword",
}
_NONE_IS_RIGHT: Final = "a person says that no label is right"
_MADE_SINCE: Final = "a sidecar was made since it was looked for"


@dataclass(frozen=True, slots=True)
class Tag:
    """A photo's sidecar and its keywords, the widest first; `stamp` is the sidecar's, where there is one."""

    number: int
    photo: Path
    sidecar: Path
    way: tuple[str, ...]
    stamp: Stamp | None
    by_person: bool


@dataclass(frozen=True)
class TagPlan:
    """What a tag run is about to do; every entry found has a tag or is in one of the last three."""

    folder: Path
    model: str
    found: int
    tags: tuple[Tag, ...]
    left: tuple[Left, ...]
    in_place: tuple[Left, ...]
    sidecars: tuple[Left, ...] = ()

    @cached_property
    def ways(self) -> dict[tuple[str, ...], int]:
        """How many photos get each keyword, with what it is a kind of."""
        return dict(sorted(Counter(one.way for one in self.tags).items()))

    @cached_property
    def by_person(self) -> tuple[Tag, ...]:
        """The photos that get a person's word."""
        return tuple(one for one in self.tags if one.by_person)


def plan(items: Sequence[Sortable], folder: Path, model: str) -> TagPlan:
    """Return what a tag run would do; nothing is touched."""
    drawing, mains = _Drawing(), mains_of(items)
    for item in items:
        path = item.photo.path
        drawing.add(item, mains.get((path.parent, companions.stem(path.name)), []))
    sidecars = tuple(one for one in drawing.left if one.path in drawing.taken)
    left = tuple(one for one in drawing.left if one.path not in drawing.taken)
    return TagPlan(folder, model, len(items), tuple(drawing.tags), left, tuple(drawing.in_place), sidecars)


def words_of(item: Sortable) -> tuple[str, ...]:
    """Return the keywords of a photo, the widest first; none where nothing is known of it."""
    if item.person_label:
        return () if item.person_label == UNKNOWN else (item.person_label,)
    found: list[str] = []
    answer: Answer | None = item.answer
    while answer is not None:
        said = [answer.group] if answer.status in (Status.ANSWERED, Status.NOT_SURE) else []
        said += [answer.label] if answer.status is Status.ANSWERED else []
        found += [word for word in said if word and word not in found]
        answer = answer.then.answer if answer.then else None
    return tuple(found)


@dataclass(slots=True)
class _Drawing:
    tags: list[Tag] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    in_place: list[Left] = field(default_factory=list)
    beside: companions.Folders = field(default_factory=companions.Folders)
    taken: dict[Path, str] = field(default_factory=lambda: defaultdict(str))

    def add(self, item: Sortable, mains: list[Path]) -> None:
        """Plan one item."""
        photo, way = item.photo, words_of(item)
        sidecar = self._sidecar(photo.path, mains)
        if not way:
            status = item.answer.status
            reason = item.answer.reason if status in (Status.FAILED, Status.SKIPPED) else _NO_WORD.get(status)
            reason = _NONE_IS_RIGHT if item.person_label else reason or ""
        elif sidecar in self.taken:
            reason = f"its sidecar is that of {self.taken[sidecar]}"
        else:
            self._tag(item, sidecar, way)
            return
        self.left.append(Left(photo.path, photo.name, reason))

    def _tag(self, item: Sortable, sidecar: Path, way: tuple[str, ...]) -> None:
        photo = item.photo
        self.taken[sidecar] = photo.name
        try:
            stamp = disk.stamp(sidecar) if sidecar.exists() else None
            has_them = stamp is not None and (data := _read(sidecar)) == xmp.added(data, way)
        except (SortError, OSError) as error:
            said = disk.said(error) if isinstance(error, OSError) else error.what
            self.left.append(Left(photo.path, photo.name, f"its sidecar {sidecar.name} stays: {said}"))
            return
        if has_them:
            self.in_place.append(Left(photo.path, photo.name, _HAS_THEM))
        else:
            number = len(self.tags)
            self.tags.append(Tag(number, photo.path, sidecar, way, stamp, bool(item.person_label)))

    def _sidecar(self, photo: Path, mains: list[Path]) -> Path:
        """Return a photo's sidecar, or where other programs look for one."""
        beside = self.beside.parcel(photo, mains).companions
        there = [one for one in beside if one.suffix.lower() == _SIDECAR]
        if there:
            return max(there, key=lambda one: len(one.name))  # IMG_1.JPG.xmp is the photo's own
        return photo.with_suffix(_SIDECAR) if companions.is_raw(photo) else Path(f"{photo}{_SIDECAR}")


def act(plan: TagPlan) -> Generator[Outcome, None, None]:
    """Write the keywords and yield what became of each sidecar; closing the generator stops between two.

    Raises SortError when the run cannot be begun or cannot go on, with all that was done on record.
    """
    settling.recover()
    if not plan.tags:
        return
    order = Order((plan.folder,), plan.folder, model=plan.model)
    with locks.held(settling.folders(order)):
        started = Started(
            new_run(), now(), TAG, order.mode, order.roots, order.into, order.keep_folders, order.model,
            len(plan.tags),
        )  # fmt: skip
        with journal.create(started) as log:
            hint = f"Nothing is lost: when that is mended, tag again to go on, or: whatsit undo {log.run}"
            running = Running(log, hint)
            yield from ended(running, _Tagging(running).through(plan.tags))


@dataclass(slots=True)
class _Tagging:
    running: Running

    def through(self, tags: Sequence[Tag]) -> Iterator[Outcome]:
        for batch in batches(tags):
            begun = []
            for tag in batch:
                try:
                    begun.append(self._begin(tag))
                except (SortError, OSError) as error:
                    yield self._left(tag, error)
            self._sync_kept()
            self.running.log.commit(begun)
            for one in begun:
                yield self._one(one)
            self.running.settle_folders()

    def _sync_kept(self) -> None:
        """Wait until what is kept of the sidecars that are to be replaced is on the disk."""
        place = self.running.log.place
        try:
            disk.sync_folder(place)
        except OSError as error:
            raise self.running.stopped(error, place) from error

    def _begin(self, tag: Tag) -> Begun:
        """Keep the sidecar as it is, and put what it is to be beside that."""
        place = self.running.log.place
        source = content(place, tag.number)
        if tag.stamp is None:
            data, deed = xmp.made(tag.way), Deed.WRITE
        else:
            if disk.stamp(tag.sidecar) != tag.stamp:
                raise SortError(CHANGED)
            data, deed = xmp.added(_read(tag.sidecar), tag.way), Deed.REPLACE
            disk.copy(tag.sidecar, before(place, tag.number), tag.stamp.mtime_ns)
        with disk.create(source) as writing:
            disk.write_block(writing, data)
        if tag.stamp is not None:
            shutil.copymode(tag.sidecar, source)
        stamp = tag.stamp or disk.stamp(source)
        return Begun(tag.number, tag.number, deed, source, tag.sidecar, stamp, disk.stamp(source).mtime_ns)

    def _one(self, begun: Begun) -> Outcome:
        try:
            reason = self.running.do(begun)
            with contextlib.suppress(OSError):  # it is only in the way
                disk.remove(begun.source)
        except FileExistsError:
            reason = _MADE_SINCE
            self.running.leave(begun.number, begun.target, reason)
        return Outcome(self.running.log.run, begun.number, begun.target, begun.target, reason)

    def _left(self, tag: Tag, error: Exception) -> Outcome:
        if isinstance(error, OSError):
            self.running.stop_if_hopeless(error, tag.sidecar)
        reason = disk.said(error) if isinstance(error, OSError) else str(error)
        self.running.leave(tag.number, tag.sidecar, reason)
        return Outcome(self.running.log.run, tag.number, tag.sidecar, tag.sidecar, reason)


def _read(sidecar: Path) -> bytes:
    with sidecar.open("rb") as file:
        return file.read(xmp.MOST_BYTES + 1)
