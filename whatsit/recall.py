"""What a model made of photos before: a run that was stopped or killed goes on where it was."""

from __future__ import annotations

import logging
import os
from contextlib import closing
from typing import TYPE_CHECKING, Final, Self

import numpy as np

from whatsit import home, ledger
from whatsit.packed import ROW

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path
    from types import TracebackType

    from whatsit.photos import Photo
    from whatsit.sorting import Outcome

_log = logging.getLogger(__name__)
_FOLDER: Final = "answers"
_MOST_BYTES: Final = 1024**3  # a file larger than this is begun anew
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS photo (
    path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, evidence BLOB) WITHOUT ROWID;
"""
# What stays where it was is kept as well: a sort run may be taken back, and a copy has two places.
_FOLLOW: Final = """
INSERT OR REPLACE INTO photo SELECT ?, size, mtime_ns, evidence FROM photo WHERE path = ?
"""


class Recall:
    """The packed evidence of photos by path, size and time, for one variant of one bundle.

    Belongs to the thread that made it, to be closed there. Raises LedgerError when its file cannot be used.
    """

    def __init__(self, bundle_sha256: str, variant: str) -> None:
        file = _file(bundle_sha256, variant)
        with ledger.said_plainly(file):
            if file.is_file() and file.stat().st_size > _MOST_BYTES:
                file.unlink()
        self._file, self._tables = file, ledger.connect(file, _SCHEMA)

    def of(self, photo: Photo) -> np.void | None:
        """Return what was kept of a photo; None where nothing was, or the photo changed since."""
        with ledger.said_plainly(self._file):
            found = self._tables.execute(
                "SELECT evidence FROM photo WHERE path = ? AND size = ? AND mtime_ns = ?", _key(photo)
            ).fetchone()
        if found is None or len(found[0]) != ROW.itemsize:
            return None
        row: np.void = np.frombuffer(found[0], ROW)[0]
        return row

    def keep(self, photo: Photo, row: np.void) -> None:
        """Keep a photo's evidence, at once: a kill costs nothing, and no other program waits to write."""
        with ledger.said_plainly(self._file), self._tables:
            self._tables.execute(
                "INSERT OR REPLACE INTO photo VALUES (?, ?, ?, ?)", (*_key(photo), row.tobytes())
            )

    def close(self) -> None:
        """Close the file."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def followed(outcomes: Generator[Outcome, None, None]) -> Generator[Outcome, None, None]:
    """Yield what became of files; photos that a sort run or its undoing put elsewhere keep their answers."""
    went: list[tuple[bytes, bytes]] = []
    try:
        for one in outcomes:
            if one.done and one.source != one.target:
                went.append((os.fsencode(one.target), os.fsencode(one.source)))
            yield one
    finally:
        outcomes.close()
        _follow(went)


def _follow(went: list[tuple[bytes, bytes]]) -> None:
    folder = home.cache() / _FOLDER
    for file in sorted(folder.glob("*.sqlite")) if went else ():
        try:
            with (
                ledger.said_plainly(file),
                closing(ledger.connect(file, _SCHEMA)) as tables,
                tables,
            ):
                tables.executemany(_FOLLOW, went)
        except ledger.LedgerError:  # it costs only the time to answer again
            _log.warning("the answers of sorted photos are not kept", exc_info=True)


def _file(bundle_sha256: str, variant: str) -> Path:
    return home.cache() / _FOLDER / f"{bundle_sha256[:32]}-{variant}.sqlite"


def _key(photo: Photo) -> tuple[bytes, int, int]:
    return os.fsencode(photo.path), photo.size, photo.mtime_ns
