"""The ledger: what was found in each photo, kept so that the next reading need not open it again."""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import PIL
from PIL import Image

from whatsit import home, pictures
from whatsit.errors import PictureError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# One column more than bits in a row: each bit of a perceptual hash compares two neighbours.
THUMBNAIL_HEIGHT: Final = 16
THUMBNAIL_WIDTH: Final = 17
_THREADS: Final = min(8, os.cpu_count() or 2)
_ROWS_A_WRITE: Final = 500
_SETTLED_NS: Final = 2_000_000_000  # a younger file may change again without a new time of change
_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS photos "
    "(path BLOB PRIMARY KEY, size INTEGER, mtime INTEGER, sha256 TEXT, thumbnail BLOB, reason TEXT)"
)
_Row = tuple[bytes, int, int, str, bytes, str]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is in a photo: its bytes' SHA-256, and its thumbnail, grey uint8 [16,17] row by row."""

    sha256: str
    thumbnail: bytes


@dataclass(frozen=True, slots=True)
class _Reading:
    found: Facts | PictureError
    row: _Row | None = None


def examine(paths: Sequence[Path]) -> list[Facts | PictureError]:
    """Return what is in each photo, decoding those that are new or changed by size or time of change.

    Each photo is decoded whole at a small scale: better that damage shows now than amid training.
    """
    with _opened() as ledger:
        known = [_known(ledger, path) for path in paths]
        new = [path for path, facts in zip(paths, known, strict=True) if facts is None]
        read = iter(list(_examined(ledger, new)))  # to its end, while the ledger is open
        return [next(read) if facts is None else facts for facts in known]


@contextlib.contextmanager
def _opened() -> Iterator[sqlite3.Connection]:
    """Yield the ledger, an empty one in memory where none can be kept: it saves time and is never needed."""
    # What can be decoded depends on Pillow.
    file = home.cache() / f"photos-{PIL.__version__}.sqlite"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        ledger = _connected(str(file))
    except (OSError, sqlite3.Error):
        ledger = _connected(":memory:")
    with contextlib.closing(ledger):
        yield ledger


def _connected(file: str) -> sqlite3.Connection:
    ledger = sqlite3.connect(file)
    try:
        ledger.execute(_TABLE)
    except sqlite3.Error:
        ledger.close()
        raise
    return ledger


def _known(ledger: sqlite3.Connection, path: Path) -> Facts | PictureError | None:
    words = "SELECT sha256, thumbnail, reason FROM photos WHERE path = ? AND size = ? AND mtime = ?"
    try:
        found = path.stat()
        row = ledger.execute(words, (os.fsencode(path), found.st_size, found.st_mtime_ns)).fetchone()
    except (OSError, sqlite3.Error):
        return None
    if row is None:
        return None
    return PictureError(row[2], path=path) if row[2] else Facts(row[0], row[1])


def _examined(ledger: sqlite3.Connection, paths: list[Path]) -> Iterator[Facts | PictureError]:
    if not paths:
        return
    rows: list[_Row] = []
    pool = ThreadPoolExecutor(_THREADS)
    try:
        with Progress("reading photos", len(paths)) as progress:
            for reading in pool.map(_read, paths):
                rows += [reading.row] if reading.row else []
                if len(rows) >= _ROWS_A_WRITE:
                    _keep(ledger, rows)
                progress.advance()
                yield reading.found
    finally:
        pool.shutdown(cancel_futures=True)
        _keep(ledger, rows)


def _keep(ledger: sqlite3.Connection, rows: list[_Row]) -> None:
    with contextlib.suppress(sqlite3.Error), ledger:  # a full disk costs the next reading its time, no more
        ledger.executemany("INSERT OR REPLACE INTO photos VALUES (?, ?, ?, ?, ?, ?)", rows)
    rows.clear()


def _read(path: Path) -> _Reading:
    try:
        found = path.stat() if path.exists() else None
        data = pictures.read(path)
    except PictureError as error:  # may be put right without a change to the file: not kept
        return _Reading(error)
    try:
        facts = Facts(hashlib.sha256(data).hexdigest(), _thumbnail(data, path))
    except PictureError as error:
        return _Reading(error, _row(path, found, Facts("", b""), error.what))
    return _Reading(facts, _row(path, found, facts, ""))


def _thumbnail(data: bytes, path: Path) -> bytes:
    size = (THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT)
    picture = pictures.decode(data, at_least=(4 * size[0], 4 * size[1]), path=path)
    return picture.convert("L").resize(size, Image.Resampling.BILINEAR).tobytes()


def _row(path: Path, found: os.stat_result | None, facts: Facts, reason: str) -> _Row | None:
    if found is None or abs(time.time_ns() - found.st_mtime_ns) < _SETTLED_NS:
        return None
    return (os.fsencode(path), found.st_size, found.st_mtime_ns, facts.sha256, facts.thumbnail, reason)
