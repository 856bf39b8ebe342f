"""One training, from photos to a finished run: a head on features, then learning from photos."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from trainer import devices
from trainer.learning import batches, checkpoints, descent, distil, finishing, heads, unknown
from trainer.learning.extraction import Extraction
from trainer.network import folding, networks
from trainer.results import environment
from trainer.sections import Fit

if TYPE_CHECKING:
    from trainer.network.networks import Network
    from trainer.recipe import Recipe
    from trainer.results.environment import Clock
    from whatsit.manifest import InputSpec
    from whatsit.run import Run, RunPhoto

_SETTLING = 64  # photos that set batch norm's statistics where weights are random


def train(run: Run, recipe: Recipe) -> Run:
    """Bring a run to its end from wherever it stands, doing nothing twice, and return it."""
    if run.finished:
        return run
    unknown.show(run, recipe)  # too few are told before anything is learned
    clock = environment.Clock(run.folder)
    with devices.ready(recipe.seed, recipe.fit):
        network = _begun(run, recipe)
        if recipe.head and not checkpoints.begun(run.folder, "fit"):
            network = _with_head(run, recipe, network)
            clock.lap()
        if recipe.fit:
            network = _fit(run, recipe, network, clock)
    return finishing.finish(run, recipe, _in_use(run, recipe, network), clock)


def _begun(run: Run, recipe: Recipe) -> Network:
    """Return the network with the weights it begins with."""
    loaded = not checkpoints.begun(run.folder, "fit")  # a checkpoint holds every weight
    network = networks.build(recipe, recipe.learning_input, len(run.info.labels), loaded=loaded)
    if recipe.fit:
        for body in network.bodies:  # a layer that is not there is told before features are extracted
            body.first_learning(recipe.fit.unfreeze)
    if recipe.network.weights == "none" and network.bodies and loaded:
        chosen = [run.file_of(photo) for photo in _spread(run.photos("train"), _SETTLING)]
        pixels = np.concatenate(list(batches.stream(chosen, recipe.learning_input)))
        for body in network.bodies:
            body.settle(pixels)
    return network


def _spread(photos: list[RunPhoto], count: int) -> list[RunPhoto]:
    return photos[:: max(1, len(photos) // count)][:count]


def _with_head(run: Run, recipe: Recipe, network: Network) -> Network:
    assert recipe.head is not None  # noqa: S101 - said to the type checker
    extraction = Extraction(network.bodies, recipe.network.layers[0], recipe.learning_input)
    train, tune = extraction.examples(run, "train"), extraction.examples(run, "tune")
    top = heads.learn(network.top, recipe.head, train, tune, extraction.widths, run.folder, recipe.seed)
    if top is network.top:
        return network
    return networks.join(recipe, recipe.learning_input, network.bodies, top)


def _fit(run: Run, recipe: Recipe, network: Network, clock: Clock) -> Network:
    """Return the network that has learned from photos, in the recipe's precision."""
    fit, lesson = recipe.fit or Fit(), _lesson(run, recipe)
    # All before this is float32 on every device, so that recipes share features.
    with devices.in_precision(fit):
        if devices.precision(fit) != "float32":
            network = _copy(run, recipe, network, recipe.learning_input)
        for body in network.bodies:
            body.unfreeze(fit.unfreeze)
        model = network.training_model
        if not devices.compiled(fit):  # what XLA makes of it was not measured
            model = folding.folded(model)
        descent.descend(_work(run, recipe, model, lesson, clock))
    return network


def _lesson(run: Run, recipe: Recipe) -> batches.Lesson:
    """Return the photos with their targets, and among them unknown pictures, of which nothing is sure.

    Outlier exposure (Hendrycks et al. 2019): features that saw only what is taught fold all else into it.
    """
    photos, others = run.photos("train"), unknown.exposed(run, recipe)
    targets = distil.targets(run, recipe, photos)
    views, _, classes = targets.shape
    unsure = np.full((views, len(others), classes), 1 / classes, np.float32)
    return batches.Lesson(
        [*(run.file_of(photo) for photo in photos), *others],
        np.concatenate([targets, unsure], axis=1),
        recipe.learning_input,
        recipe.augment,
    )


def _work(run: Run, recipe: Recipe, model: Any, lesson: batches.Lesson, clock: Clock) -> descent.Work:
    fit, count, tune = recipe.fit or Fit(), len(lesson.paths), run.photos("tune")
    tune_paths = [run.file_of(photo) for photo in tune]
    batch = min(fit.batch, count)
    steps = max(count // batch, 1)
    return descent.Work(
        folder=run.folder,
        stage="fit",
        model=model,
        settings=fit,
        batch=batch,
        steps=min(steps, fit.steps or steps),
        batches_of=lambda epoch, first_step: batches.TrainingBatches(
            lesson, batches.Order(count, batch, recipe.seed, epoch, first_step)
        ),
        logits_on_tune=lambda: batches.predict(model, tune_paths, recipe.learning_input),
        labels_of_tune=np.array([photo.label for photo in tune]),
        compiled=devices.compiled(fit),
        after_saving=clock.lap,
    )


def _in_use(run: Run, recipe: Recipe, network: Network) -> Network:
    """Return the network in float32, on one device, for the size that photos have in use: weights fit any."""
    fit = recipe.fit
    if fit is None:
        return network
    as_learned = devices.precision(fit) == "float32" and not devices.several()
    if recipe.learning_input == recipe.input and as_learned:
        return network
    return _copy(run, recipe, network, recipe.input)


def _copy(run: Run, recipe: Recipe, network: Network, spec: InputSpec) -> Network:
    """Return a network with the same weights, for other pixels or in another precision."""
    copy = networks.build(recipe, spec, len(run.info.labels), loaded=False)
    copy.training_model.set_weights(network.training_model.get_weights())
    return copy
