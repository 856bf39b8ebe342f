"""Features of a frozen backbone, extracted once a photo, kept on disk, shared by recipes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from trainer import batches
from whatsit.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import InputSpec
    from whatsit.run import Run, RunPhoto

_CHUNK = 512


class FeatureCache:
    """A file of float32 rows and one of the photos' hashes, in step; a half-written end is cut off."""

    def __init__(self, folder: Path, width: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._rows_file, self._keys_file, self._width = folder / "features.f32", folder / "photos.txt", width
        self._rows_file.touch()
        self._keys_file.touch()
        self._keys = self._consistent()

    def missing(self, keys: list[str]) -> list[str]:
        """Return those keys, once each, that have no row yet."""
        return [key for key in dict.fromkeys(keys) if key not in self._keys]

    def append(self, keys: list[str], rows: NDArray[np.float32]) -> None:
        """Add rows [N,D] under their keys."""
        with self._rows_file.open("ab") as file:
            file.write(np.ascontiguousarray(rows, dtype="<f4").tobytes())
        with self._keys_file.open("a", encoding="ascii") as file:
            file.writelines(f"{key}\n" for key in keys)
        self._keys.update({key: len(self._keys) + number for number, key in enumerate(keys)})

    def rows(self, keys: list[str]) -> NDArray[np.float32]:
        """Return the rows [N,D] of the keys, in their order."""
        stored = np.memmap(self._rows_file, dtype="<f4", mode="r").reshape(-1, self._width)
        return np.asarray(stored[[self._keys[key] for key in keys]], dtype=np.float32)

    def _consistent(self) -> dict[str, int]:
        keys = self._keys_file.read_text(encoding="ascii").split("\n")[:-1]
        count = min(len(keys), self._rows_file.stat().st_size // (4 * self._width))
        with self._rows_file.open("r+b") as file:
            file.truncate(count * 4 * self._width)
        with self._keys_file.open("r+", encoding="ascii", newline="\n") as file:
            file.truncate(sum(len(key) + 1 for key in keys[:count]))
        return {key: number for number, key in enumerate(keys[:count])}


def extract(model: Any, run: Run, photos: list[RunPhoto], cache: Path) -> NDArray[np.float32]:
    """Return the features [N,D] that `model` gives for the photos, computing those that `cache` lacks."""
    kept = FeatureCache(cache / fingerprint(model, run.info.input), model.output_shape[-1])
    path_of = {photo.sha256: run.file_of(photo) for photo in photos}
    missing = kept.missing([photo.sha256 for photo in photos])
    with Progress("features", len(missing)) as progress:
        for start in range(0, len(missing), _CHUNK):
            keys = missing[start : start + _CHUNK]
            kept.append(keys, batches.predict(model, [path_of[key] for key in keys], run.info.input))
            progress.advance(len(keys))
    return kept.rows([photo.sha256 for photo in photos])


def fingerprint(model: Any, spec: InputSpec) -> str:
    """Return a hash of all that decides the features beside the photo: layers, weights and pixels."""
    digest = hashlib.sha256(json.dumps(spec.model_dump(), sort_keys=True).encode())
    for variable in model.variables:
        digest.update(f"{variable.path}{variable.shape}".encode())
        digest.update(np.ascontiguousarray(keras.ops.convert_to_numpy(variable)).tobytes())
    return digest.hexdigest()[:32]
