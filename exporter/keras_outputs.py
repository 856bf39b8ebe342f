"""What a run's Keras model itself gives for labelled photos: what exported files are evaluated against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from exporter import keras_model
from exporter.outputs import BATCH
from whatsit import labelled, preprocess
from whatsit.errors import PictureError
from whatsit.evaluation import FailedPhoto
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.outputs import Arrays, OutputsOf
    from whatsit.labelled import LabelledPhoto
    from whatsit.manifest import InputSpec, Output
    from whatsit.progress import Progress
    from whatsit.run import Run


def labelled_photos(run: Run, folder: Path, split: str) -> list[LabelledPhoto]:
    """Return a folder's labelled photos of a split, with the run's labels.

    Raises DataError when the folder, its labels or the split are not what was expected.
    """
    return labelled.read(folder, split, [label.name for label in run.info.labels])


def predict(
    run: Run, photos: Sequence[LabelledPhoto], progress: Progress
) -> tuple[Predictions, list[FailedPhoto]]:
    """Return every output of the run's Keras model, and the photos that cannot be read: theirs are NaN."""
    keras = keras_model.load(run)
    parts: list[Arrays] = []
    failed: list[FailedPhoto] = []
    for start in range(0, len(photos), BATCH):
        part = photos[start : start + BATCH]
        pixels = [_pixels(one, run.info.input, failed) for one in part]
        parts.append(_outputs(pixels, keras.outputs, keras.outputs_of))
        progress.advance(len(part))
    outputs = {one.name: np.concatenate([part[one.name] for part in parts]) for one in keras.outputs}
    labels = np.array([one.label for one in photos], dtype=np.int64)
    return Predictions(tuple(one.photo.name for one in photos), labels, outputs), failed


def _pixels(one: LabelledPhoto, spec: InputSpec, failed: list[FailedPhoto]) -> NDArray[np.uint8] | None:
    try:
        return preprocess.pixels(one.photo.path, spec)
    except PictureError as error:
        failed.append(FailedPhoto(path=one.photo.name, reason=error.what))
        return None


def _outputs(
    pixels: Sequence[NDArray[np.uint8] | None], outputs: Sequence[Output], outputs_of: OutputsOf
) -> Arrays:
    read = [place for place, one in enumerate(pixels) if one is not None]
    found = {one.name: np.full((len(pixels), *one.shape[1:]), np.nan, np.float32) for one in outputs}
    given = outputs_of(np.stack([one for one in pixels if one is not None])) if read else {}
    for name, values in given.items():
        found[name][read] = values
    return found
