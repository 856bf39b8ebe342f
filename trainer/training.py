"""One training, from photos to a finished run: features, head, fine-tuning, calibration."""

from __future__ import annotations

import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from scipy.special import log_softmax

import whatsit
from trainer import backbones, batches, calibrate, checkpoints, features, finetune, heads, networks
from whatsit import files, home
from whatsit import run as runs
from whatsit.bundle import Output, Training

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from trainer.networks import Calibration, Network
    from trainer.recipe import Recipe
    from whatsit.run import Run, RunPhoto, Split

_VERSIONS_OF = ("keras", "tensorflow", "numpy", "pillow", "scikit-learn")


def train(run: Run, recipe: Recipe) -> Run:
    """Bring a run to its end from wherever it stands, doing nothing twice, and return it."""
    if run.finished:
        return run
    keras.utils.set_random_seed(recipe.seed)
    settings, classes = recipe.network, len(run.info.labels)
    begun = (run.folder / checkpoints.FILE).exists()  # it holds every weight
    weights = None if begun else backbones.find_weights(settings.backbone, settings.weights)
    network = networks.build(recipe.learning_input, settings.backbone, weights, classes, settings.dropout)
    job = finetune.Job(run, recipe, network, run.photos("train"), run.photos("tune"))
    if not begun:
        _fit_head(job)
    finetune.finetune(job)
    return _finish(run, recipe, _at_its_input(recipe, network, classes))


def _fit_head(job: finetune.Job) -> None:
    model, spec, cache = job.network.feature_model, job.recipe.learning_input, home.cache() / "features"
    kernel, bias = heads.logistic(
        (features.extract(model, job.run, job.train, spec, cache), _labels(job.train)),
        (features.extract(model, job.run, job.tune, spec, cache), _labels(job.tune)),
    )
    job.network.set_head(kernel, bias)


def _at_its_input(recipe: Recipe, network: Network, classes: int) -> Network:
    """Return the network for the size that photos have in use: with global pooling its weights fit any."""
    if recipe.learning_input == recipe.input:
        return network
    used = networks.build(recipe.input, recipe.network.backbone, None, classes, recipe.network.dropout)
    used.training_model.set_weights(network.training_model.get_weights())
    return used


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
