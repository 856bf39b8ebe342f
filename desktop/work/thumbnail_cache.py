"""Thumbnails kept on disk, within bounds: a folder that was seen before is seen at once."""

from __future__ import annotations

import contextlib
import io
import os
import sqlite3
import time
from typing import TYPE_CHECKING, Final, Self

from PIL import Image

from whatsit import home, ledger

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

MOST_BYTES: Final = 512 * 1024**2
_EVERY: Final = 0.5  # seconds between two looks at how much there is
_QUALITY: Final = 88
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS thumbnail (
    path BLOB, width INTEGER, height INTEGER, size INTEGER, mtime_ns INTEGER, jpeg BLOB,
    UNIQUE (path, width, height));
"""
# The oldest quarter goes at once: the room it leaves in the file is used again.
_TRIM: Final = """
DELETE FROM thumbnail WHERE rowid IN
    (SELECT rowid FROM thumbnail ORDER BY rowid LIMIT (SELECT count(*) / 4 + 1 FROM thumbnail))
"""


class ThumbnailCache:
    """Pictures by path and size, as long as the photo's file is what it was; the oldest give way.

    Belongs to the thread that made it, to be closed there. Raises LedgerError when its file cannot be used.
    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._file = home.cache() / "thumbnails.sqlite"
        self._tables = ledger.connect(self._file, _SCHEMA)
        self._looked = time.monotonic()

    def get(self, path: Path, size: tuple[int, int]) -> Image.Image | None:
        """Return what was kept; None where nothing was, or the photo changed since.

        Raises LedgerError when the file cannot be read.
        """
        with ledger.said_plainly(self._file):
            found = self._tables.execute(
                "SELECT size, mtime_ns, jpeg FROM thumbnail WHERE path = ? AND width = ? AND height = ?",
                (os.fsencode(path), *size),
            ).fetchone()
        if found is None or found[:2] != _state(path):
            return None
        try:
            with Image.open(io.BytesIO(found[2]), formats=("JPEG",)) as picture:
                picture.load()
                return picture if picture.size == size and picture.mode == "RGB" else None
        except (
            OSError,
            ValueError,
            SyntaxError,
        ):  # a cache that is damaged costs only the time to make it again
            return None

    def keep(self, path: Path, picture: Image.Image) -> None:
        """Keep a picture, at once: no other window waits to write.

        Raises LedgerError when the file cannot be written.
        """
        state = _state(path)
        if state is None:
            return
        coded = io.BytesIO()
        picture.save(coded, "JPEG", quality=_QUALITY)
        row = (os.fsencode(path), *picture.size, *state, coded.getvalue())
        with ledger.said_plainly(self._file), self._tables:
            self._tables.execute("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?, ?, ?, ?)", row)
            if time.monotonic() - self._looked >= _EVERY:
                self._trim()

    def close(self) -> None:
        """Close the file, within its bounds where the disk lets it."""
        with contextlib.suppress(sqlite3.Error), self._tables:  # else it is trimmed the next time
            self._trim()
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _trim(self) -> None:
        if self._used() > self._most:
            self._tables.execute(_TRIM)
        self._looked = time.monotonic()

    def _used(self) -> int:
        pages, free, each = (
            _one(self._tables, name) for name in ("page_count", "freelist_count", "page_size")
        )
        return (pages - free) * each


def _one(tables: sqlite3.Connection, pragma: str) -> int:
    return int(tables.execute(f"PRAGMA {pragma}").fetchone()[0])


def _state(path: Path) -> tuple[int, int] | None:
    """Return how a file is known to be unchanged: its size and its time."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns
