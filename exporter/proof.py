"""What every variant of a bundle is held against: the Keras model on labelled photos."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from exporter import sampling
from exporter import structure_checks as structure
from exporter import value_checks as values
from exporter.outputs import batches, outputs_over
from whatsit import decisions, preprocess
from whatsit.predictions import Predictions
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.keras_model import KerasModel
    from exporter.outputs import Arrays
    from exporter.structure_checks import OnnxModel
    from whatsit.bundle import Decision
    from whatsit.run import Run, RunPhoto

_FEW: Final = 16


@dataclass(frozen=True, slots=True)
class Proof:
    """The proving photos of a run, what Keras gives for them, and its seconds a photo."""

    run: Run
    photos: tuple[RunPhoto, ...]
    expected: Predictions
    seconds: float

    def check(self, checks: Checks, model: OnnxModel) -> Decision:
        """Return the decision fitted on a variant's own outputs, after its checks against Keras."""
        with Progress(f"ONNX {checks.variant}", len(self.photos)) as progress:
            given = outputs_over(batches(self.run, self.photos, progress), model.outputs_of)
        structure.check_varies(checks, given)
        predictions = _predictions(self.photos, given)
        values.check_against_keras(checks, predictions, self.expected)
        return self._decision(predictions)

    def _decision(self, given: Predictions) -> Decision:
        chosen = np.array([photo.split == "calibrate" for photo in self.photos])
        known = self.expected.outputs["novelty"][chosen] <= decisions.NOVELTY_LIMIT
        novelty = given.outputs["novelty"][chosen]
        kept = float(known.mean())
        return decisions.fit(given.probabilities[chosen], given.labels[chosen], novelty, kept)


def by_keras(run: Run, keras: KerasModel, limit: int | None) -> Proof:
    """Return what Keras gives for the run's proving photos, at most `limit` of them.

    Raises RunError when there are none, PictureError when one cannot be read.
    """
    photos = sampling.proving_set(run, limit)
    with Progress("Keras", len(photos)) as progress:
        outputs = outputs_over(batches(run, photos, progress), keras.outputs_of)
    seconds = values.seconds_per_photo(keras.outputs_of, few_pixels(run))
    return Proof(run, tuple(photos), _predictions(photos, outputs), seconds)


def few_pixels(run: Run) -> NDArray[np.uint8]:
    """Return the pixels [N,H,W,3] of the first few proving photos."""
    photos = sampling.proving_set(run, _FEW)
    return np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])


def _predictions(photos: Sequence[RunPhoto], outputs: Arrays) -> Predictions:
    labels = np.array([photo.label for photo in photos], dtype=np.int64)
    return Predictions(tuple(photo.path for photo in photos), labels, outputs)
