"""After a crash or an error: how far each file came, found out from the disk, and put in one state."""

from __future__ import annotations

import contextlib
import errno
import os
from typing import TYPE_CHECKING, Final

from whatsit.errors import SortError
from whatsit.sorting import deeds, disk, history, journal, locks
from whatsit.sorting.deeds import temporary
from whatsit.sorting.records import Deed, Done, Ended
from whatsit.sorting.rename import HELD

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.sorting.journal import Journal
    from whatsit.sorting.order import Order, Stamp
    from whatsit.sorting.records import Begun, Copied

# Something else is in a folder, or it is gone: both are well.
_NOT_TO_REMOVE: Final = frozenset((errno.ENOTEMPTY, errno.EEXIST, errno.ENOENT, errno.ENOTDIR))


def recover() -> list[str]:
    """Settle every run that was cut off and is not at work any more; return their names.

    A run whose disk is not there is left for later.
    """
    settled = []
    for run in journal.unfinished():
        with contextlib.suppress(SortError, OSError):
            with locks.held(folders(history.read(run).started.order)):
                settle_run(run)
            settled.append(run)
    return settled


def settle_run(run: str) -> None:
    """Settle a run that was cut off, whose folders are held.

    Raises OSError or SortError when the disk does not let it be told.
    """
    if run in journal.unfinished():
        with journal.go_on(run) as log:
            end(log, whole=False)


def folders(order: Order) -> list[Path]:
    """Return the folders that a run works in, those that are there."""
    return [one for one in (*order.roots, order.into) if one.exists()]


def end(log: Journal, *, whole: bool) -> None:
    """Settle what is in doubt and write that nothing is any more.

    Raises OSError or SortError when the disk does not let it be told; then it stays in doubt.
    """
    found = history.read(log.run)
    done = {one.begun.number for one in found.standing}
    for begun, copied in found.in_doubt:
        stamp = settle(log.run, begun, copied)
        if stamp is None and not found.undoing and begun.parcel in done:
            stamp = _follow(log, begun)
        if stamp is not None:
            log.note(Done(begun.number, stamp))
            done.add(begun.number)
    if found.undoing:
        problems = [error for folder in reversed(found.folders) if (error := _not_removed(folder))]
        if whole and problems:
            raise problems[0]
    log.commit([Ended(whole)])


def _not_removed(folder: Path) -> OSError | None:
    """Remove a folder that is empty; return why that cannot be."""
    try:
        disk.remove_folder(folder)
    except OSError as error:
        return None if error.errno in _NOT_TO_REMOVE else error
    return None


def _follow(log: Journal, begun: Begun) -> Stamp | None:
    """Let a file follow its photo that is where it was to go already: they are not parted by a crash."""
    try:
        if disk.stamp(begun.source) != begun.stamp:
            return None
        return deeds.do(log, begun)
    except OSError:
        return settle(log.run, begun, log.copied(begun))


def settle(run: str, begun: Begun, copied: Copied | None) -> Stamp | None:
    """Return the target's stamp when what was begun is done; None when it is not, and nothing is left of it.

    Raises OSError when the disk does not let it be told.
    """
    match begun.deed:
        case Deed.MOVE:
            return _settle_move(run, begun, copied)
        case Deed.COPY | Deed.WRITE:
            return _settle_copy(run, begun, copied)
        case Deed.LINK:
            return begun.stamp if is_same(begun.source, begun.target) else None
        case Deed.SYMLINK:
            return begun.stamp if leads_to(begun.target, begun.source) else None
        case Deed.REPLACE | Deed.RESTORE:
            return _settle_replaced(run, begun, copied)
        case Deed.REMOVE:
            return None if os.path.lexists(begun.target) else begun.stamp


def _settle_move(run: str, begun: Begun, copied: Copied | None) -> Stamp | None:
    if _drop(temporary(run, begun)):
        _drop_held(begun.target)
        return None  # nothing had its name yet, and the photo is where it was
    if copied and has_bytes(begun.target, copied.sha256):
        return _finish_move(begun)
    if not os.path.lexists(begun.source):
        return stamp_if(begun.target, begun.stamp)
    if is_same(begun.source, begun.target):
        disk.remove(begun.target)  # a second name of the photo: it had not lost its first
    else:
        _drop_held(begun.target)
    return None


def _finish_move(begun: Begun) -> Stamp | None:
    """End a move across disks: the whole copy has its name, and the photo may be there still."""
    if os.path.lexists(begun.source):
        if stamp_if(begun.source, begun.stamp) is None:
            disk.remove(begun.target)  # the photo was changed after it was copied: it stays, as it is now
            return None
        disk.sync_folder(begun.target.parent)
        disk.remove(begun.source)
    return disk.stamp(begun.target)


def _settle_copy(run: str, begun: Begun, copied: Copied | None) -> Stamp | None:
    if _drop(temporary(run, begun)):
        _drop_held(begun.target)
        return None
    if not os.path.lexists(begun.target):
        return None
    if copied is None and stamp_if(begun.source, begun.stamp) is None:
        return None  # whose bytes these are cannot be told: they stay
    digest = copied.sha256 if copied else disk.sha256(begun.source)
    return disk.stamp(begun.target) if has_bytes(begun.target, digest) else None


def _settle_replaced(run: str, begun: Begun, copied: Copied | None) -> Stamp | None:
    if _drop(temporary(run, begun)) or copied is None:
        return None
    return disk.stamp(begun.target) if has_bytes(begun.target, copied.sha256) else None


def _drop(path: Path) -> bool:
    """Remove a copy that has no name yet; return whether there was one."""
    there = os.path.lexists(path)
    if there:
        disk.remove(path)
    return there


def _drop_held(path: Path) -> None:
    """Remove what only holds the place of a photo that did not come."""
    try:
        held = path.is_file() and path.stat().st_size == len(HELD) and path.read_bytes() == HELD
    except OSError:
        return
    if held:
        disk.remove(path)


def stamp_if(path: Path, stamp: Stamp) -> Stamp | None:
    """Return a file's stamp when it is that one still."""
    try:
        return stamp if disk.stamp(path) == stamp else None
    except OSError:
        return None


def has_bytes(path: Path, sha256: str) -> bool:
    """Return whether there is a regular file with those bytes.

    Raises OSError when it is there and cannot be read.
    """
    return path.is_file() and not path.is_symlink() and disk.sha256(path) == sha256


def is_same(one: Path, other: Path) -> bool:
    """Return whether two names are those of one file."""
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except FileNotFoundError:
        return False


def leads_to(link: Path, to: Path) -> bool:
    """Return whether there is a link that says so."""
    try:
        return link.readlink() == to
    except OSError:
        return False
