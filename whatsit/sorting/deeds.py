"""One file put where it is to go, by steps of which each can be the last before a crash."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING, Final

from whatsit.sorting import disk
from whatsit.sorting.records import Begun, Copied, Deed

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.sorting.journal import Journal
    from whatsit.sorting.order import Stamp


TEMPORARY: Final = ".whatsit-"  # what the names of copies begin with that are not whole


class ChangedError(OSError):
    """A file is not what it was when it was looked at."""

    def __init__(self, path: Path) -> None:
        super().__init__(errno.EINVAL, "it changed meanwhile", str(path))


def temporary(run: str, begun: Begun) -> Path:
    """Return the name of a copy that is not whole yet, beside its target: no other run's and no photo's."""
    return begun.target.parent / f"{TEMPORARY}{run}-{begun.number}"


def content(place: Path, number: int) -> Path:
    """Return where, in a run's own folder, a sidecar lies as it is to be."""
    return place / f"{number}.after"


def before(place: Path, number: int) -> Path:
    """Return where a sidecar is kept as it was before the run."""
    return place / f"{number}.before"


def do(journal: Journal, begun: Begun) -> Stamp:
    """Do what was begun, and return the target's stamp.

    Raises FileExistsError when the target is taken, OSError when it cannot be done: then `settling.settle`
    says how far it came.
    """
    match begun.deed:
        case Deed.MOVE:
            _move(journal, begun)
        case Deed.COPY | Deed.WRITE:
            _copy(journal, begun)
        case Deed.LINK:
            disk.link_new(begun.source, begun.target)
        case Deed.SYMLINK:
            disk.symlink_new(begun.source, begun.target)
            return begun.stamp
        case Deed.REPLACE | Deed.RESTORE:
            _replace(journal, begun)
        case Deed.REMOVE:
            disk.remove(begun.target)
            return begun.stamp
    return disk.stamp(begun.target)


def _move(journal: Journal, begun: Begun) -> None:
    try:
        disk.rename_new(begun.source, begun.target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(journal, begun)
        disk.sync_folder(begun.target.parent)  # from here on the copy is as safe as the photo was
        _require_unchanged(begun)
        disk.remove(begun.source)


def _copy(journal: Journal, begun: Begun) -> None:
    whole = temporary(journal.run, begun)
    digest = disk.copy(begun.source, whole, begun.mtime_ns)
    _require_unchanged(begun)
    journal.commit([Copied(begun.number, digest)])
    try:
        disk.rename_new(whole, begun.target)
    except FileExistsError:
        disk.remove(whole)
        raise


def _replace(journal: Journal, begun: Begun) -> None:
    whole = temporary(journal.run, begun)
    digest = disk.copy(begun.source, whole, begun.mtime_ns)
    if disk.stamp(begun.target) != begun.stamp:
        raise ChangedError(begun.target)
    journal.commit([Copied(begun.number, digest)])
    disk.replace(whole, begun.target)


def _require_unchanged(begun: Begun) -> None:
    if disk.stamp(begun.source) != begun.stamp:
        raise ChangedError(begun.source)
