"""Every operation on files that sorting does, each of which may fail, and none of which replaces a photo."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import sys
from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.sorting.order import Stamp
from whatsit.sorting.rename import rename_new

if TYPE_CHECKING:
    from collections.abc import Iterator
    from io import FileIO
    from pathlib import Path

__all__ = ["OPERATIONS", "rename_new"]
# What a test or a campaign lets fail, or kills the program before and after.
OPERATIONS: Final = (
    "append", "sync", "stamp", "make_folder", "remove_folder", "sync_folder", "create", "read_block",
    "write_block", "keep_facts", "sync_file", "sha256", "rename_new", "link_new", "symlink_new", "replace",
    "remove",
)  # fmt: skip
COARSEST_TIME_NS: Final = 2_000_000_000  # what memory cards keep of a time
_BLOCK: Final = 1024**2
_SAID: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "no more space is allowed on the disk",
    errno.EROFS: "the disk cannot be written",
    errno.EACCES: "no permission",
    errno.EPERM: "not permitted",
    errno.ENAMETOOLONG: "the name or the path is too long for the disk",
    errno.EIO: "the disk reports an error",
    errno.ENODEV: "the disk is not there any more",
    errno.ENOENT: "it, or the folder that it is to be in, is gone",
}


def device(path: Path) -> int:
    """Return the number of a file's disk, -1 where it is gone."""
    try:
        return path.lstat().st_dev
    except OSError:
        return -1


def names_in(folder: Path) -> Iterator[str]:
    """Yield the names of what is in a folder, nothing where there is none."""
    with contextlib.suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        yield from (entry.name for entry in entries)


def said(error: OSError) -> str:
    """Return what the system reported, in words for a person."""
    return _SAID.get(error.errno or 0, error.strerror or str(error))


def stamp(path: Path) -> Stamp:
    """Return by what a file is known to be unchanged; raises OSError when there is no regular file."""
    found = path.lstat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no file any more", os.fspath(path))
    return Stamp(found.st_size, found.st_mtime_ns)


def append(file: FileIO, data: bytes) -> None:
    """Hand bytes to the system: they outlive the program."""
    _write(file, data)


def sync(file: FileIO) -> None:
    """Wait until what was appended is on the disk: it outlives the machine."""
    os.fsync(file.fileno())


def make_folder(folder: Path) -> None:
    """Make one folder whose parent is there."""
    folder.mkdir()


def remove_folder(folder: Path) -> None:
    """Remove an empty folder."""
    folder.rmdir()


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    if sys.platform == "win32":  # it cannot, and needs not
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.EBADF, errno.ENOTSUP):  # a disk that knows no such thing
            raise
    finally:
        os.close(handle)


def copy(source: Path, target: Path, mtime_ns: int) -> str:
    """Copy a file to a name that is free, with its times and permissions; return the SHA-256 of both.

    The copy is on the disk and was read back. Raises FileExistsError, or OSError with nothing left behind.
    """
    with source.open("rb", buffering=0) as reading:
        writing = create(target)
        try:
            with writing:
                digest = _copied(reading, writing)
                keep_facts(source, target, mtime_ns)
                sync_file(writing)
            _require_same(target, digest)
        except OSError:
            with contextlib.suppress(OSError):
                remove(target)
            raise
    return digest


def _require_same(target: Path, digest: str) -> None:
    if sha256(target) != digest:
        raise OSError(errno.EIO, "the copy is not what was written", os.fspath(target))


def _copied(reading: FileIO, writing: FileIO) -> str:
    digest = hashlib.sha256()
    while block := read_block(reading):
        digest.update(block)
        write_block(writing, block)
    return digest.hexdigest()


def create(target: Path) -> FileIO:
    """Open a new file to write; raises FileExistsError when there is one."""
    return target.open("xb", buffering=0)  # what cannot be written fails at once, and is not tried again


def _write(file: FileIO, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def read_block(reading: FileIO) -> bytes:
    """Return the next bytes of a file."""
    return reading.read(_BLOCK) or b""


def write_block(writing: FileIO, block: bytes) -> None:
    """Write the next bytes of a file."""
    _write(writing, block)


def keep_facts(source: Path, target: Path, mtime_ns: int) -> None:
    """Give a copy its source's permissions, times and, where that may be, owner and attributes."""
    found = source.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):  # only root may give files away
            os.chown(target, found.st_uid, found.st_gid)
    with contextlib.suppress(PermissionError):  # memory cards have no permissions
        shutil.copystat(source, target)
    os.utime(target, ns=(found.st_atime_ns, mtime_ns))


def sync_file(writing: FileIO) -> None:
    """Wait until a file's bytes are on the disk."""
    os.fsync(writing.fileno())


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes."""
    return files.sha256(path)


def link_new(source: Path, target: Path) -> None:
    """Give a file a second name that is free."""
    os.link(source, target, follow_symlinks=False)


def symlink_new(source: Path, target: Path) -> None:
    """Make a link to a file, at a name that is free."""
    target.symlink_to(source)


def replace(source: Path, target: Path) -> None:
    """Put a file in another's place; for sidecars only, of which the old one is kept."""
    source.replace(target)


def remove(path: Path) -> None:
    """Remove a file."""
    path.unlink()
