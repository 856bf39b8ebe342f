"""What was answered before: what a run need not ask about, and which answers are of nothing any more."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Final

import numpy as np
import pyarrow as pa

from whatsit.distributed import entries, lots, parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from whatsit.distributed.places import Place
    from whatsit.photos import Photo

_log = logging.getLogger(__name__)
_COLUMNS: Final = ("key", "size", "mtime_ns", "unread")
_DIGEST: Final = np.dtype([("first", "<u8"), ("rest", "<u8")])


class Known:
    """The entries that parts in a folder answer, by key, size and time: 25 bytes of memory each.

    A part that is damaged is removed: its entries are asked about again.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._parts: list[tuple[str, int]] = []
        digests = np.concatenate([np.empty(0, _DIGEST), *self._read()])
        self._order = np.argsort(digests["first"], kind="stable")
        self._first, self._rest = digests["first"][self._order], digests["rest"][self._order]
        self._listed = np.zeros(len(digests), np.bool_)
        self.next_lot = max((parts.number(file) + 1 for file, _ in self._parts), default=0)

    def has(self, photo: Photo) -> bool:
        """Return whether an entry is answered, and note that it is still there."""
        if not len(self._first):
            return False
        one = np.frombuffer(_digest(entries.key_of(photo), photo.size, photo.mtime_ns), _DIGEST)[0]
        place = int(np.searchsorted(self._first, one["first"]))
        if place == len(self._first) or (self._first[place], self._rest[place]) != (
            one["first"],
            one["rest"],
        ):
            return False
        self._listed[self._order[place]] = True
        return True

    def forget_rest(self) -> None:
        """Take out of the parts whatever no entry was found for: it is gone, or changed, or was not read."""
        ends = np.cumsum([count for _, count in self._parts])
        for (file, count), end in zip(self._parts, ends, strict=True):
            listed = self._listed[end - count : end]
            if not listed.any():
                self._place.remove(file)
            elif not listed.all():
                table = parts.read(self._place, file).filter(pa.array(listed))
                self._place.write(file, lots.table_bytes(table))

    def _read(self) -> Iterator[NDArray[np.void]]:
        for file in parts.names(self._place):
            try:
                rows = parts.read(self._place, file, _COLUMNS).to_pylist()
            except pa.ArrowException:
                _log.warning("damaged, and removed: %s", self._place.at(file))
                self._place.remove(file)
                continue
            self._parts.append((file, len(rows)))
            # What was not read has a digest that no entry has.
            found = [
                bytes(16) if row["unread"] else _digest(row["key"], row["size"], row["mtime_ns"])
                for row in rows
            ]
            yield np.frombuffer(b"".join(found), _DIGEST)


def _digest(key: bytes, size: int, mtime_ns: int) -> bytes:
    return hashlib.blake2b(key + b"\0%d\0%d" % (size, mtime_ns), digest_size=16).digest()
