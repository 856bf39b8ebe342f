"""What happens to a sort run when its disk is full, read-only or pulled out; each has a mount of its own.

unshare -m python -m tests.helpers.disk_scenes SCENE FOLDER MODE
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from tests.helpers import accounts
from tests.helpers.sorted_folder import Place, answered, fill, tree, write
from whatsit import sorting
from whatsit.errors import SortError
from whatsit.sorting import Mode

if TYPE_CHECKING:
    from whatsit.sorting import Plan

MEGABYTE = 1024**2


class Scene:
    """Photos, and a disk of 8 MB for their destination."""

    def __init__(self, folder: Path, mode: Mode) -> None:
        self.mode, self.disk, self.kept = mode, folder / "disk", folder / "kept"
        self.place = Place(folder / "photos", self.disk / "sorted")
        for each in (self.disk, self.kept):
            each.mkdir()
        fill(self.place.source, 45)
        for number in range(3):
            write(self.place.source / f"large {number}.jpg", f"large {number}", MEGABYTE)
        mount("-t", "tmpfs", "-o", "size=8m", "tmpfs", str(self.disk))
        self.before = tree(self.place.source)

    def plan(self) -> Plan:
        return sorting.plan(answered(self.place.source), self.place.order(mode=self.mode))

    def ends_well(self) -> None:
        """Go on now that the disk is mended, then undo all."""
        assert accounts.checked(self.place, self.before, self.mode, go_on=True) == []


def full(scene: Scene) -> None:
    filler = scene.disk / "filler"
    filler.write_bytes(bytes(6 * MEGABYTE))
    plan = scene.plan()
    assert "MB free" in refused(plan)
    assert tree(scene.place.source) == scene.before
    assert not scene.place.into.exists()
    filler.unlink()
    plan = scene.plan()
    filler.write_bytes(bytes(6 * MEGABYTE))  # room goes between the plan and the deed
    assert "the disk is full" in refused(plan)
    assert accounts.unsettled(scene.place, scene.before, scene.mode) == []
    filler.unlink()
    scene.ends_well()


def read_only(scene: Scene) -> None:
    plan = scene.plan()
    mount("-o", "remount,ro", str(scene.disk))
    assert "cannot be written" in refused(scene.plan())
    assert "cannot be written" in refused(plan)
    assert tree(scene.place.source) == scene.before
    mount("-o", "remount,rw", str(scene.disk))
    assert accounts.sort(scene.place, scene.mode) == []
    mount("-o", "remount,ro", str(scene.disk))
    try:
        list(sorting.undo(sorting.latest().id))
    except SortError as error:
        assert "cannot be written" in str(error)  # noqa: PT017 - this is no test of pytest
    else:
        raise AssertionError
    assert accounts.lost(scene.place, scene.before) == []
    mount("-o", "remount,rw", str(scene.disk))
    scene.ends_well()


def pulled_out(scene: Scene) -> None:
    mount("--bind", str(scene.disk), str(scene.kept))  # what is on it lives on
    plan = scene.plan()
    with closing(sorting.act(plan)) as acting:
        for _ in range(3):
            next(acting)
        unmount(scene.disk)
        try:
            reasons = [one.reason for one in acting if not one.done]
        except SortError as error:
            reasons = [str(error)]
    assert reasons
    assert list(scene.disk.iterdir()) == [], "nothing is put where the disk was"
    there = Place(scene.place.source, scene.kept / "sorted")
    assert accounts.lost(there, scene.before) == []
    assert [one.reason for one in sorting.undo(sorting.latest().id) if not one.done]
    assert accounts.lost(there, scene.before) == []
    mount("--bind", str(scene.kept), str(scene.disk))
    scene.ends_well()


def refused(plan: Plan) -> str:
    """Return why a plan cannot be done."""
    try:
        done = [one for one in sorting.act(plan) if one.done]
    except SortError as error:
        return str(error)
    raise AssertionError(done)


def mount(*options: str) -> None:
    subprocess.run(["mount", *options], check=True)


def unmount(folder: Path) -> None:
    subprocess.run(["umount", "-l", str(folder)], check=True)


if __name__ == "__main__":
    name, where, how = sys.argv[1:]
    {"full": full, "read_only": read_only, "pulled_out": pulled_out}[name](Scene(Path(where), Mode(how)))
