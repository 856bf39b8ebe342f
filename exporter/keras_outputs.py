"""What a run's Keras model itself gives for labelled photos: what exported files are evaluated against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from exporter import keras_model
from exporter.outputs import BATCH
from whatsit import labelled, preprocess
from whatsit.errors import PictureError
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from exporter.outputs import Arrays, OutputsOf
    from whatsit.bundle import InputSpec, Output
    from whatsit.labelled import LabelledPhoto
    from whatsit.progress import Progress
    from whatsit.run import Run


def labelled_photos(run: Run, folder: Path, split: str) -> list[LabelledPhoto]:
    """Return a folder's labelled photos of a split, with the run's labels.

    Raises DataError when the folder, its labels or the split are not what was expected.
    """
    return labelled.read(folder, split, [label.name for label in run.info.labels])


def predict(run: Run, photos: Sequence[LabelledPhoto], progress: Progress) -> Predictions:
    """Return every output of the run's Keras model; those of a photo that cannot be read are NaN."""
    keras = keras_model.load(run)
    parts = []
    for start in range(0, len(photos), BATCH):
        part = photos[start : start + BATCH]
        parts.append(_outputs(part, run.info.input, keras.outputs, keras.outputs_of))
        progress.advance(len(part))
    outputs = {one.name: np.concatenate([part[one.name] for part in parts]) for one in keras.outputs}
    labels = np.array([one.label for one in photos], dtype=np.int64)
    return Predictions(tuple(one.photo.name for one in photos), labels, outputs)


def _outputs(
    photos: Sequence[LabelledPhoto], spec: InputSpec, outputs: Sequence[Output], outputs_of: OutputsOf
) -> Arrays:
    pixels, read = [], []
    for place, one in enumerate(photos):
        try:
            pixels.append(preprocess.pixels(one.photo.path, spec))
            read.append(place)
        except PictureError:
            continue  # its outputs stay NaN: evaluate counts and names it
    found = {one.name: np.full((len(photos), *one.shape[1:]), np.nan, np.float32) for one in outputs}
    for name, values in outputs_of(np.stack(pixels)).items() if pixels else ():
        found[name][read] = values
    return found
