"""The journal of one sort run: written ahead of every change, whole up to its last line after a crash."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from whatsit import files, home
from whatsit.errors import SortError
from whatsit.sorting import disk, records
from whatsit.sorting.records import Begun, Copied, Ended

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import FileIO
    from pathlib import Path
    from types import TracebackType

    from whatsit.sorting.records import JournalRecord

FILE: Final = "journal"
_MOST_OF_END: Final = 1024  # bytes; the record of an end is short


def folder() -> Path:
    """Return the folder that holds a folder for each run."""
    return home.state() / "sorts"


def create(started: records.Started) -> Journal:
    """Begin the journal of a new run: it and its first record are on the disk.

    Raises SortError when it cannot be written: then nothing was touched.
    """
    place = folder() / started.id
    try:
        place.mkdir(parents=True)
        journal = Journal(place, disk.create(place / FILE))
        journal.commit([started])
        disk.sync_folder(place)
        disk.sync_folder(folder())
    except OSError as error:
        raise _not_written(place, error) from error
    return journal


def go_on(run: str) -> Journal:
    """Open a run's journal to add to it, without a last line that was cut off.

    Raises SortError when there is none or it cannot be written.
    """
    place = folder() / run
    try:
        file = (place / FILE).open("r+b", buffering=0)
        whole = _whole(file.readall())
        file.truncate(whole)
        file.seek(whole)
    except OSError as error:
        raise _not_written(place, error) from error
    return Journal(place, file)


def read(run: str) -> list[JournalRecord]:
    """Return the records of a run up to the last whole one.

    Raises SortError when there is no such run, or its journal is damaged before its end.
    """
    place = folder() / run
    try:
        data = (place / FILE).read_bytes()
    except OSError as error:
        raise SortError(f"there is no sort run {files.shown(run)!r} ({error.strerror}).") from None
    found = [records.parse(one) for one in data[: _whole(data)].splitlines()]
    whole = [one for one in found if one is not None]
    if len(whole) != len(found) or not whole or not isinstance(whole[0], records.Started):
        raise SortError("the journal of this sort run is damaged.", path=place / FILE)
    return whole


def unfinished() -> list[str]:
    """Return the runs whose journals do not say that they have ended."""
    try:
        places = sorted(folder().iterdir())
    except FileNotFoundError:
        return []
    return [place.name for place in places if not _has_ended(place / FILE)]


def _has_ended(file: Path) -> bool:
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, opened.seek(0, os.SEEK_END) - _MOST_OF_END))
            last = opened.read().splitlines(keepends=True)[-1:]
    except OSError:
        return True  # nothing was begun in it
    return bool(last) and last[0].endswith(b"\n") and isinstance(records.parse(last[0][:-1]), Ended)


def _whole(data: bytes) -> int:
    """Return up to where a journal's lines are whole: what follows was cut off by a crash or a full disk."""
    end = data.rfind(b"\n") + 1
    while end and records.parse(data[data.rfind(b"\n", 0, end - 1) + 1 : end - 1]) is None:
        end = data.rfind(b"\n", 0, end - 1) + 1
    return end


def _not_written(place: Path, error: OSError) -> SortError:
    return SortError(
        f"the journal cannot be written ({disk.said(error)}), and without it no photo is touched.",
        hint="Make room and allow writing there, then do the same again; WHATSIT_HOME says where it is.",
        path=place,
    )


@dataclass(slots=True)
class Journal:
    """An open journal; a context manager."""

    place: Path
    _file: FileIO
    _copied: Copied | None = None

    @property
    def run(self) -> str:
        """The run's name."""
        return self.place.name

    def copied(self, begun: Begun) -> Copied | None:
        """Return the record of the copy of what was begun last; None when it is not whole."""
        return self._copied if self._copied and self._copied.number == begun.number else None

    def note(self, *added: JournalRecord) -> None:
        """Add records that outlive the program.

        Raises SortError when they cannot be written; no part of them is left then.
        """
        self._add(added, self._file.tell())

    def commit(self, added: Iterable[JournalRecord]) -> None:
        """Add records and wait until all of the journal is on the disk: they outlive the machine.

        Raises SortError as `note` does.
        """
        before = self._file.tell()
        self._add(added, before)
        try:
            disk.sync(self._file)
        except OSError as error:
            self._take_back(before)
            raise _not_written(self.place, error) from error

    def _add(self, added: Iterable[JournalRecord], before: int) -> None:
        try:
            disk.append(self._file, b"".join(map(records.line, added)))
        except OSError as error:
            self._take_back(before)
            raise _not_written(self.place, error) from error
        for record in added:
            if isinstance(record, Begun | Copied):
                self._copied = record if isinstance(record, Copied) else None

    def _take_back(self, size: int) -> None:
        """Cut off what may be there in part; where that fails too, the next reader does it."""
        with contextlib.suppress(OSError):
            os.ftruncate(self._file.fileno(), size)
            self._file.seek(size)

    def close(self) -> None:
        """Close the file."""
        with contextlib.suppress(OSError):  # what could not be written has been said
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
