"""What there is to answer: every entry below a folder on any file system, found without holding them all."""

from __future__ import annotations

import datetime as dt
import logging
import os
import posixpath
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from whatsit import files, photos
from whatsit.decisions import Answer, Status
from whatsit.distributed import places
from whatsit.distributed.places import Place
from whatsit.errors import UsageError, WhatsitError
from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_log = logging.getLogger(__name__)
# What the file systems call the time of the last change.
_TIMES: Final = ("mtime", "LastModified", "last_modified", "updated", "modify", "created")
_KINDS: Final = ("file", "link")


@dataclass(frozen=True, slots=True)
class RemotePhoto(Photo):
    """An entry on another file system: `key` opens it there, and `path` stands for it in this program."""

    key: str = ""

    @property
    def raw_name(self) -> bytes:
        """The name before it was made safe to show."""
        last = self.key.split("/")[-1 - self.name.count("/") :]
        return "/".join(last).encode("utf-8", "surrogateescape")


def remote(key: str, name: str, size: int, mtime_ns: int, settled: Answer | None) -> RemotePhoto:
    """Return the entry that `key` opens; two keys never have one path, and its ending is the key's."""
    path = Path(quote(key, safe="", errors="surrogateescape"))
    return RemotePhoto(path, name, size, mtime_ns, settled, key)


def of_key(
    key: bytes, name: str, size: int, mtime_ns: int, settled: Answer | None, *, is_remote: bool
) -> Photo:
    """Return the entry that `key_of` gave this key."""
    if is_remote:
        return remote(key.decode("utf-8", "surrogateescape"), name, size, mtime_ns, settled)
    return Photo(Path(os.fsdecode(key)), name, size, mtime_ns, settled)


def key_of(photo: Photo) -> bytes:
    """Return what opens an entry again, in another process too."""
    if isinstance(photo, RemotePhoto):
        return photo.key.encode("utf-8", "surrogateescape")
    return os.fsencode(photo.path)


def found(asked: Sequence[str]) -> Iterator[Photo]:
    """Yield every entry at and below what is asked for that is no folder: paths of this machine, or one URL.

    Raises UsageError when something asked for does not exist, WhatsitError when it cannot be reached.
    """
    urls = [one for one in asked if places.is_url(one)]
    if not urls:
        return photos.scan(places.path_of(one) for one in asked)
    if len(asked) > 1:
        raise UsageError("a URL is asked about alone.", hint="Name one folder above all of them.")
    return _Walk(Place.of(urls[0])).entries(urls[0])


def root_of(asked: Sequence[str]) -> str:
    """Return the URL whose file system the entries are on, "" where that is this machine's own."""
    return next((one for one in asked if places.is_url(one)), "")


@dataclass(frozen=True, slots=True)
class _Walk:
    place: Place

    def entries(self, url: str) -> Iterator[Photo]:
        root = self._root(url)
        if root["type"] == "directory":
            yield from self._below(self.place.root)
        else:
            base = posixpath.dirname(self.place.root)
            yield self._entry(root, base)

    def _root(self, url: str) -> Mapping[str, Any]:
        try:
            root: Mapping[str, Any] = self.place.system.info(self.place.root)
        except FileNotFoundError:
            raise UsageError(f"{files.shown(url)}: there is no such file or folder.") from None
        except Exception as error:
            _log.exception("opening %s", url)  # the libraries of file systems share no error of their own
            raise WhatsitError(
                f"{files.shown(url)}: this cannot be reached ({_said(error)}).",
                hint="Are address and access right?",
            ) from error
        return root

    def _below(self, folder: str) -> Iterator[Photo]:
        """Yield what is below a folder, each folder sorted; one folder's entries are held at a time."""
        waiting = [(folder, -1, 0, True)]
        while waiting:
            key, size, mtime_ns, is_folder = waiting.pop()
            if is_folder:
                listed = self._list(key)
                if isinstance(listed, Answer):
                    yield remote(key, self._name(key, folder), 0, 0, listed)
                else:
                    waiting.extend(reversed(listed))
            else:
                settled = None if size >= 0 else Answer(Status.SKIPPED, reason="not a file")
                yield remote(key, self._name(key, folder), max(size, 0), mtime_ns, settled)

    def _list(self, folder: str) -> list[tuple[str, int, int, bool]] | Answer:
        try:
            entries = self.place.entries(folder)
        except PermissionError:
            return Answer(Status.FAILED, reason="no permission to open the folder")
        except Exception as error:  # noqa: BLE001 - the libraries of file systems share no error of their own
            _log.exception("listing %s", folder)
            return Answer(Status.FAILED, reason=f"the folder cannot be opened ({_said(error)})")
        # Object stores may list the folder itself, as an empty file of its name.
        return [_slim(one) for one in entries if str(one["name"]).rstrip("/") != folder.rstrip("/")]

    def _entry(self, info: Mapping[str, Any], base: str) -> Photo:
        key, size, mtime_ns, _ = _slim(info)
        return remote(key, self._name(key, base), size, mtime_ns, None)

    def _name(self, key: str, base: str) -> str:
        below = key.removeprefix(base).lstrip("/") if base else key
        return files.shown(below or posixpath.basename(key))


def _slim(info: Mapping[str, Any]) -> tuple[str, int, int, bool]:
    """Return an entry's key, its size (-1 where it is no file), its time, and whether it is a folder."""
    is_folder = info["type"] == "directory"
    size = int(info.get("size") or 0) if info["type"] in _KINDS else -1
    key = str(info["name"])
    return key.rstrip("/") if is_folder else key, size, _mtime_ns(info), is_folder


def _mtime_ns(info: Mapping[str, Any]) -> int:
    time = next((info[name] for name in _TIMES if info.get(name)), 0)
    if isinstance(time, str):
        try:
            time = dt.datetime.fromisoformat(time)
        except ValueError:
            return 0
    if isinstance(time, dt.datetime):
        time = time.timestamp()
    return int(time * 1e9) if isinstance(time, int | float) else 0


def _said(error: Exception) -> str:
    return files.shown(str(error).strip() or type(error).__name__)[:200]
