"""Features of frozen backbones for the photos of a run: each computed once, streamed to disk, shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import keras
import numpy as np

from trainer.learning import batches
from trainer.learning.features import FeatureCache
from trainer.network import layers
from whatsit import home
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trainer.learning.batches import View
    from trainer.network.bodies import Body
    from whatsit.bundle import InputSpec
    from whatsit.run import Run, RunPhoto, Split

_CHUNK = 512
_BATCH = 32


class Extraction:
    """Pooled features of some backbones, side by side, for photos as `spec` wants them."""

    def __init__(self, parts: Sequence[Body], pooling: str, spec: InputSpec) -> None:
        self._parts, self._pooling, self._spec = parts, pooling, spec

    def of(self, run: Run, photos: Sequence[RunPhoto], view: View = batches.plain) -> NDArray[np.float32]:
        """Return the features [N,D] of the photos, computing only those that the cache lacks."""
        rows = [self._of_body(body, run, photos, view) for body in self._parts]
        return np.concatenate(rows, axis=1) if len(rows) > 1 else rows[0]

    def examples(self, run: Run, split: Split) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """Return the features [N,D] and the labels [N] of a run's photos of one split."""
        photos = run.photos(split)
        return self.of(run, photos), np.array([photo.label for photo in photos], np.int64)

    def model(self, body: Body) -> keras.Model:
        """Return the Keras model from uint8 pixels [N,H,W,3] to a backbone's pooled features [N,D]."""
        spec = self._spec
        image = keras.Input((spec.height, spec.width, 3), dtype="uint8", name=spec.name)
        return keras.Model(image, layers.layer(self._pooling)(body.on(image)))

    def _of_body(self, body: Body, run: Run, photos: Sequence[RunPhoto], view: View) -> NDArray[np.float32]:
        kept = FeatureCache(home.cache() / "features" / self._name(body, view))
        keys = [photo.sha256 for photo in photos]
        missing = kept.missing(keys)
        if missing:
            path_of = {photo.sha256: run.file_of(photo) for photo in photos}
            title = f"features of {body.choice}" + (" (mirrored)" if view is batches.mirrored else "")
            with Progress(title, len(missing)) as progress:
                model, waiting, done = self.model(body), [], 0
                for pixels in batches.stream([path_of[key] for key in missing], self._spec, _BATCH, view):
                    waiting.append(batches.outputs(model, pixels, _BATCH))
                    progress.advance(len(pixels))
                    if len(waiting) * _BATCH >= _CHUNK:
                        done += kept.append(missing[done:], np.concatenate(waiting))
                        waiting = []
                if waiting:
                    kept.append(missing[done:], np.concatenate(waiting))
        return kept.rows(keys)

    def _name(self, body: Body, view: View) -> str:
        mirror = "mirror-" if view is batches.mirrored else ""
        return f"{body.choice}-{self._pooling}-{mirror}{body.fingerprint(self._spec, self._pooling)}"
