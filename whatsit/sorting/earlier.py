"""What earlier sort runs into the same destination made or left: nothing is made twice or forgotten."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

from whatsit.sorting import companions, disk, history
from whatsit.sorting.order import SORT, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping

    from whatsit.photos import Photo
    from whatsit.sorting.order import Order
    from whatsit.sorting.records import Begun


@dataclass(frozen=True, slots=True)
class Earlier:
    """The targets that stand, by the source that they were made of; what was left behind, by its path."""

    _targets: Mapping[Path, tuple[Path, ...]]
    _runs: Mapping[Path, str]
    _behind: Mapping[Path, tuple[Path, ...]]

    @classmethod
    def of(cls, order: Order) -> Self:
        """Return what stands of earlier runs of this mode into this destination.

        Raises SortError when a journal cannot be read.
        """
        targets: dict[Path, tuple[Path, ...]] = {}
        by_run: dict[Path, str] = {}
        behind: dict[Path, tuple[Path, ...]] = {}
        into = os.path.realpath(order.into)
        for run in history.runs():
            same = run.task == SORT and run.order.mode is order.mode
            if same and os.path.realpath(run.order.into) == into:
                found = history.read(run.id)
                for begun, photo in found.stragglers:
                    if os.path.lexists(photo.target):
                        behind[begun.source] = (*behind.get(begun.source, ()), _beside(photo.target, begun))
                for one in found.standing if order.mode is not Mode.MOVE else ():
                    targets[one.source] = (*targets.get(one.source, ()), one.target)
                    by_run[one.target] = run.id
        return cls(targets, by_run, behind)

    def target_of(self, photo: Photo, folder: Path) -> Path | None:
        """Return what was made of an unchanged photo in or below the folder and is still there."""
        source = Path(os.path.realpath(photo.path))
        for target in (*self._targets.get(photo.path, ()), *self._targets.get(source, ())):
            within = Path(os.path.realpath(target.parent)).is_relative_to(folder)
            if within and _is_of(target, photo):
                return target
        return None

    def place_of(self, straggler: Path) -> Path | None:
        """Return where a file belongs that was left behind when its photo was sorted: beside it, if free."""
        for place in self._behind.get(straggler, ()):
            if not os.path.lexists(place):
                return place
        return None

    def run_of(self, target: Path) -> str:
        """Return the run that made a target."""
        return self._runs[target]


def _beside(photo: Path, straggler: Begun) -> Path:
    """Return where a file goes that travels with a photo of that name."""
    ending = straggler.target.name[len(companions.stem(straggler.target.name)) :]
    return photo.with_name(companions.stem(photo.name) + ending)


def _is_of(target: Path, photo: Photo) -> bool:
    try:
        found = target.stat()
    except OSError:
        return False
    # Disks keep times more or less finely: what is as large and as old as the photo was made of it as it is.
    return found.st_size == photo.size and abs(found.st_mtime_ns - photo.mtime_ns) <= disk.COARSEST_TIME_NS
