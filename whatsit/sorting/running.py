"""A journal at work: steps in batches, their records on the disk before the first of them is touched."""

from __future__ import annotations

import errno
import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from whatsit.errors import SortError
from whatsit.sorting import deeds, disk, settling
from whatsit.sorting.records import Done, Made, NotDone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whatsit.sorting.journal import Journal
    from whatsit.sorting.records import Begun

T = TypeVar("T")
BATCH: Final = 32
_MOST_ERRORS: Final = 5  # so many files in a row that the disk cannot read: it is the disk
# What will not go away with the next file.
_HOPELESS: Final = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.ENODEV, errno.ENXIO, errno.ESTALE)
)
_DISK: Final = frozenset((errno.EIO, errno.ETIMEDOUT, errno.ENOTCONN))


@dataclass(slots=True)
class Running:
    """One phase of a run: doing or undoing."""

    log: Journal
    hint: str
    _errors: int = 0
    _touched: set[Path] = field(default_factory=set)

    def folder(self, folder: Path) -> None:
        """Make a folder and those above it where they are missing, each on record first.

        Raises OSError when that cannot be.
        """
        if folder.is_dir():
            return
        self.folder(folder.parent)
        self.log.note(Made(folder))
        disk.make_folder(folder)
        self._touched.add(folder.parent)

    def do(self, begun: Begun) -> str:
        """Do what is on record as begun; return why not, or nothing.

        Raises FileExistsError when the target is taken, SortError when it makes no sense to go on.
        """
        try:
            stamp = deeds.do(self.log, begun)
        except OSError as error:
            if isinstance(error, FileExistsError):
                raise
            return self._after(error, begun)
        self.done(begun, Done(begun.number, stamp))
        return ""

    def done(self, begun: Begun, record: Done) -> None:
        """Note that a file is where it was to go."""
        self._errors = 0
        self._touched |= {begun.source.parent, begun.target.parent}
        self.log.note(record)

    def leave(self, number: int, source: Path, reason: str) -> None:
        """Note that a file is left."""
        self.log.note(NotDone(number, source, reason))

    def settle_folders(self) -> None:
        """Wait until what was done in this batch is on the disk.

        Raises SortError when the disk fails.
        """
        for folder in sorted(self._touched):
            try:
                disk.sync_folder(folder)
            except FileNotFoundError:  # a folder that was emptied and removed meanwhile
                continue
            except OSError as error:
                raise self.stopped(error, folder) from error
        self._touched.clear()

    def _after(self, error: OSError, begun: Begun) -> str:
        try:
            stamp = settling.settle(self.log.run, begun, self.log.copied(begun))
        except OSError as worse:
            raise self.stopped(worse, begun.source) from worse
        if stamp is not None:
            self.done(begun, Done(begun.number, stamp))
            return ""
        reason = disk.said(error)
        self.leave(begun.number, begun.source, reason)
        self.stop_if_hopeless(error, begun.target)
        return reason

    def stop_if_hopeless(self, error: OSError, path: Path) -> None:
        """Raise SortError when the next file would fare no better."""
        self._errors = self._errors + 1 if error.errno in _DISK else 0
        if error.errno in _HOPELESS or self._errors >= _MOST_ERRORS:
            raise self.stopped(error, path) from error

    def stopped(self, error: OSError, path: Path) -> SortError:
        """Return the error that says why the run cannot go on, and that nothing is lost."""
        return SortError(f"the run stopped here: {disk.said(error)}.", hint=self.hint, path=path)


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield the items, so many at a time."""
    source = iter(items)
    while batch := list(itertools.islice(source, size)):
        yield batch
