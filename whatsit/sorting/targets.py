"""Where files go below the destination: names that are free there, and whether it can be written at all."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from whatsit.sorting import disk, names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.sorting.companions import Parcel
    from whatsit.sorting.order import Plan
    from whatsit.sorting.room import Room

_SPARE_BYTES: Final = 4 * 1024**2  # for folders and what else the disk needs to hold files
_BYTES_A_FILE: Final = 4096


@dataclass(slots=True)
class Taken:
    """The names that are taken in each folder of the destination, by files and by the plan."""

    room: Room
    _names: dict[Path, set[str]] = field(default_factory=dict)

    def legal(self, name: str) -> str:
        """Return a name that the destination can hold: the same one, wherever it can."""
        return names.cut(names.portable(name) if self.room.strict else name, self.room.longest_name)

    def take(self, folder: Path, parcel: Parcel) -> dict[Path, Path]:
        """Return the target of each file of a parcel, all with one stem that is free in the folder."""
        taken = self._names.setdefault(folder, set()) or self._list(folder)
        parts = {file: parcel.ending(file) for file in (parcel.photo, *parcel.companions)}
        for stem in self._stems(parcel.stem, list(parts.values())):
            found = {file: self.legal(stem + ending) for file, ending in parts.items()}
            keys = {names.key(name) for name in found.values()}
            if len(keys) == len(found) and not keys & taken:
                taken |= keys
                return {file: folder / name for file, name in found.items()}
        raise AssertionError  # the stems have no end

    def _stems(self, stem: str, endings: list[str]) -> Iterator[str]:
        room = self.room.longest_name - max(len(os.fsencode(ending)) for ending in endings)
        return itertools.chain([names.cut(stem, room)], names.numbered(stem, endings, self.room.longest_name))

    def _list(self, folder: Path) -> set[str]:
        self._names[folder] = {names.key(name) for name in disk.names_in(folder)}
        return self._names[folder]


def with_problems(plan: Plan, room: Room) -> Plan:
    """Return the plan with what would keep the run as a whole from being done."""
    return replace(plan, problems=tuple(_problems(plan, room)))


def _problems(plan: Plan, room: Room) -> Iterator[str]:
    if room.problem:
        yield room.problem
        return
    needed = plan.bytes_needed and plan.bytes_needed + _SPARE_BYTES + _BYTES_A_FILE * len(plan.steps)
    if needed > plan.bytes_free:
        yield (
            f"the destination's disk has {plan.bytes_free / 1e6:,.1f} MB free, "
            f"and {needed / 1e6:,.1f} MB are needed."
        )
