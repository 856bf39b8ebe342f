"""What people said of their photos: kept for good beside what the model said, known again by content."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Self

from whatsit import files, home, ledger
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import TracebackType

    from whatsit.photos import Photo

# What a person says of a photo of which no label is right; no folder and no label may be called so.
UNKNOWN: Final = "_unknown"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS said (
    sha256 TEXT, model TEXT, label TEXT NOT NULL, guess TEXT NOT NULL, time TEXT NOT NULL,
    size INTEGER NOT NULL, PRIMARY KEY (sha256, model)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (
    path BLOB PRIMARY KEY, size INTEGER, mtime_ns INTEGER, sha256 TEXT) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Review:
    """A person's label of one photo, beside the model's at that time ("" where it gave none)."""

    label: str
    guess: str


class Reviews:
    """The reviews of one model's photos; belongs to the thread that made it, to be closed there.

    A photo that was copied, renamed or sorted is known by its content; of another content it is another
    photo. Raises LedgerError when the file that holds them cannot be read or written.
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._tables = ledger.connect(file(), _SCHEMA)
        try:
            with ledger.said_plainly(file()):
                self._sizes = {size for (size,) in self._tables.execute("SELECT DISTINCT size FROM said")}
        except ledger.LedgerError:
            self._tables.close()
            raise

    def of(self, photo: Photo) -> Review | None:
        """Return what a person said of a photo.

        It is read through only where it is as large as one that a person spoke of and lies elsewhere.
        """
        if photo.size not in self._sizes:
            return None
        with ledger.said_plainly(file()):
            found = self._tables.execute(
                "SELECT label, guess FROM said WHERE sha256 = ? AND model = ?",
                (self._content(photo), self._model),
            ).fetchone()
        return Review(*found) if found else None

    def say(self, photo: Photo, review: Review | None) -> None:
        """Keep what a person says of a photo; None takes back what was said.

        Raises PictureError when the photo cannot be read any more.
        """
        with ledger.said_plainly(file()):
            content = self._content(photo)
        if content is None:
            raise PictureError("the photo cannot be read any more.", path=photo.path)
        with ledger.said_plainly(file()), self._tables:
            if review is None:
                self._tables.execute(
                    "DELETE FROM said WHERE sha256 = ? AND model = ?", (content, self._model)
                )
            else:
                now = datetime.now(UTC).isoformat(timespec="seconds")
                row = (content, self._model, review.label, review.guess, now, photo.size)
                self._tables.execute("INSERT OR REPLACE INTO said VALUES (?, ?, ?, ?, ?, ?)", row)
        self._sizes.add(photo.size)

    def close(self) -> None:
        """Close the file."""
        self._tables.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _content(self, photo: Photo) -> str | None:
        """Return the SHA-256 of a photo's bytes, remembered while size and time stay; None: unreadable."""
        key = (os.fsencode(photo.path), photo.size, photo.mtime_ns)
        found = self._tables.execute(
            "SELECT sha256 FROM place WHERE path = ? AND size = ? AND mtime_ns = ?", key
        ).fetchone()
        if found:
            return str(found[0])
        try:
            content = files.sha256(photo.path)
        except OSError:
            return None
        with self._tables:
            self._tables.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?, ?)", (*key, content))
        return content


@contextlib.contextmanager
def opened(model: str) -> Iterator[Callable[[Photo], Review | None]]:
    """Yield what gives the review of a photo; nothing is made on the disk where there is none yet.

    Raises LedgerError when there are reviews that cannot be read.
    """
    if not file().is_file():
        yield lambda _photo: None
        return
    with Reviews(model) as said:
        yield said.of


@contextlib.contextmanager
def known(model: str) -> Iterator[Callable[[Photo], str]]:
    """Yield what gives a person's label of a photo, "" where nobody said anything.

    Raises LedgerError when there are reviews that cannot be read.
    """
    with opened(model) as review_of:
        yield lambda photo: review.label if (review := review_of(photo)) else ""


def file() -> Path:
    """Return where people's labels are."""
    return home.state() / "reviews.sqlite"
