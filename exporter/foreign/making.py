"""A Keras file that was not trained here, made into a run's folder that exports like any other."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Final

import numpy as np

from exporter import golden_pictures
from exporter.foreign import ending as endings
from exporter.foreign import labels as label_files
from exporter.foreign import model as models
from exporter.foreign import photos as labelled_photos
from exporter.foreign import sense
from exporter.foreign.network import Foreign
from exporter.outputs import batches, outputs_over
from exporter.source import NOT_STATED, NOT_TRAINED
from whatsit import files, temperature
from whatsit import run as runs
from whatsit.manifest import Label, Training
from whatsit.progress import Progress
from whatsit.run import Run, RunInfo

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.foreign.ending import Ending
    from exporter.source import Told
    from whatsit.manifest import InputSpec
    from whatsit.run import RunPhoto

_SUBJECT: Final = "photos like those it learned from"
_FROM_BYTES: Final = (
    "No Rescaling or Normalization is near its input: pixels go in as 0 to 255. If it was taught otherwise, "
    "say how: --scaling unit, signed, normalised or caffe."
)
_ALL_THE_SAME: Final = (
    "It gives the same for all generated pictures. Most often pixels go in otherwise than it was taught: see "
    "--scaling."
)
_HARDLY: Final = 1e-6
_TWICE: Final = "It scales pixels itself, and --scaling {} comes before that."
_UNPROVEN: Final = (
    "No labelled photos: values are proven on pictures, nothing is calibrated. --data DIR sets thresholds."
)


def into_run(file: Path, told: Told, folder: Path, say: Callable[[str], None]) -> Run:
    """Return the run written into an empty folder: the model with a bundle's outputs, and its photos.

    `say` takes a line for each thing that was found and could be otherwise. Raises RunError, UsageError or
    DataError for a model, options, labels or photos that are not what a bundle needs.
    """
    if told.labels is None:
        raise ValueError("labels are needed")
    labels = label_files.read(told.labels)
    model = models.load(file)
    spec = models.spec_of(model, told.size, told.resize or "squash", file)
    foreign = Foreign(model, spec, told.scaling or "none")
    rows = _rows(foreign)
    ending = endings.of(model, labels, rows, (file, told.labels))
    for line in (*_found(foreign, ending, told), *([_ALL_THE_SAME] if _same(rows) else [])):
        say(line)
    photos = labelled_photos.read(told.data, labels) if told.data else []
    run = runs.write(folder, _info(file, told, labels, foreign.spec, photos))
    runs.write_photos(run, photos)
    return _with_model(run, foreign, ending, say)


def _rows(foreign: Foreign) -> NDArray[np.float32]:
    """Return what the model itself gives for generated pictures."""
    pixels = golden_pictures.proving_pixels(None, foreign.spec)
    return np.asarray(foreign.raw().predict_on_batch(pixels))


def _same(rows: NDArray[np.float32]) -> bool:
    return float(np.ptp(rows, axis=0).max()) <= _HARDLY * float(np.abs(rows).max())


def _found(foreign: Foreign, ending: Ending, told: Told) -> list[str]:
    itself, asked = models.scales_itself(foreign.model), foreign.scaling != "none"
    lines = [
        endings.SAID[ending],
        _FROM_BYTES if not itself and told.scaling is None else "",
        _TWICE.format(foreign.scaling) if itself and asked else "",
        "" if told.data else _UNPROVEN,
    ]
    return [line for line in lines if line]


def _info(
    file: Path, told: Told, labels: Sequence[str], spec: InputSpec, photos: Sequence[RunPhoto]
) -> RunInfo:
    fingerprint = files.sha256(file)
    splits = sorted({photo.split for photo in photos})
    training = Training(
        recipe=NOT_TRAINED,
        data_fingerprint=fingerprint,
        photos={split: sum(photo.split == split for photo in photos) for split in splits},
        metrics={},
        versions=_versions(file),
    )
    return RunInfo(
        recipe=NOT_TRAINED,
        name=_name(file),
        title=told.title or file.stem,
        licence=told.licence or NOT_STATED,
        subject=_SUBJECT,
        labels=tuple(Label(id=number, name=name) for number, name in enumerate(labels)),
        input=spec,
        data_root=(told.data or file).absolute(),
        data_fingerprint=fingerprint,
        training=training,
    )


def _with_model(run: Run, foreign: Foreign, ending: Ending, say: Callable[[str], None]) -> Run:
    """Write the model with a bundle's outputs, its temperature fitted on `calibrate` if that has photos."""
    photos = run.photos("calibrate")
    model, fitted = foreign.complete(ending), None
    if photos:
        with Progress("Keras, temperature", len(photos)) as progress:
            given = outputs_over(batches(run, photos, progress), model.predict_on_batch)["probabilities"]
        right = np.array([photo.label for photo in photos], dtype=np.int64)
        say(sense.check(given, right, [label.name for label in run.info.labels], run.info.data_root))
        fitted = _temperature(given, right)
        model = foreign.complete(ending, fitted)
    model.save(run.folder / runs.MODEL_FILE)
    return runs.write(run.folder, run.info.model_copy(update={"temperature": fitted}))


def _temperature(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    return temperature.fit(np.log(np.maximum(probabilities, np.float32(1e-30))), labels)


def _name(file: Path) -> str:
    words = "".join(sign if sign.isascii() and sign.isalnum() else " " for sign in file.stem.lower()).split()
    return "-".join(words)[:64].strip("-")


def _versions(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as packed:
        told = json.loads(packed.read("metadata.json"))
    return {"keras": str(told.get("keras_version", NOT_STATED))}
