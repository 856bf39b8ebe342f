"""A folder to sort, made anew for every kill or fault, and what may be left of it after one."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

from tests.helpers import accounts
from tests.helpers.sorted_folder import Place, answered, fill, tree, write
from whatsit import sorting
from whatsit.sorting import Mode, tagging
from whatsit.sorting.deeds import TEMPORARY

MEMORY = Path("/dev/shm")  # noqa: S108 - a disk that is fast, and another one than that of the other folders
KEYWORDS = "keywords"
WAYS = [
    *((str(mode), "one disk") for mode in Mode), ("copy", "two disks"), ("move", "two disks"),
    (KEYWORDS, "one disk"),
]  # fmt: skip
PHASES = ("sort", "undo")
_BLOCK = 1024**2


class Stage(contextlib.AbstractContextManager["Stage"]):
    """A folder to sort in one way, made anew each time; for `undo`, one that is sorted."""

    def __init__(self, way: str, disks: str, phase: str, photos: int) -> None:
        self.way, self.disks, self.phase = way, disks, phase
        self.mode = Mode.COPY if way == KEYWORDS else Mode(way)
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

    def work(self) -> list[str]:
        """Do what is to be killed or to fail; return what was said of files that were left."""
        if self.phase == "undo":
            return [one.reason for one in sorting.undo(sorting.latest().id) if not one.done]
        plan = sorting.plan(answered(self.place.source), self.place.order(mode=self.mode))
        left = [one.reason for one in plan.left]
        return left + [one.reason for one in sorting.act(plan) if not one.done]

    def unsaid(self) -> list[str]:
        """Return what is wrong when nothing was said: then all must have been done."""
        if self.phase == "undo":
            return ["not undone, and not said"] if self.place.into.exists() else []
        done = len(tree(self.place.into))
        return [] if done == len(self.before) else [f"{done} of {len(self.before)} done, and not said"]

    def check(self, *, go_on: bool) -> list[str]:
        """Return what is wrong after a kill or a fault."""
        if self.phase != "undo":
            return accounts.checked(self.place, self.before, self.mode, go_on=go_on)
        wrong = accounts.lost(self.place, self.before)
        sorting.recover()
        wrong += accounts.unsettled(self.place, self.before, self.mode)
        wrong += [f"undo left: {reason}" for reason in accounts.undo_all()]
        return wrong + accounts.not_undone(self.place, self.before)


class TagStage(Stage):
    """A folder to write keywords in, with sidecars that are there and such as are not."""

    def begin(self) -> None:
        """Make all as it is before; for `undo`, with the keywords written."""
        phase, self.phase = self.phase, "tag"
        super().begin()
        self.phase = phase
        self._tag()
        self.after = tree(self.place.source)
        if self.phase != "undo":
            accounts.undo_all()

    def _tag(self) -> list[str]:
        plan = tagging.plan(answered(self.place.source, labels={}), self.place.source, "breeds")
        left = [one.reason for one in plan.left if one.name.endswith(".jpg")]
        return left + [one.reason for one in tagging.act(plan) if not one.done]

    def work(self) -> list[str]:
        """Do what is to be killed or to fail; return what was said of files that were left."""
        return super().work() if self.phase == "undo" else self._tag()

    def unsaid(self) -> list[str]:
        """Return what is wrong when nothing was said: then all must have been done."""
        wanted = self.before if self.phase == "undo" else self.after
        return [] if sorted(tree(self.place.source)) == sorted(wanted) else ["not all done, and not said"]

    def check(self, *, go_on: bool) -> list[str]:
        """Return what is wrong after a kill or a fault: every sidecar is the old one or the new, whole."""
        wrong = self._strange(but=TEMPORARY)
        sorting.recover()
        wrong += self._strange()
        if go_on and self.phase != "undo":
            wrong += [f"going on left: {reason}" for reason in self._tag()]
            wrong += [] if tree(self.place.source) == self.after else ["going on did not end it"]
        wrong += [f"undo left: {reason}" for reason in accounts.undo_all()]
        return wrong + ([] if tree(self.place.source) == self.before else ["not as before"])

    def _strange(self, but: str = "?") -> list[str]:
        there = {name: one for name, one in tree(self.place.source).items() if but not in name}
        missing = [f"{name} is gone" for name in self.before if name not in there]
        odd = [
            name for name, one in there.items() if one not in (self.before.get(name), self.after.get(name))
        ]
        return missing + [f"{name} is neither the old one nor the new" for name in odd]


def stage(way: str, disks: str, phase: str, photos: int) -> Stage:
    """Return the stage for one way of sorting, or for keywords."""
    return (TagStage if way == KEYWORDS else Stage)(way, disks, phase, photos)
