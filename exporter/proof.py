"""What every variant of a bundle is held against: the Keras model, on labelled photos or on pictures."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, Protocol

import numpy as np

from exporter import sampling
from exporter import structure_checks as structure
from exporter import value_checks as values
from exporter.outputs import batches, outputs_over
from exporter.picture_proof import PictureProof
from exporter.source import NOT_TRAINED
from whatsit import decisions, fitting, preprocess
from whatsit.predictions import Predictions
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.keras_model import KerasModel
    from exporter.outputs import Arrays
    from exporter.structure_checks import OnnxModel
    from whatsit.manifest import Decision
    from whatsit.run import Run, RunPhoto

_FEW: Final = 16


class Proof(Protocol):
    """What the variants of one bundle are held against."""

    @property
    def few(self) -> NDArray[np.uint8]:
        """A few of its pixels, [N,H,W,3]."""
        ...

    @property
    def calibrating(self) -> list[RunPhoto]:
        """The photos that set temperatures and thresholds."""
        ...

    @property
    def seconds(self) -> float:
        """Keras' seconds a photo."""
        ...

    def check(self, checks: Checks, model: OnnxModel) -> Decision:
        """Return a variant's own decision, after its checks against Keras."""
        ...


def of(run: Run, keras: KerasModel, limit: int | None, samples: Path | None) -> Proof:
    """Return what proves a run: at most `limit` of its labelled photos, or pictures where it never had any.

    Raises RunError when photos that it tells of are missing, PictureError when one cannot be read.
    """
    if run.info.training and not any(run.info.training.photos.values()):
        return PictureProof(keras, run.info.input, samples)
    return PhotoProof(run, keras, limit)


class PhotoProof:
    """By the labelled photos of a run, and what Keras gives for them."""

    def __init__(self, run: Run, keras: KerasModel, limit: int | None) -> None:
        self._run, self._keras = run, keras
        self._photos = sampling.proving_set(run, limit)
        self.calibrating = [photo for photo in self._photos if photo.split == "calibrate"]
        few = sampling.proving_set(run, _FEW)
        self.few = np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in few])
        self._expected: Predictions | None = None

    @cached_property
    def seconds(self) -> float:
        """Keras' seconds a photo."""
        return values.seconds_per_photo(self._keras.outputs_of, self.few)

    def check(self, checks: Checks, model: OnnxModel) -> Decision:
        """Return the decision fitted on a variant's own outputs, after its checks against Keras."""
        expected = self._by_keras(checks)
        given = self._predictions(f"ONNX {checks.variant}", model)
        structure.check_varies(checks, given.outputs, structure.varying(expected.outputs) | {"probabilities"})
        values.check_against_keras(checks, given, expected)
        return self._decision(given, expected)

    def _by_keras(self, checks: Checks) -> Predictions:
        """Return what Keras gives, computed once, when a file is known to be whole: it takes minutes."""
        if self._expected is None:
            self._expected = self._predictions("Keras", self._keras)
            if self._run.info.recipe != NOT_TRAINED:
                values.check_as_trained(checks, self._run, self._expected)
        return self._expected

    def _predictions(self, title: str, model: KerasModel | OnnxModel) -> Predictions:
        with Progress(title, len(self._photos)) as progress:
            outputs = outputs_over(batches(self._run, self._photos, progress), model.outputs_of)
        return _predictions(self._photos, outputs)

    def _decision(self, given: Predictions, expected: Predictions) -> Decision:
        chosen = np.array([photo.split == "calibrate" for photo in self._photos])
        probabilities, labels = given.probabilities[chosen], given.labels[chosen]
        info = self._run.info
        promised = info.promise, [label.group for label in info.labels]
        if "novelty" not in given.outputs:  # then nothing is unknown
            return fitting.fit(probabilities, labels, np.zeros(len(labels), np.float32), 1.0, *promised)
        known = float((expected.outputs["novelty"][chosen] <= decisions.NOVELTY_LIMIT).mean())
        return fitting.fit(probabilities, labels, given.outputs["novelty"][chosen], known, *promised)


def _predictions(photos: Sequence[RunPhoto], outputs: Arrays) -> Predictions:
    labels = np.array([photo.label for photo in photos], dtype=np.int64)
    return Predictions(tuple(photo.path for photo in photos), labels, outputs)
