"""Locks on folders: two sort runs never work on the same photos, and a lock dies with its process."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit import files
from whatsit.errors import SortError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

if sys.platform != "win32":
    import fcntl


@contextlib.contextmanager
def held(folders: Iterable[Path]) -> Iterator[None]:
    """Hold folders for oneself and those above them together with others, so that no run is inside another.

    Raises SortError when another run holds one of them.
    """
    own = {_there(folder) for folder in folders}
    above = {parent for folder in own for parent in folder.parents} - own
    with contextlib.ExitStack() as stack:
        for folder in sorted(own | above):
            handle = _locked(folder, alone=folder in own)
            if handle is not None:
                stack.callback(os.close, handle)
        yield


def _there(folder: Path) -> Path:
    place = Path(os.path.realpath(folder))
    return place if place.is_dir() else place.parent


def _locked(folder: Path, *, alone: bool) -> int | None:
    """Return a handle that holds the folder; None where this disk or system knows no such locks."""
    if sys.platform == "win32":
        return None
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:  # a folder above that may be passed, and not be read
        return None
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
    except OSError as error:
        os.close(handle)
        if error.errno not in (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES):
            return None
        raise SortError(
            "another sort run is at work here.",
            hint="Wait until it is done, or stop it.",
            path=Path(files.shown(folder)),
        ) from None
    return handle
