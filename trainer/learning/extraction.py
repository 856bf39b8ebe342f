"""Features of frozen backbones for the photos of a run: each computed once, streamed to disk, shared."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

import keras
import numpy as np

from trainer.learning import batches
from trainer.learning.features import FeatureCache
from trainer.network import folding, layers
from whatsit import home, pictures, preprocess
from whatsit.errors import PictureError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.network.bodies import Body
    from whatsit.manifest import InputSpec
    from whatsit.run import Run, RunPhoto, Split

_CHUNK = 512
_BATCH = 32


class View(NamedTuple):
    """A way to look at a photo: its name, and what it makes of pixels [H,W,3]."""

    name: str
    turned: Callable[[NDArray[np.uint8]], NDArray[np.uint8]]


PLAIN: Final = View("", lambda pixels: pixels)
MIRRORED: Final = View("mirror", lambda pixels: pixels[:, ::-1])


class Extraction:
    """Pooled features of some backbones, side by side, for photos as `spec` wants them."""

    def __init__(self, parts: Sequence[Body], pooling: str, spec: InputSpec) -> None:
        self._parts, self._pooling, self._spec = parts, pooling, spec

    def of(self, run: Run, photos: Sequence[RunPhoto], view: View = PLAIN) -> NDArray[np.float32]:
        """Return the features [N,D] of the photos, computing only those that the cache lacks."""
        rows = [self._of_body(body, run, photos, view) for body in self._parts]
        return np.concatenate(rows, axis=1) if len(rows) > 1 else rows[0]

    @property
    def widths(self) -> list[int]:
        """How many features each backbone gives."""
        pooling = layers.layer(self._pooling)
        return [int(pooling.compute_output_shape(body.model.output_shape)[-1]) for body in self._parts]

    def examples(self, run: Run, split: Split) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the features [N,D] and the labels [N] of a run's photos of one split."""
        photos = run.photos(split)
        return self.of(run, photos), np.array([photo.label for photo in photos], np.int64)

    def model(self, body: Body) -> keras.Model:
        """Return the Keras model from uint8 pixels [N,H,W,3] to a backbone's pooled features [N,D]."""
        spec = self._spec
        image = keras.Input((spec.height, spec.width, 3), dtype="uint8", name=spec.name)
        return folding.folded(keras.Model(image, layers.layer(self._pooling)(body.on(image))))

    def _of_body(self, body: Body, run: Run, photos: Sequence[RunPhoto], view: View) -> NDArray[np.float32]:
        kept = FeatureCache(home.cache() / "features" / self._name(body, view))
        keys = [photo.sha256 for photo in photos]
        missing = kept.missing(keys)
        if missing:
            look = _Look({run.file_of(photo): photo.sha256 for photo in photos}, view)
            path_of = {sha256: path for path, sha256 in look.sha256_of.items()}
            title = f"features of {body.choice}" + (f" ({view.name})" if view.name else "")
            with Progress(title, len(missing)) as progress:
                model, waiting, done = self.model(body), [], 0
                for pixels in batches.stream([path_of[key] for key in missing], self._spec, _BATCH, look):
                    waiting.append(batches.outputs(model, pixels, _BATCH))
                    progress.advance(len(pixels))
                    if len(waiting) * _BATCH >= _CHUNK:
                        done += kept.append(missing[done:], np.concatenate(waiting))
                        waiting = []
                if waiting:
                    kept.append(missing[done:], np.concatenate(waiting))
        return kept.rows(keys)

    def _name(self, body: Body, view: View) -> str:
        parts = (body.choice, self._pooling, view.name, body.fingerprint(self._spec, self._pooling))
        return "-".join(str(part) for part in parts if part)


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at photos that are still what they were when the run began: features are kept by their hash."""

    sha256_of: Mapping[Path, str]
    view: View

    def __call__(self, path: Path, spec: InputSpec) -> NDArray[np.uint8]:
        data = pictures.read(path)
        if hashlib.sha256(data).hexdigest() != self.sha256_of[path]:
            raise PictureError("it has changed since this run began; start a new run.", path=path)
        return self.view.turned(preprocess.pixels(data, spec, path))
