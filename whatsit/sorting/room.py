"""What a disk takes: how many bytes, which names, which paths; and whether it is still the same one."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from whatsit import files
from whatsit.sorting import disk, names

_STRICT: Final = frozenset(("vfat", "msdos", "exfat", "ntfs", "ntfs3", "fuseblk", "cifs", "smb3"))


@dataclass(frozen=True, slots=True)
class Room:
    """What the disk of a destination takes: bytes, names; `problem` where it takes nothing."""

    device: int
    free: int
    longest_name: int
    strict: bool
    problem: str = ""


def room(folder: Path) -> Room:
    """Return what the disk takes below a folder that need not be there yet."""
    there = _there(folder)
    if not there.is_dir():
        return Room(-1, 0, names.MOST_BYTES, strict=False, problem=f"{files.shown(there)} is not a folder.")
    problem = ""
    if not os.access(there, os.W_OK | os.X_OK):
        problem = f"{files.shown(there)} cannot be written."
    longest = os.pathconf(there, "PC_NAME_MAX") if hasattr(os, "pathconf") else names.MOST_BYTES
    return Room(there.stat().st_dev, shutil.disk_usage(there).free, longest, _is_strict(there), problem)


def _there(folder: Path) -> Path:
    """Return the nearest that is there, of a folder and those above it."""
    there = Path(os.path.realpath(folder))
    while not os.path.lexists(there):
        there = there.parent
    return there


def device_below(folder: Path) -> int:
    """Return the number of the disk that a folder is on, or would be on if it were made."""
    return disk.device(_there(folder))


def _is_strict(folder: Path) -> bool:
    """Return whether the disk takes only names that Windows takes."""
    if sys.platform != "linux":
        return sys.platform == "win32"
    best, kind = "", ""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace").splitlines():
            _, place, this, *_ = line.split(" ")
            inside = folder.is_relative_to(place.replace("\\040", " "))
            if inside and len(place) >= len(best):
                best, kind = place, this
    return kind in _STRICT


def why_not_at(path: Path) -> str:
    """Return why no file can have this path, "" where one may."""
    try:
        path.lstat()
    except FileNotFoundError:
        return ""
    except OSError as error:
        return disk.said(error) if error.errno == errno.ENAMETOOLONG else ""
    return ""
