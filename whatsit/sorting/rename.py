"""Renaming that never replaces what is there: the system's own call, or the nearest thing that is as safe."""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HERE: Final = -100  # AT_FDCWD: paths as they are
_NO_REPLACE: Final = 1
_EXCLUSIVE: Final = 4  # macOS's word for it
# What disks answer that know no such renaming, and what those that know no hard links either.
_NOT_KNOWN: Final = frozenset((errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP))
_NO_LINKS: Final = frozenset((*_NOT_KNOWN, errno.EPERM, errno.EMLINK))


# What holds a name for the moment in which a photo gets it, on a disk without links: where the program is
# killed just then, settling knows by it that this is nobody's.
HELD: Final = b"Whatsit was about to put a photo here.\n"


def rename_new(source: Path, target: Path) -> None:
    """Rename a file to a name that is free.

    Raises FileExistsError when it is not, and any OSError of the disk, EXDEV for another one.
    """
    call = _system_call()
    if call is None:
        os.rename(source, target)  # noqa: PTH104 - Windows' own never replaces; everywhere else there is a call
        return
    if call(os.fsencode(source), os.fsencode(target)) == 0:
        return
    code = ctypes.get_errno()
    if code not in _NOT_KNOWN:
        raise OSError(code, os.strerror(code), os.fspath(source), None, os.fspath(target))
    link_and_remove(source, target)


def link_and_remove(source: Path, target: Path) -> None:
    """Rename by a second name and the end of the first; without links, over what holds the name."""
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        with target.open("xb", buffering=0) as file:
            file.write(HELD)
        source.replace(target)
    else:
        source.unlink()


@functools.cache
def _system_call() -> Callable[[bytes, bytes], int] | None:
    if sys.platform == "win32":
        return None
    library = ctypes.CDLL(None, use_errno=True)
    if sys.platform == "darwin":
        exclusive = library.renamex_np
        exclusive.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
        return lambda source, target: int(exclusive(source, target, _EXCLUSIVE))
    no_replace = library.renameat2
    no_replace.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return lambda source, target: int(no_replace(_HERE, source, _HERE, target, _NO_REPLACE))
