"""Lots: what one worker answers in one go, written beside the answers until they are done."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import parquet

from whatsit.decisions import Answer, Status
from whatsit.distributed import entries

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from whatsit.distributed.places import Place
    from whatsit.photos import Photo

WORK: Final = "_work"
MOST: Final = 1000
_LEAST: Final = 25
_SHARES: Final = 8  # so many lots for each worker at least: none ends long after the others
_SCHEMA: Final = pa.schema(
    [
        ("key", pa.binary()),
        ("name", pa.string()),
        ("size", pa.int64()),
        ("mtime_ns", pa.int64()),
        ("status", pa.string()),
        ("reason", pa.string()),
    ]
)


def name(lot: int) -> str:
    """Return the file of a lot."""
    return f"{WORK}/lots/{lot:08}.parquet"


def tries(lot: int) -> str:
    """Return the file that says how often a lot was tried."""
    return f"{WORK}/tries/{lot:08}"


def cut(photos: Iterable[Photo], workers: int) -> Iterator[list[Photo]]:
    """Yield the entries in lots that grow with what was found: small folders keep every worker busy too."""
    lot: list[Photo] = []
    for found, photo in enumerate(photos, 1):
        lot.append(photo)
        if len(lot) >= min(MOST, max(_LEAST, found // (_SHARES * workers))):
            yield lot
            lot = []
    if lot:
        yield lot


def write(place: Place, lot: int, photos: Sequence[Photo]) -> None:
    """Write the entries of a lot."""
    rows = [
        {
            "key": entries.key_of(one),
            "name": one.name,
            "size": one.size,
            "mtime_ns": one.mtime_ns,
            "status": one.settled and one.settled.status.value,
            "reason": one.settled and one.settled.reason,
        }
        for one in photos
    ]
    place.write(name(lot), table_bytes(pa.Table.from_pylist(rows, _SCHEMA)))


def read(place: Place, lot: int, *, is_remote: bool) -> list[Photo]:
    """Return the entries of a lot, those of this machine or of another file system."""
    table = parquet.read_table(io.BytesIO(place.read(name(lot))))
    return [_photo(row, is_remote=is_remote) for row in table.to_pylist()]


def _photo(row: Mapping[str, Any], *, is_remote: bool) -> Photo:
    settled = Answer(Status(row["status"]), reason=row["reason"]) if row["status"] else None
    return entries.of_key(row["key"], row["name"], row["size"], row["mtime_ns"], settled, is_remote=is_remote)


def table_bytes(table: pa.Table) -> bytes:
    """Return a table as the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue())
