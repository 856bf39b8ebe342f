"""Fine-tuning of the whole network, epoch by epoch, from wherever it was interrupted."""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from trainer import batches, checkpoints
from trainer.checkpoints import Place
from whatsit import files
from whatsit.progress import Progress

if TYPE_CHECKING:
    from trainer.networks import Network
    from trainer.recipe import Recipe
    from whatsit.run import Run, RunPhoto

HISTORY_FILE = "history.csv"
_HISTORY_COLUMNS = ["epoch", "tune_log_loss", "tune_accuracy", "photos_per_second"]
_STEPS_BETWEEN_CHECKPOINTS = 100


@dataclass(frozen=True, slots=True)
class Job:
    """What is fine-tuned: the network by the recipe on the run's photos."""

    run: Run
    recipe: Recipe
    network: Network
    train: list[RunPhoto]
    tune: list[RunPhoto]

    @property
    def steps(self) -> int:
        """Batches an epoch; what is left over waits for the next epoch's order."""
        return max(len(self.train) // self.recipe.finetune.batch, 1)


def finetune(job: Job) -> None:
    """Train the network in place; progress is kept in the run folder and taken up from there."""
    model, settings = job.network.training_model, job.recipe.finetune
    _compile(model, job)
    place = checkpoints.restore(job.run.folder, model) or Place()
    for epoch in range(place.epoch, settings.epochs):
        first_step = place.step if epoch == place.epoch else 0
        started = time.monotonic()
        if first_step < job.steps:  # else it was interrupted between its last batch and its figures
            _train_epoch(model, job, epoch, first_step)
        photos_per_second = (job.steps - first_step) * settings.batch / (time.monotonic() - started)
        _write_history(job, epoch, [*_on_tune(model, job), photos_per_second])
        cycle, begun = divmod(epoch + 1, settings.epochs // settings.cycles)
        if not begun:
            checkpoints.keep_cycle(job.run.folder, model, cycle)
        checkpoints.save(job.run.folder, model, Place(epoch + 1, 0))
    if settings.epochs:
        checkpoints.average_cycles(job.run.folder, model, settings.cycles)


def _compile(model: Any, job: Job) -> None:
    settings = job.recipe.finetune
    steps = max(2, settings.epochs * job.steps // settings.cycles)
    model.compile(
        optimizer=keras.optimizers.Adam(_Cycles(settings.learning_rate, steps, settings.warmup)),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )


def _train_epoch(model: Any, job: Job, epoch: int, first_step: int) -> None:
    paths = [job.run.file_of(photo) for photo in job.train]
    labels = np.array([photo.label for photo in job.train])
    settings = job.recipe.finetune
    dataset = batches.TrainingBatches(
        paths,
        labels,
        job.recipe.learning_input,
        job.recipe.augment,
        batch=min(settings.batch, len(paths)),
        epoch=(job.recipe.seed, epoch, first_step),
    )
    title = f"epoch {epoch + 1} of {settings.epochs}"
    with Progress(title, len(dataset) * settings.batch) as progress:
        watch = _Watch(job, Place(epoch, first_step), progress)
        model.fit(dataset, initial_epoch=epoch, epochs=epoch + 1, verbose=0, shuffle=False, callbacks=[watch])


class _Cycles(keras.optimizers.schedules.LearningRateSchedule):
    """Warm restarts (Loshchilov and Hutter 2017), each with a warm-up and half the peak of the one before."""

    def __init__(self, peak: float, steps: int, warmup: float) -> None:
        self._steps = steps
        warm = min(max(1, round(warmup * steps)), steps - 1)
        self._cosine = keras.optimizers.schedules.CosineDecay(
            0.0, steps - warm, warmup_target=peak, warmup_steps=warm
        )

    def __call__(self, step: Any) -> Any:
        step = keras.ops.cast(step, "float32")
        cycle = keras.ops.floor(step / self._steps)
        return self._cosine(step - cycle * self._steps) * 0.5**cycle


class _Watch(keras.callbacks.Callback):
    """Shows progress after every batch and keeps a checkpoint after every so many."""

    def __init__(self, job: Job, place: Place, progress: Progress) -> None:
        super().__init__()
        self._job, self._place, self._progress = job, place, progress

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        note = " ".join(f"{name} {value:.4f}" for name, value in (logs or {}).items())
        self._progress.advance(self._job.recipe.finetune.batch, note)
        done = self._place.step + batch + 1
        if done % _STEPS_BETWEEN_CHECKPOINTS == 0:
            checkpoints.save(self._job.run.folder, self.model, Place(self._place.epoch, done))


def _on_tune(model: Any, job: Job) -> list[float]:
    logits = batches.predict(model, [job.run.file_of(photo) for photo in job.tune], job.recipe.learning_input)
    labels = np.array([photo.label for photo in job.tune])
    shifted = logits - logits.max(axis=1, keepdims=True)
    losses = np.log(np.exp(shifted).sum(axis=1)) - shifted[np.arange(len(labels)), labels]
    return [float(losses.mean()), float((logits.argmax(axis=1) == labels).mean())]


def _write_history(job: Job, epoch: int, figures: list[float]) -> None:
    path = job.run.folder / HISTORY_FILE
    rows = (
        list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        if path.exists()
        else [_HISTORY_COLUMNS]
    )
    rows = rows[: epoch + 1]  # an epoch that was interrupted after its row was written is done again
    rows.append([str(epoch + 1), *(f"{figure:.6g}" for figure in figures)])
    files.write_text(path, "".join(",".join(row) + "\n" for row in rows))
