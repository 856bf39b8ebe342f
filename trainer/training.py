"""One training, from photos to a finished run: features, head, fine-tuning, calibration."""

from __future__ import annotations

import datetime as dt
import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from scipy.special import log_softmax

import whatsit
from trainer import backbones, batches, calibrate, checkpoints, datasets, features, finetune, heads, networks
from trainer import recipe as recipes
from whatsit import files, home
from whatsit import run as runs
from whatsit.bundle import Label, Output, Training

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.networks import Calibration, Network
    from trainer.recipe import Recipe
    from whatsit.run import Run, RunPhoto, Split

RECIPE_FILE = "recipe.json"
_VERSIONS_OF = ("keras", "tensorflow", "numpy", "pillow", "scikit-learn")


def start(name: str, recipe: Recipe, data: Path, into: Path, tags: tuple[str, ...] = ()) -> Run:
    """Make the folder of a new run below `into`, with its photos and its recipe as resolved, and return it.

    Raises DataError when the photos or their labels are not what training needs.
    """
    dataset = datasets.read(data, recipe.data.also)
    folder = _new_folder(into, name)
    info = runs.RunInfo(
        recipe=name,
        name=recipe.model.name,
        title=recipe.model.title,
        licence=recipe.model.licence,
        subject=recipe.model.subject,
        labels=tuple(Label(id=number, name=label) for number, label in enumerate(dataset.labels)),
        input=recipe.input,
        data_root=dataset.root,
        tags=tags,
        data_fingerprint=dataset.fingerprint,
    )
    files.write_text(folder / RECIPE_FILE, recipe.model_dump_json(indent=1) + "\n")
    if words := recipes.card(name):
        files.write_text(folder / runs.CARD_FILE, words)
    run = runs.write(folder, info)
    runs.write_photos(run, list(dataset.photos))
    return run


def resume(folder: Path) -> tuple[Run, Recipe]:
    """Return the run in `folder` and its recipe; raises RunError when there is none."""
    run = runs.read(folder)
    return run, recipes.Recipe.model_validate_json((folder / RECIPE_FILE).read_bytes())


def train(run: Run, recipe: Recipe, weights: str) -> Run:
    """Bring a run to its end from wherever it stands, doing nothing twice, and return it."""
    keras.utils.set_random_seed(recipe.seed)
    file = backbones.find_weights(recipe.network.backbone, weights)
    classes = len(run.info.labels)
    network = networks.build(recipe.input, recipe.network.backbone, file, classes, recipe.network.dropout)
    train_photos, tune_photos = run.photos("train"), run.photos("tune")
    if not (run.folder / checkpoints.FILE).exists():
        _fit_head(run, network, train_photos, tune_photos)
    finetune.finetune(finetune.Job(run, recipe, network, train_photos, tune_photos))
    return _finish(run, recipe, network)


def _fit_head(run: Run, network: Network, train: list[RunPhoto], tune: list[RunPhoto]) -> None:
    model, cache = network.feature_model, home.cache() / "features"
    kernel, bias = heads.logistic(
        (features.extract(model, run, train, cache), _labels(train)),
        (features.extract(model, run, tune, cache), _labels(tune)),
    )
    network.set_head(kernel, bias)


def _finish(run: Run, recipe: Recipe, network: Network) -> Run:
    held_out = run.photos("tune", "calibrate")
    paths = [run.file_of(photo) for photo in held_out]
    both = keras.Model(network.image, [network.features, network.training_model.output])
    rows, logits = batches.predict(both, paths, recipe.input)
    chosen = np.array([photo.split == "calibrate" for photo in held_out])
    calibration = _calibrate(run, recipe, network, rows[chosen], (logits[chosen], _labels(held_out)[chosen]))
    model = networks.complete(network, calibration)
    with files.replacing(run.folder / runs.MODEL_FILE) as temporary:
        model.save(temporary)
    log_probabilities = log_softmax(logits / calibration.temperature, axis=1)
    runs.write_predictions(run, held_out, np.exp(log_probabilities).astype(np.float32))
    info = run.info.model_copy(
        update={
            "outputs": _outputs(model(network.image)),
            "temperature": calibration.temperature,
            "training": _record(run, log_probabilities, held_out),
        }
    )
    return runs.write(run.folder, info)


def _calibrate(
    run: Run,
    recipe: Recipe,
    network: Network,
    rows: NDArray[np.float32],
    answers: tuple[NDArray[np.float32], NDArray[np.int64]],
) -> Calibration:
    train = run.photos("train")
    chosen = np.random.default_rng(recipe.seed).permutation(len(train))[: recipe.novelty.photos]
    taught = batches.predict(network.feature_model, [run.file_of(train[i]) for i in chosen], recipe.input)
    centres = calibrate.centroids(taught, recipe.novelty.centroids, recipe.seed)
    at_limit = float(np.quantile(calibrate.distance(rows, centres), recipe.novelty.kept))
    return networks.Calibration(calibrate.temperature(*answers), centres, max(at_limit, 1e-6))


def _record(run: Run, log_probabilities: NDArray[np.float64], photos: list[RunPhoto]) -> Training:
    labels = _labels(photos)
    metrics: dict[str, float] = {}
    for split in ("tune", "calibrate"):
        here = np.array([photo.split == split for photo in photos])
        metrics[f"{split}_accuracy"] = float((log_probabilities.argmax(axis=1) == labels)[here].mean())
        metrics[f"{split}_log_loss"] = float(-log_probabilities[np.arange(len(labels)), labels][here].mean())
    counts: dict[Split, int] = {"train": 0, "tune": 0, "calibrate": 0, "test": 0}
    for photo in run.photos():
        counts[photo.split] += 1
    return Training(
        recipe=run.info.recipe,
        data_fingerprint=run.info.data_fingerprint,
        photos=dict(counts),
        metrics=metrics,
        versions={"whatsit": whatsit.__version__, "python": platform.python_version()}
        | {name: metadata.version(name) for name in _VERSIONS_OF},
    )


def _outputs(tensors: Mapping[str, Any]) -> tuple[Output, ...]:
    return tuple(
        Output(name=name, shape=tuple(-1 if side is None else side for side in tensor.shape))
        for name, tensor in tensors.items()
    )


def _labels(photos: list[RunPhoto]) -> NDArray[np.int64]:
    return np.array([photo.label for photo in photos], dtype=np.int64)


def _new_folder(into: Path, name: str) -> Path:
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    for number in range(1, 1000):
        folder = into / (f"{today}-{name}" + (f"-{number}" if number > 1 else ""))
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise FileExistsError(into)
