"""Small tables on disk that outlive a crash: SQLite, one connection a thread, damage said in plain words."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class LedgerError(WhatsitError):
    """A table on disk cannot be read or written."""


def connect(file: Path, schema: str) -> sqlite3.Connection:
    """Open the tables in `file`, made as `schema` says where they are missing.

    A write is whole or not at all, whenever the program is killed; several programs may have it open.
    Raises LedgerError when it cannot be read or written.
    """
    with said_plainly(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = sqlite3.connect(file, timeout=10)
        try:
            opened.execute("PRAGMA journal_mode=WAL")
            opened.execute("PRAGMA synchronous=NORMAL")
            opened.executescript(schema)
        except sqlite3.Error:
            opened.close()
            raise
    return opened


@contextlib.contextmanager
def said_plainly(file: Path) -> Iterator[None]:
    """Raise LedgerError, which names the file, in place of what SQLite and the disk raise."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise LedgerError(
            f"this cannot be read or written ({error}).",
            hint="Make room and allow writing there, or move the file away.",
            path=file,
        ) from error
