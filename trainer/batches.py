"""Photos as Keras takes them: batches of pixels, decoded on threads ahead of the network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from trainer import augment
from whatsit import pictures, preprocess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.recipe import Augment
    from whatsit.bundle import InputSpec

_THREADS = 2
_WAITING = 8


class PlainBatches(keras.utils.PyDataset):
    """Batches of uint8 pixels [N,H,W,3], in the order of `paths`."""

    def __init__(self, paths: Sequence[Path], spec: InputSpec, batch: int = 32) -> None:
        super().__init__(workers=_THREADS, max_queue_size=_WAITING)
        self._paths, self._spec, self._batch = paths, spec, batch

    def __len__(self) -> int:
        return math.ceil(len(self._paths) / self._batch)

    def __getitem__(self, index: int) -> tuple[NDArray[np.uint8]]:
        chosen = self._paths[index * self._batch : (index + 1) * self._batch]
        return (np.stack([preprocess.pixels(path, self._spec) for path in chosen]),)


class TrainingBatches(keras.utils.PyDataset):
    """One epoch's batches of varied pixels and labels, from `first_step` on.

    Order and variations follow from seed, epoch and place alone, so an interrupted epoch goes on unchanged.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        labels: NDArray[np.int64],
        spec: InputSpec,
        settings: Augment,
        *,
        batch: int,
        epoch: tuple[int, int, int],
    ) -> None:
        super().__init__(workers=_THREADS, max_queue_size=_WAITING)
        self._paths, self._labels, self._spec, self._settings = paths, labels, spec, settings
        self._batch = batch
        self._seed, self._epoch, self._first_step = epoch
        self._order = np.random.default_rng((self._seed, self._epoch)).permutation(len(paths))

    def __len__(self) -> int:
        return len(self._paths) // self._batch - self._first_step

    def __getitem__(self, index: int) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        start = (index + self._first_step) * self._batch
        chosen = self._order[start : start + self._batch]
        return np.stack([self._pixels(int(place)) for place in chosen]), self._labels[chosen]

    def _pixels(self, place: int) -> NDArray[np.uint8]:
        random = np.random.default_rng((self._seed, self._epoch, place))
        path = self._paths[place]
        at_least = (2 * self._spec.width, 2 * self._spec.height)
        picture = pictures.decode(pictures.read(path), at_least, path=path)
        return preprocess.resize(augment.vary(picture, self._settings, random), self._spec)


def predict(model: Any, paths: Sequence[Path], spec: InputSpec) -> Any:
    """Return what a Keras model gives for the photos, in their order."""
    return model.predict(PlainBatches(paths, spec), verbose=0)
