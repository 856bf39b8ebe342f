"""A folder to sort, made anew for every kill or fault, and what may be left of it after one."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from tests.helpers import accounts
from tests.helpers.sorted_folder import Place, fill, tree, write
from whatsit import sorting
from whatsit.sorting import Mode

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that is fast, and another one than that of the other folders
WAYS = [(mode, "one disk") for mode in Mode] + [(Mode.COPY, "two disks"), (Mode.MOVE, "two disks")]
PHASES = ("sort", "undo")
_BLOCK = 1024**2


class Stage(contextlib.AbstractContextManager["Stage"]):
    """A folder to sort in one way, made anew each time; for `undo`, one that is sorted."""

    def __init__(self, mode: Mode, disks: str, phase: str, photos: int) -> None:
        self.mode, self.disks, self.phase = mode, disks, phase
        self._memory = Path(tempfile.mkdtemp(dir=MEMORY))
        self._disk = Path(tempfile.mkdtemp())
        far = self._disk if disks == "two disks" else self._memory
        self.place = Place(self._memory / "photos", far / "sorted")
        self._photos = photos
        self._fill()
        self.before = tree(self.place.source)
        os.environ["WHATSIT_HOME"] = str(self._memory / "home")

    def __exit__(self, *_: object) -> None:
        for folder in (self._memory, self._disk):
            shutil.rmtree(folder, ignore_errors=True)

    def _fill(self) -> None:
        fill(self.place.source, self._photos)
        write(self.place.source / "large.jpg", "large", _BLOCK + 5_000)

    def begin(self) -> None:
        """Make all as it is before; where the last check has not left the folder as it was, make it anew."""
        shutil.rmtree(self._memory / "home", ignore_errors=True)
        if self.place.into.exists() or tree(self.place.source) != self.before:
            for folder in (self.place.into, self.place.source):
                shutil.rmtree(folder, ignore_errors=True)
            self._fill()
        if self.phase == "undo":
            accounts.sort(self.place, self.mode)

    def work(self) -> None:
        """Do what is to be killed or to fail."""
        if self.phase == "undo":
            list(sorting.undo(sorting.latest().id))
        else:
            accounts.sort(self.place, self.mode)

    def check(self, *, go_on: bool) -> list[str]:
        """Return what is wrong after a kill or a fault."""
        if self.phase != "undo":
            return accounts.checked(self.place, self.before, self.mode, go_on=go_on)
        wrong = accounts.lost(self.place, self.before)
        sorting.recover()
        wrong += accounts.unsettled(self.place, self.before, self.mode)
        wrong += [f"undo left: {reason}" for reason in accounts.undo_all()]
        return wrong + accounts.not_undone(self.place, self.before)
