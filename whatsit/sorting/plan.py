"""From answers to steps: which folder, which name, what travels along, and what is not touched."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit import files
from whatsit.decisions import Status
from whatsit.sorting import companions, disk, folders, targets
from whatsit.sorting import room as rooms
from whatsit.sorting.deeds import TEMPORARY
from whatsit.sorting.earlier import Earlier
from whatsit.sorting.order import Cause, Left, Mode, Plan, Stamp, Step
from whatsit.sorting.targets import Taken

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from whatsit.photos import Photo
    from whatsit.sorting.companions import Parcel
    from whatsit.sorting.order import Order, Sortable

_IN_DESTINATION = "it lies in the destination already"
_IN_PLACE = "it is in its folder already"
_BESIDE = "the photo beside it stays"
_LINKED = "it is reached by a link; only photos themselves are moved"
_NOT_WHOLE = "a copy that is not whole, of a sort run that was cut off"
CHANGED = "it changed since it was answered"
GONE = "it is gone"


def plan(items: Sequence[Sortable], order: Order, advance: Callable[[], None] = lambda: None) -> Plan:
    """Return what a sort run would do; nothing is touched. `advance` is called after each of the items.

    Raises SortError when an earlier run's journal cannot be read.
    """
    drawing = _Drawing(order, folders.of_labels(items), Earlier.of(order))
    mains = mains_of(items)
    for item in items:
        drawing.add(item, mains)
        advance()
    return drawing.finish(len(items))


@dataclass(frozen=True, slots=True)
class _Way:
    folder: Path  # below the destination
    by: Cause


def mains_of(items: Sequence[Sortable]) -> dict[tuple[Path, str], list[Path]]:
    """Return the photos that go by an answer of their own, by folder and stem.

    A raw file beside another photo goes with it, and so does one that failed beside a photo that did not.
    """
    found: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for item in items:
        if _is_sorted(item):
            path = item.photo.path
            found[path.parent, companions.stem(path.name)].append(path)
    return {place: _without_raw(paths) for place, paths in found.items()}


def _is_sorted(item: Sortable) -> bool:
    if item.photo.path.name.startswith(TEMPORARY):
        return False
    return bool(item.person_label) or item.answer.status not in (Status.FAILED, Status.SKIPPED)


def _without_raw(paths: list[Path]) -> list[Path]:
    return [path for path in paths if not companions.is_raw(path)] or paths


@dataclass(slots=True)
class _Drawing:
    """A plan in the making."""

    order: Order
    labels: dict[str, str]
    earlier: Earlier
    steps: list[Step] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    in_place: list[Left] = field(default_factory=list)
    waiting: dict[Path, Left] = field(default_factory=dict)  # left, unless they travel with a photo
    staying: set[Path] = field(default_factory=set)  # beside photos that stay
    beside: companions.Folders = field(default_factory=companions.Folders)
    taken: Taken = field(init=False)
    room: rooms.Room = field(init=False)
    into: Path = field(init=False)
    roots: list[Path] = field(init=False)

    def __post_init__(self) -> None:
        self.room = rooms.room(self.order.into)
        self.taken = Taken(self.room)
        self.into = Path(os.path.realpath(self.order.into))
        self.roots = [Path(os.path.realpath(root)) for root in self.order.roots]

    def add(self, item: Sortable, mains: dict[tuple[Path, str], list[Path]]) -> None:
        """Plan one item."""
        path = item.photo.path
        own = mains.get((path.parent, companions.stem(path.name)), [])
        if (place := self.earlier.place_of(path)) and not item.person_label:
            self._add_straggler(item.photo, place)
        elif not _is_sorted(item):
            reason = item.answer.reason or _NOT_WHOLE
            self.waiting[path] = Left(path, item.photo.name, reason)
        elif path not in own:  # a raw file: it travels with the photo beside it
            self.waiting[path] = Left(path, item.photo.name, _BESIDE)
        elif way := self._way(item):
            self._add_parcel(item.photo, way, own)
        else:
            self.staying.update(self.beside.parcel(path, own).companions)

    def _way(self, item: Sortable) -> _Way | None:
        """Return the item's folder; None where it stays, which is noted."""
        folder = self.order.into.joinpath(*folders.of_item(item, self.order.model, self.labels))
        place = Path(os.path.realpath(item.photo.path.parent))
        top = self.into / folder.relative_to(self.order.into)
        if place == top or place.is_relative_to(top):
            self._stay(item, _IN_PLACE)
        elif place.is_relative_to(self.into) and not self._is_in_place(place):
            self._stay(item, _IN_DESTINATION)
        elif self.order.mode is Mode.MOVE and self._is_linked(item.photo, place):
            self.left.append(Left(item.photo.path, item.photo.name, _LINKED))
        elif done := self.earlier.target_of(item.photo, top):
            self._stay(
                item,
                f"{files.shown(done.relative_to(self.into))} was made of it by {self.earlier.run_of(done)}",
            )
        else:
            by = Cause.PERSON if item.person_label else Cause.ANSWER
            return _Way(folder / self._kept(item.photo), by)
        return None

    def _kept(self, photo: Photo) -> Path:
        if not self.order.keep_folders:
            return Path()
        depth = photo.name.count("/")
        own = photo.path.parts[len(photo.path.parts) - 1 - depth : -1]
        return Path(*(self.taken.legal(one) for one in own))

    def _is_in_place(self, place: Path) -> bool:
        """Whether the folder to sort is the destination or lies in it: then its photos are to be sorted."""
        return any(root.is_relative_to(self.into) and place.is_relative_to(root) for root in self.roots)

    def _is_linked(self, photo: Photo, place: Path) -> bool:
        return photo.path.is_symlink() or not any(
            place.is_relative_to(root) or place == root.parent for root in self.roots
        )

    def _stay(self, item: Sortable, reason: str) -> None:
        self.in_place.append(Left(item.photo.path, item.photo.name, reason))

    def _add_parcel(self, photo: Photo, way: _Way, mains: list[Path]) -> None:
        parcel = self.beside.parcel(photo.path, mains)
        try:
            stamps = {path: disk.stamp(self._source(path)) for path in (parcel.photo, *parcel.companions)}
        except OSError as error:
            reason = GONE if isinstance(error, FileNotFoundError) else disk.said(error)
            self.left.append(Left(photo.path, photo.name, reason))
            return
        if (photo.size, photo.mtime_ns) != (stamps[photo.path].size, stamps[photo.path].mtime_ns):
            self.left.append(Left(photo.path, photo.name, CHANGED))
        elif self.order.mode is Mode.LINK and disk.device(self._source(photo.path)) != self.room.device:
            self.left.append(Left(photo.path, photo.name, "hard links cannot lead to another disk"))
        else:
            self._add_steps(parcel, photo.name, way, stamps)

    def _add_straggler(self, photo: Photo, target: Path) -> None:
        """Plan a file that an earlier run could not put beside its photo."""
        try:
            stamp = disk.stamp(self._source(photo.path))
        except OSError as error:
            self.left.append(Left(photo.path, photo.name, disk.said(error)))
            return
        number = len(self.steps)
        self.steps.append(Step(number, number, self._source(photo.path), target, stamp, Cause.COMPANION))

    def _source(self, path: Path) -> Path:
        """Return the file that a path leads to: a link is sorted as its photo, by the link's name."""
        return Path(os.path.realpath(path)) if path.is_symlink() else path

    def _add_steps(self, parcel: Parcel, name: str, way: _Way, stamps: dict[Path, Stamp]) -> None:
        first = len(self.steps)
        found = self.taken.take(way.folder, parcel)
        if reason := next(filter(None, map(rooms.why_not_at, found.values())), ""):
            self.left.append(Left(parcel.photo, name, reason))
            return
        for file, target in found.items():
            by = Cause.COMPANION if file != parcel.photo else way.by
            number = len(self.steps)
            self.steps.append(Step(number, first, self._source(file), target, stamps[file], by))

    def finish(self, found: int) -> Plan:
        """Return the plan, once every item was added."""
        travelling = {step.source for step in self.steps}
        waiting = {path: one for path, one in self.waiting.items() if path not in travelling}
        self.in_place += [
            replace(one, reason=_BESIDE) for path, one in waiting.items() if path in self.staying
        ]
        self.left += [one for path, one in waiting.items() if path not in self.staying]
        needed = sum(step.stamp.size for step in self.steps if self._is_written(step))
        drawn = Plan(
            self.order, found, tuple(self.steps), tuple(self.left), tuple(self.in_place),
            needed, self.room.free, (), self.room.device,
        )  # fmt: skip
        return targets.with_problems(drawn, self.room)

    def _is_written(self, step: Step) -> bool:
        if self.order.mode is Mode.MOVE:
            return disk.device(step.source) != self.room.device
        return self.order.mode is Mode.COPY
