"""What a trained network gives: confidence, novelty, the whole Keras model, its figures and its report."""

from __future__ import annotations

import dataclasses
import platform
from importlib import metadata
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

import whatsit
from trainer.learning import batches, calibrate, confidence, unknown
from trainer.learning.extraction import Extraction
from trainer.network import networks
from trainer.network.novelty import Nearest
from trainer.report import report
from trainer.results import metrics
from whatsit import files
from whatsit import run as runs
from whatsit.manifest import Output, Training

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from trainer.network.networks import Network
    from trainer.network.novelty import Novelty
    from trainer.recipe import Recipe
    from trainer.results.environment import Clock
    from whatsit.run import Run, RunPhoto, Split

_VERSIONS_OF = ("keras", "numpy", "pillow", "scikit-learn")


def finish(run: Run, recipe: Recipe, network: Network, clock: Clock) -> Run:
    """Calibrate the network, write everything into the run's folder, and return the run, finished."""
    held_out = run.photos("tune", "calibrate")
    features, logits = _answers(run, recipe, network, held_out)
    labels = np.array([photo.label for photo in held_out])
    chosen = np.array([photo.split == "calibrate" for photo in held_out])
    novelty, of_novelty = _novelty(run, recipe, network, features[chosen])
    calibration = networks.Calibration(confidence.fit(logits, labels, chosen), novelty)
    model = networks.complete(network, calibration, recipe.network.layers[0])
    with files.replacing(run.folder / runs.MODEL_FILE) as temporary:
        model.save(temporary)
    probabilities = calibration.scale.probabilities(logits)
    runs.write_predictions(run, held_out, probabilities.astype(np.float32))
    figures: dict[Split, metrics.Metrics] = {
        "tune": metrics.measure(probabilities[~chosen], labels[~chosen], recipe.seed),
        "calibrate": metrics.measure(probabilities[chosen], labels[chosen], recipe.seed),
    }
    metrics.write(run.folder, figures)
    info = run.info.model_copy(
        update={
            "outputs": _outputs(model(network.image)),
            "temperature": calibration.scale.temperature,
            "bias": calibration.scale.bias,
            "training": _record(run, figures, of_novelty),
        }
    )
    clock.lap()
    # The run is finished once run.json says so: a kill before that makes the report again.
    report.write(dataclasses.replace(run, info=info), model)
    unknown.forget(run)
    return runs.write(run.folder, info)


def _answers(
    run: Run, recipe: Recipe, network: Network, photos: Sequence[RunPhoto]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return features [N,D] and logits [N,C]: of frozen backbones from the features there already are."""
    if recipe.fit is not None:
        paths = [run.file_of(photo) for photo in photos]
        features, logits = batches.predict(network.held_out_model, paths, recipe.input)
        return features.reshape(len(photos), -1), logits
    rows = Extraction(network.bodies, recipe.network.layers[0], recipe.input).of(run, photos)
    width = rows.shape[1]
    features = network.top.feature_model(width).predict(rows, batch_size=512, verbose=0)
    return features, network.top.model(width).predict(rows, batch_size=512, verbose=0)


def _novelty(
    run: Run, recipe: Recipe, network: Network, features: NDArray[np.float32]
) -> tuple[Novelty, dict[str, float]]:
    """Return what novelty is measured by, its limit set on `calibrate` [N,D], and figures of it."""
    train = run.photos("train")
    chosen = np.random.default_rng(recipe.seed).permutation(len(train))[: recipe.novelty.photos]
    known = [train[place] for place in chosen]
    taught, _ = _answers(run, recipe, network, known)
    sources = [photo.path.partition("/")[0] for photo in run.photos("calibrate")]
    shown = unknown.show(run, recipe)
    if not shown:
        centres = calibrate.centroids(taught, recipe.novelty.centroids, recipe.seed)
        distances = calibrate.distance(features, centres)
        return Nearest(centres, calibrate.limit(distances, sources, recipe.novelty.kept)), {}
    others = unknown.look(network, recipe.input, shown)
    learned = unknown.learn(taught, others)
    at_limit = calibrate.limit(unknown.novelty(learned, features), sources, recipe.novelty.kept)
    learned = dataclasses.replace(learned, at_limit=at_limit)
    return learned, unknown.figures(learned, features, others)


def _record(run: Run, figures: Mapping[Split, metrics.Metrics], of_novelty: Mapping[str, float]) -> Training:
    counts: dict[Split, int] = {"train": 0, "tune": 0, "calibrate": 0, "test": 0}
    for photo in run.photos():
        counts[photo.split] += 1
    shown = {name: value for split, of in figures.items() for name, value in of.plain(split).items()}
    shown |= of_novelty
    backend = keras.backend.backend()
    return Training(
        recipe=run.info.recipe,
        data_fingerprint=run.info.data_fingerprint,
        photos=dict(counts),
        metrics=shown,
        versions={"whatsit": whatsit.__version__, "python": platform.python_version()}
        | {name: metadata.version(name) for name in (*_VERSIONS_OF, backend)},
    )


def _outputs(tensors: Mapping[str, Any]) -> tuple[Output, ...]:
    return tuple(
        Output(name=name, shape=tuple(-1 if side is None else side for side in tensor.shape))
        for name, tensor in tensors.items()
    )
