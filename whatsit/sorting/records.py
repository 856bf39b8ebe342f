"""The records of a journal: what is about to happen, what has, each a line that says whether it is whole."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from whatsit.sorting.order import Mode, Order, Stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FORMAT_VERSION = 1


class Deed(StrEnum):
    """What is done to one file."""

    COPY = "copy"
    MOVE = "move"
    LINK = "link"
    SYMLINK = "symlink"
    REMOVE = "remove"  # what the run itself made, in undoing it
    WRITE = "write"  # a sidecar that was not there
    REPLACE = "replace"  # a sidecar that was there and is kept as it was
    RESTORE = "restore"  # a sidecar as it was before


@dataclass(frozen=True, slots=True)
class Started:
    """The first record: which run this is and what was asked of it."""

    kind: ClassVar = "started"
    id: str
    time: str
    task: str
    mode: Mode
    roots: tuple[Path, ...]
    into: Path
    keep_folders: bool
    model: str
    files: int
    format_version: int = FORMAT_VERSION

    @property
    def order(self) -> Order:
        """What was asked."""
        return Order(self.roots, self.into, self.mode, self.keep_folders, self.model)


@dataclass(frozen=True, slots=True)
class Made:
    """A folder is about to be made."""

    kind: ClassVar = "made"
    folder: Path


@dataclass(frozen=True, slots=True)
class Begun:
    """A file is about to be touched; `stamp` is that of the source, `mtime_ns` the time its target gets.

    That of what is to be replaced, restored or removed is the target's. `parcel` is the number of the photo
    that a file travels with, its own where it is a photo.
    """

    kind: ClassVar = "begun"
    number: int
    parcel: int
    deed: Deed
    source: Path
    target: Path
    stamp: Stamp
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A whole copy of a file is on the disk under a name of its own, about to get its own name."""

    kind: ClassVar = "copied"
    number: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Done:
    """A file is where it was to go; `stamp` is the target's."""

    kind: ClassVar = "done"
    number: int
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class NotDone:
    """A file was left as it was, and why."""

    kind: ClassVar = "left"
    number: int
    source: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """From here on the run is undone."""

    kind: ClassVar = "undoing"
    time: str


@dataclass(frozen=True, slots=True)
class Ended:
    """Nothing is in doubt: what was begun and is not done was not done; `whole` when no step is missing."""

    kind: ClassVar = "ended"
    whole: bool


JournalRecord = Started | Made | Begun | Copied | Done | NotDone | Undoing | Ended
_KINDS: dict[str, type[JournalRecord]] = {
    one.kind: one for one in (Started, Made, Begun, Copied, Done, NotDone, Undoing, Ended)
}


def line(record: JournalRecord) -> bytes:
    """Return a record as a line that begins with its checksum."""
    cells = {"kind": record.kind, **asdict(record)}
    text = json.dumps(cells, default=str, separators=(",", ":")).encode("ascii")
    return b"%08x %s\n" % (zlib.crc32(text), text)


def parse(data: bytes) -> JournalRecord | None:
    """Return the record of a line without its end; None when it is not whole."""
    checksum, _, text = data.partition(b" ")
    if checksum != b"%08x" % zlib.crc32(text):
        return None
    cells = json.loads(text)
    kind = _KINDS.get(cells.pop("kind"))
    if kind is None:
        return None
    make: Callable[..., JournalRecord] = kind
    return make(**{one.name: _value(one.name, cells[one.name]) for one in fields(kind)})


def _value(name: str, value: object) -> object:
    match name, value:
        case (("source" | "target" | "into" | "folder"), str()):
            return Path(value)
        case "roots", list():
            return tuple(Path(one) for one in value)
        case "mode", str():
            return Mode(value)
        case "deed", str():
            return Deed(value)
        case "stamp", dict():
            return _stamp(value)
    return value


def _stamp(cells: Mapping[str, int]) -> Stamp:
    return Stamp(cells["size"], cells["mtime_ns"])
