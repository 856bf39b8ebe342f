"""Reading ahead: the bytes of the next photos are fetched by many at once while others are decoded."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, Final

from whatsit import files, kinds, limits, photos, pictures
from whatsit.decisions import Answer, Status
from whatsit.decoders import Decoders
from whatsit.distributed.entries import RemotePhoto
from whatsit.distributed.places import Place
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from whatsit.decoders import Job
    from whatsit.limits import Limits
    from whatsit.photos import Photo

    _Read = bytes | Answer

_log = logging.getLogger(__name__)
_MOST_BYTES_AHEAD: Final = 64 * 1024**2
_WAITS: Final = (0.5, 2.0)  # seconds before a file is asked for again
_FINAL: Final = (FileNotFoundError, PermissionError, IsADirectoryError)


@dataclass(slots=True)
class Reader:
    """Reads photos of this machine, or of the file system of `url`, `at_once` of them at a time.

    `held` are the bytes of those on their way. `unread` are those that could not be read, which may pass: an
    empty or too large one is no such case.
    """

    url: str
    limits: Limits
    at_once: int
    held: dict[Path, bytes] = field(default_factory=dict)
    unread: set[Path] = field(default_factory=set)
    _own: threading.local = field(default_factory=threading.local)

    def ahead(self, found: Iterable[Photo]) -> Generator[Photo, None, None]:
        """Yield the photos in order, each once it is `held`, or settled where there is nothing to decode."""
        pool = Decoders(self.at_once, 2 * self.limits.seconds)
        waiting: deque[tuple[Photo, Job[_Read] | None]] = deque()
        size = 0
        try:
            for photo in found:
                waiting.append((photo, None if photo.settled else pool.submit(partial(self._read, photo))))
                size += photo.size
                while len(waiting) > 2 * self.at_once or size > _MOST_BYTES_AHEAD:
                    size -= waiting[0][0].size
                    yield self._taken(*waiting.popleft(), pool)
                    if not waiting:
                        break
            while waiting:
                yield self._taken(*waiting.popleft(), pool)
        finally:
            pool.close()

    def _taken(self, photo: Photo, job: Job[_Read] | None, pool: Decoders) -> Photo:
        if job is None:
            return photo
        found = pool.value(job)
        if isinstance(found, bytes):
            self.held[photo.path] = found
            return photo
        if found is None:
            found = Answer(Status.FAILED, reason=limits.too_slow("reading the file", pool.seconds))
        if found.status is Status.FAILED and 0 < photo.size <= self.limits.most_bytes:
            self.unread.add(photo.path)
        return replace(photo, settled=found)

    def _read(self, photo: Photo) -> _Read:
        try:
            if isinstance(photo, RemotePhoto):
                return self._fetched(photo)
            return pictures.read(photo.path, self.limits)
        except PictureError as error:
            return _failed(error.what)
        except FileNotFoundError:
            return _failed("the file is gone")
        except PermissionError:
            return _failed("no permission to read the file")
        except Exception as error:  # noqa: BLE001 - the libraries of file systems share no error of their own
            _log.exception("reading %s", photo.name)
            return _failed(f"the file cannot be read ({_said(error)})")

    def _fetched(self, photo: RemotePhoto) -> _Read:
        if photo.size > self.limits.most_bytes:
            how = limits.to_raise("megabytes", -(-2 * photo.size // 1024**2))
            return _failed(f"the file is larger than {self.limits.most_bytes // 1024**2} MB ({how})")
        last = photo.key.rpartition("/")[2]
        if kinds.is_picture_name(last) and not last.startswith("._"):
            return self._bytes(photo.key) or _failed("the file is empty")
        # Without a size it may be empty, and of an empty file no object store gives a part.
        start = self._bytes(photo.key, kinds.FIRST_BYTES if photo.size else None)[: kinds.FIRST_BYTES]
        return photos.settle(last, start) or self._bytes(photo.key) or _failed("the file is empty")

    def _bytes(self, key: str, most: int | None = None) -> bytes:
        """Return a file's bytes, or its first ones; asked for again where that may help."""
        for wait in (*_WAITS, None):
            try:
                part = {"start": 0, "end": most} if most else {}
                data: bytes = self._place().system.cat_file(key, **part)
            except _FINAL:
                raise
            except Exception:
                if wait is None:
                    raise
                _log.exception("reading %s, again in %g s", files.shown(key), wait)  # as above
                time.sleep(wait)
            else:
                return data
        raise AssertionError

    def _place(self) -> Place:
        # Some file systems have one connection, and serve one thread.
        if not hasattr(self._own, "place"):
            self._own.place = Place.of(self.url)
        place: Place = self._own.place
        return place


def _failed(reason: str) -> Answer:
    return Answer(Status.FAILED, reason=reason)


def _said(error: Exception) -> str:
    return files.shown(str(error).strip() or type(error).__name__)[:200]
