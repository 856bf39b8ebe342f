"""Features of a frozen backbone, extracted once a photo, kept on disk, shared by recipes."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from trainer import batches
from whatsit import files
from whatsit.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import InputSpec
    from whatsit.run import Run, RunPhoto

_CHUNK = 512


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

    def append(self, keys: list[str], rows: NDArray[np.float32]) -> None:
        """Add rows [N,D] under their keys."""
        chunk = self._folder / f"{secrets.token_hex(8)}.npy"
        with files.replacing(chunk) as temporary:
            np.save(temporary, rows.astype(np.float32))
        files.write_text(chunk.with_suffix(".txt"), "".join(f"{key}\n" for key in keys))
        self._add(chunk, keys)

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


def extract(
    model: Any, run: Run, photos: list[RunPhoto], spec: InputSpec, cache: Path
) -> NDArray[np.float32]:
    """Return the features [N,D] that `model` gives for the photos, computing those that `cache` lacks."""
    kept = FeatureCache(cache / fingerprint(model, spec))
    path_of = {photo.sha256: run.file_of(photo) for photo in photos}
    missing = kept.missing([photo.sha256 for photo in photos])
    with Progress("features", len(missing)) as progress:
        for start in range(0, len(missing), _CHUNK):
            keys = missing[start : start + _CHUNK]
            kept.append(keys, batches.predict(model, [path_of[key] for key in keys], spec))
            progress.advance(len(keys))
    return kept.rows([photo.sha256 for photo in photos])


def fingerprint(model: Any, spec: InputSpec) -> str:
    """Return a hash of all that decides the features beside the photo: layers, weights and pixels."""
    digest = hashlib.sha256(json.dumps(spec.model_dump(), sort_keys=True).encode())
    for variable in model.variables:
        digest.update(f"{variable.path}{variable.shape}".encode())
        digest.update(np.ascontiguousarray(keras.ops.convert_to_numpy(variable)).tobytes())
    return digest.hexdigest()[:32]
