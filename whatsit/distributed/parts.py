"""Parts: the answers to one lot, a Parquet file written whole; all parts together are the result."""

from __future__ import annotations

import base64
import io
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
from pyarrow import parquet

from whatsit.decisions import Status
from whatsit.distributed import entries, lots
from whatsit.results import PhotoRecord

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whatsit.distributed.places import Place
    from whatsit.photos import Photo

_AT_ONCE: Final = 16  # an object store answers each after a while, and many at once
_FIRST: Final = "part-"
_CANDIDATES: Final = pa.list_(pa.struct([("label", pa.string()), ("confidence", pa.float64())]))
_SAID: Final = [
    ("status", pa.string()),
    ("label", pa.string()),
    ("confidence", pa.float64()),
    ("candidates", _CANDIDATES),
    ("group", pa.string()),
    ("novelty", pa.float64()),
    ("reason", pa.string()),
    ("model", pa.string()),
]
# What `key`, `size` and `mtime_ns` are, a later run knows again; `unread` it asks about again.
_SCHEMA: Final = pa.schema(
    [
        ("path", pa.string()),
        ("path_bytes", pa.binary()),
        *_SAID,
        ("person_label", pa.string()),
        ("then", pa.struct(_SAID)),
        ("key", pa.binary()),
        ("size", pa.int64()),
        ("mtime_ns", pa.int64()),
        ("unread", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Row:
    """One entry and what is written of it; `unread` where it could not be read, which may pass."""

    photo: Photo
    record: PhotoRecord
    unread: bool = False


def name(lot: int) -> str:
    """Return the file of a lot's answers."""
    return f"{_FIRST}{lot:08}.parquet"


def number(file: str) -> int:
    """Return the lot whose answers are in a file."""
    return int(file.removeprefix(_FIRST).removesuffix(".parquet"))


def names(place: Place) -> list[str]:
    """Return the files of answers in a folder, in the order of their lots."""
    return [one for one in place.names() if one.startswith(_FIRST) and one.endswith(".parquet")]


def write(place: Place, lot: int, rows: Sequence[Row]) -> None:
    """Write the answers to a lot, whole or not at all."""
    table = pa.Table.from_pylist([_cells(row) for row in rows], _SCHEMA)
    place.write(name(lot), lots.table_bytes(table))


def read(place: Place, file: str, columns: Sequence[str] | None = None) -> pa.Table:
    """Return the table in a file; raises pyarrow's ArrowException when it is damaged."""
    return parquet.read_table(io.BytesIO(place.read(file)), columns=columns and list(columns))


def records(place: Place) -> Iterator[PhotoRecord]:
    """Yield every answer, in the order of the lots."""
    for file in names(place):
        for row in read(place, file).to_pylist():
            yield _record(row)


def counts(place: Place) -> Counter[Status]:
    """Return how many entries ended how."""
    total: Counter[Status] = Counter()
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        for table in pool.map(partial(read, place, columns=["status"]), names(place)):
            total.update(Status(one) for one in table["status"].to_pylist())
    return total


def _cells(row: Row) -> dict[str, object]:
    cells = row.record.model_dump(mode="json", exclude={"record"})
    cells["path_bytes"] = base64.b64decode(row.record.path_bytes) if row.record.path_bytes else None
    photo = row.photo
    return cells | {
        "key": entries.key_of(photo),
        "size": photo.size,
        "mtime_ns": photo.mtime_ns,
        "unread": row.unread,
    }


def _record(row: Mapping[str, Any]) -> PhotoRecord:
    cells = {name: value for name, value in row.items() if name in PhotoRecord.model_fields}
    raw = cells["path_bytes"]
    cells["path_bytes"] = base64.b64encode(raw).decode() if raw else None
    return PhotoRecord.model_validate(cells)
