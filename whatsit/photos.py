"""Every entry below the folders asked for, once: photos to classify, and the rest with its reason."""

# ruff: noqa: PTH114, PTH116, PTH118, PTH119, PTH208
# The walk has its paths as text, see _Walk.
from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from whatsit import files, kinds
from whatsit.decisions import Answer, Status
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Identity = tuple[int, int]
_ODD_KINDS: Final = (
    (stat.S_ISFIFO, "a pipe, not a file"),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)
_REASONS: Final = {
    errno.ENOENT: "the file is gone",
    errno.ELOOP: "the link leads in a circle",
    errno.EACCES: "no permission to read the file",
    errno.EPERM: "no permission to read the file",
}


@dataclass(frozen=True, slots=True)
class Photo:
    """One entry: `path` opens it, `name` shows it; `settled` where no decoding is needed to answer."""

    path: Path
    name: str
    size: int = 0
    mtime_ns: int = 0
    settled: Answer | None = None

    @property
    def raw_name(self) -> bytes:
        """The name before it was made safe to show: the last parts of the path, as the disk has them."""
        return os.fsencode(Path(*self.path.parts[-1 - self.name.count("/") :]).as_posix())


def scan(paths: Iterable[Path]) -> Iterator[Photo]:
    """Return every entry at and below `paths` that is no folder, sorted within each folder.

    Names are relative to the folder asked for; of several, to the nearest folder above all of them.
    A folder is entered once, whatever links lead to it; one that cannot be listed stands for what is in it.
    Raises UsageError when something asked for does not exist.
    """
    roots = [path.absolute() for path in paths]
    for root in roots:
        if not os.path.lexists(root):
            raise UsageError("there is no such file or folder.", path=Path(files.shown(root)))
    return _Walk(_common(roots), frozenset(os.fspath(root) for root in roots)).over(roots)


def _common(roots: list[Path]) -> Path | None:
    if len(roots) == 1:
        return roots[0] if roots[0].is_dir() else roots[0].parent
    try:
        common = Path(os.path.commonpath(roots))
    except ValueError:  # nothing at all, or other disks: nothing is above all of them
        return None
    return common if common.is_dir() else common.parent


class _Walk:
    """Paths are text here: of 100,000 photos, asking a Path each for its parts took most of the time."""

    def __init__(self, base: Path | None, roots: frozenset[str]) -> None:
        self._base = os.fspath(base) if base else None
        self._named_from = len(os.path.join(base, "")) if base else 0
        self._roots = roots
        self._told: set[str] = set()
        self._seen: set[_Identity] = set()
        self._links: list[str] = []

    def over(self, roots: list[Path]) -> Iterator[Photo]:
        for root in roots:
            yield from self._entries(os.fspath(root))
        # Folders before the links to them, so that a photo is named by where it is.
        while self._links:
            yield from self._entries(self._links.pop(0))

    def _entries(self, root: str) -> Iterator[Photo]:
        waiting, follow = [iter([root])], True
        while waiting:
            path = next(waiting[-1], None)
            if path is None:
                waiting.pop()
                continue
            found = self._stat(path)
            if isinstance(found, Photo):
                yield found
            elif not stat.S_ISDIR(found.st_mode):
                if not self._is_told(path):
                    yield self._file(path, found)
            elif not follow and os.path.islink(path):
                self._links.append(path)
            elif self._is_new(found):
                listed = self._listed(path)
                if isinstance(listed, Photo):
                    yield listed
                else:
                    waiting.append(_in_order(path, listed))
            elif os.path.islink(path):
                yield self._settled(path, Status.SKIPPED, "a link to a folder that is looked at already")
            follow = False

    def _is_told(self, path: str) -> bool:
        """Return whether a file came before: asked for by its name, and found in its folder too."""
        told = path in self._told
        if path in self._roots:
            self._told.add(path)
        return told

    def _is_new(self, found: os.stat_result) -> bool:
        identity = (found.st_dev, found.st_ino)
        new = identity not in self._seen
        self._seen.add(identity)
        return new

    def _listed(self, folder: str) -> list[str] | Photo:
        try:
            return os.listdir(folder)  # names alone: a path for each takes ten times the memory
        except PermissionError:
            return self._settled(folder, Status.FAILED, "no permission to open the folder")
        except OSError as error:
            return self._settled(folder, Status.FAILED, f"the folder cannot be opened ({error.strerror})")

    def _stat(self, path: str) -> os.stat_result | Photo:
        try:
            return os.stat(path)
        except OSError as error:
            reason = _REASONS.get(error.errno or 0, f"the file cannot be read ({error.strerror})")
            if error.errno == errno.ENOENT and os.path.islink(path):
                reason = "the link points to nothing"
            named = kinds.is_picture_name(os.path.basename(path))
            failed = named or error.errno not in (errno.ENOENT, errno.ELOOP)
            return self._settled(path, Status.FAILED if failed else Status.SKIPPED, reason)

    def _file(self, path: str, found: os.stat_result) -> Photo:
        if not stat.S_ISREG(found.st_mode):
            for is_odd, reason in _ODD_KINDS:
                if is_odd(found.st_mode):
                    return self._settled(path, Status.SKIPPED, reason)
        return Photo(Path(path), self._name(path), found.st_size, found.st_mtime_ns, _settle(path))

    def _settled(self, path: str, status: Status, reason: str) -> Photo:
        return Photo(Path(path), self._name(path), settled=Answer(status, reason=reason))

    def _name(self, path: str) -> str:
        if self._base is None:
            return files.shown(path)
        return files.shown(path[self._named_from :] if path != self._base else os.path.basename(path))


def _in_order(folder: str, names: list[str]) -> Iterator[str]:
    names.sort(key=os.fsencode, reverse=True)
    while names:
        yield os.path.join(folder, names.pop())


def _settle(path: str) -> Answer | None:
    """Return what becomes of a regular file without decoding it, or None when it is to be classified."""
    name = os.path.basename(path)
    if kinds.is_picture_name(name) and not name.startswith("._"):
        return None
    try:
        with files.open_regular(Path(path)) as file:
            start = file.read(kinds.FIRST_BYTES)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, f"the file cannot be read ({error.strerror})")
        return Answer(Status.FAILED, reason=reason)
    return settle(name, start)


def settle(name: str, start: bytes) -> Answer | None:
    """Return what becomes of a file by its name and first bytes, or None when it is to be classified."""
    if kinds.is_macos_note(name, start):
        return Answer(Status.SKIPPED, reason="macOS's notes on another file")
    if kinds.is_picture_name(name) or kinds.is_picture_start(start):
        return None
    return Answer(
        Status.SKIPPED, reason="a hidden file, not a picture" if name.startswith(".") else "not a picture"
    )
