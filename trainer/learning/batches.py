"""Photos and features as Keras takes them: batches, made on threads ahead of the network."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from PIL import ImageOps

from trainer import devices
from trainer.learning import augment
from trainer.learning.decoded import Decoded
from whatsit import preprocess
from whatsit.errors import WhatsitError
from whatsit.graph import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.sections import Augment
    from whatsit.manifest import InputSpec

    Look = Callable[[Path, InputSpec], NDArray[np.uint8]]
    Example = tuple[NDArray[np.uint8], NDArray[np.float32]]

_THREADS = cores()
_WAITING = 8  # batches of a stream that are decoded ahead
_AHEAD = 4  # batches of an epoch that are made ahead: each waits in memory


class Order:
    """One epoch's order of `count` examples in batches, from `first_step` on.

    It follows from seed and epoch alone, so an interrupted epoch goes on unchanged; what no batch takes waits
    for the next epoch's order.
    """

    def __init__(self, count: int, batch: int, seed: int, epoch: int, first_step: int = 0) -> None:
        self.seed, self.epoch = seed, epoch
        self._batch, self._first_step = batch, first_step
        self._places = np.random.default_rng((seed, epoch)).permutation(count)

    def __len__(self) -> int:
        return len(self._places) // self._batch - self._first_step

    def __getitem__(self, index: int) -> NDArray[np.int64]:
        start = (index + self._first_step) * self._batch
        return self._places[start : start + self._batch]


class ArrayBatches(keras.utils.PyDataset):
    """One epoch's batches of features and targets [N,C]."""

    failure: WhatsitError | None = None

    def __init__(self, rows: NDArray[np.float32], targets: NDArray[np.float32], order: Order) -> None:
        super().__init__()
        self._rows, self._targets, self._order = rows, targets, order

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        chosen = self._order[index]
        return self._rows[chosen], self._targets[chosen]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Photos to learn from: their files, how they vary, and targets [V,N,C].

    V is 1, or 2 where a photo's mirror has its own target, a teacher's answer to it.
    """

    paths: Sequence[Path]
    targets: NDArray[np.float32]
    spec: InputSpec
    augment: Augment | None
    decoded: Decoded = field(default_factory=Decoded)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(_THREADS))


class TrainingBatches(keras.utils.PyDataset):
    """One epoch's batches of pixels, varied as the lesson says, and targets [N,C].

    How a photo varies follows from seed, epoch and photo alone.
    """

    # Not Keras' own workers: they fill one queue, and with several devices Keras reads an epoch twice at
    # once, the first time to build the model: batches came out of order, and some not at all.
    def __init__(self, lesson: Lesson, order: Order) -> None:
        super().__init__()
        self._lesson, self._order = lesson, order
        self._coming: dict[int, list[Future[Example]]] = {}
        self._lock = threading.Lock()
        self.failure: WhatsitError | None = None

    def __len__(self) -> int:
        return len(self._order)

    def __getitem__(self, index: int) -> Example:
        with self._lock:
            ahead = range(index, min(index + _AHEAD, len(self)))
            self._coming = {one: self._coming.get(one) or self._begun(one) for one in ahead}
            waiting = self._coming[index]
        try:
            pixels, targets = zip(*[one.result() for one in waiting], strict=True)
        except WhatsitError as error:
            self.failure = error  # TensorFlow makes another error of it, which names no file
            raise
        return np.stack(pixels), np.stack(targets)

    def _begun(self, index: int) -> list[Future[Example]]:
        return [self._lesson.pool.submit(self._example, int(place)) for place in self._order[index]]

    def _example(self, place: int) -> Example:
        lesson = self._lesson
        path, targets = lesson.paths[place], lesson.targets[:, place]
        at_least = (2 * lesson.spec.width, 2 * lesson.spec.height)
        picture = lesson.decoded.picture(place, path, at_least)
        if lesson.augment is None:
            return preprocess.resize(picture, lesson.spec), targets[0]
        random = np.random.default_rng((self._order.seed, self._order.epoch, place))
        mirrored = augment.is_mirrored(lesson.augment, random)
        picture = augment.vary(ImageOps.mirror(picture) if mirrored else picture, lesson.augment, random)
        return preprocess.resize(picture, lesson.spec), targets[-1] if mirrored else targets[0]


def stream(
    paths: Sequence[Path], spec: InputSpec, batch: int = 32, look: Look = preprocess.pixels
) -> Iterator[NDArray[np.uint8]]:
    """Yield batches of uint8 pixels [N,H,W,3] in the order of `paths`, looked at on threads ahead."""
    ahead = _WAITING * batch
    with ThreadPoolExecutor(_THREADS) as pool:
        waiting = deque(pool.submit(look, path, spec) for path in paths[:ahead])
        for start in range(0, len(paths), batch):
            chosen = [waiting.popleft().result() for _ in paths[start : start + batch]]
            following = paths[start + ahead : start + ahead + batch]
            waiting.extend(pool.submit(look, path, spec) for path in following)
            yield np.stack(chosen)


def predict(model: Any, paths: Sequence[Path], spec: InputSpec) -> Any:
    """Return what a Keras model gives for the photos, in their order: an array for each of its outputs."""
    parts = [outputs(model, pixels) for pixels in stream(paths, spec)]
    if isinstance(parts[0], dict):
        return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    if isinstance(parts[0], list | tuple):
        return [np.concatenate(column) for column in zip(*parts, strict=True)]
    return np.concatenate(parts)


def outputs(model: Any, rows: NDArray[Any], batch: int = 32) -> Any:
    """Return what a Keras model gives for at most a batch of pixels or features; one not full is filled up.

    Each new shape costs a compilation, which takes longer than the few photos too many.
    """
    count = len(rows)
    if count < batch:
        rows = np.concatenate([rows, np.repeat(rows[-1:], batch - count, axis=0)])
    given = model.predict_on_batch(devices.parted(model, rows))
    return keras.tree.map_structure(lambda array: array[:count], given)
