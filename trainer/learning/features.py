"""Rows of features on disk, written once, shared by whoever has the same photo and network."""

from __future__ import annotations

import io
import secrets
from typing import TYPE_CHECKING

import numpy as np

from whatsit import files

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


class FeatureCache:
    """Rows of features in a folder, a file a chunk, with a list of the photos' hashes beside each.

    A chunk counts once its list is there, and both are written whole: a killed training loses one chunk, and
    two that extract the same features at once do some of the work twice and no harm.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._places: dict[str, tuple[Path, int]] = {}
        for keys in sorted(folder.glob("*.txt")):
            self._add(keys.with_suffix(".npy"), keys.read_text(encoding="ascii").split())

    def missing(self, keys: list[str]) -> list[str]:
        """Return those keys, once each, that have no row yet."""
        return [key for key in dict.fromkeys(keys) if key not in self._places]

    def append(self, keys: list[str], rows: NDArray[np.float32]) -> int:
        """Add rows [N,D] under the first N of the keys, and return N."""
        keys = keys[: len(rows)]
        chunk = self._folder / f"{secrets.token_hex(8)}.npy"
        with files.replacing(chunk) as temporary:
            whole = io.BytesIO()  # np.save to a full disk raises an OSError that does not say so
            np.save(whole, rows.astype(np.float32))
            temporary.write_bytes(whole.getbuffer())
        files.write_text(chunk.with_suffix(".txt"), "".join(f"{key}\n" for key in keys))
        self._add(chunk, keys)
        return len(rows)

    def rows(self, keys: list[str]) -> NDArray[np.float32]:
        """Return the rows [N,D] of the keys, in their order."""
        wanted: dict[Path, list[tuple[int, int]]] = {}
        for number, key in enumerate(keys):
            chunk, place = self._places[key]
            wanted.setdefault(chunk, []).append((number, place))
        parts = {chunk: np.load(chunk, mmap_mode="r", allow_pickle=False) for chunk in wanted}
        found = np.empty((len(keys), next(iter(parts.values())).shape[1]), np.float32)
        for chunk, pairs in wanted.items():
            numbers, places = zip(*pairs, strict=True)
            found[list(numbers)] = parts[chunk][list(places)]
        return found

    def _add(self, chunk: Path, keys: list[str]) -> None:
        self._places.update({key: (chunk, place) for place, key in enumerate(keys)})
