"""Two folders that change places in one step: a kill leaves the one or the other there, never none."""

from __future__ import annotations

import ctypes
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

_HERE: Final = -100  # AT_FDCWD: paths are as any other
_EXCHANGE: Final = 2  # RENAME_EXCHANGE


def swapped(one: Path, other: Path) -> bool:
    """Return whether two folders of one file system have changed places; where this is not to be had, no.

    https://man7.org/linux/man-pages/man2/rename.2.html
    """
    rename = _renameat2()
    if rename is None:
        return False
    return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)


def _renameat2() -> ctypes._NamedFuncPointer | None:
    if sys.platform != "linux":
        return None
    return getattr(ctypes.CDLL(None), "renameat2", None)
