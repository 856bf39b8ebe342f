"""Gradient descent, epoch by epoch, from wherever it was interrupted."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from rich.console import Console
from scipy.special import softmax

from trainer.learning import checkpoints, of_known
from trainer.learning.blend import blend
from trainer.learning.checkpoints import Place
from trainer.learning.schedules import optimizer
from trainer.results import boards, history
from whatsit.errors import RunError
from whatsit.figures import log_losses
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.results.history import Stage
    from trainer.sections import Descent

_SECONDS_BETWEEN_CHECKPOINTS = 60.0
_UNKNOWN = (math.nan, math.nan)  # log loss and accuracy while learning


@dataclass(frozen=True, slots=True)
class Work:
    """What descends: a Keras model to logits, by the settings, on batches; its run folder keeps all progress.

    `batches_of` gives an epoch's batches from a step on: `steps` of them, each of `batch` examples.
    """

    folder: Path
    stage: Stage
    model: Any
    settings: Descent
    batch: int
    steps: int
    batches_of: Callable[[int, int], Any]
    logits_on_tune: Callable[[], NDArray[np.float32]]
    labels_of_tune: NDArray[np.int64]
    compiled: bool = False
    after_saving: Callable[[], None] = lambda: None


def descend(work: Work) -> None:
    """Learn in place; the model ends with the weights that the settings keep.

    Where the best or a blend are kept, those it began with are among them, as epoch 0.
    """
    _compile(work)
    place = checkpoints.restore(work.folder, work.stage, work.model)
    if place is None:
        place = Place()
        if work.settings.keep in ("best", "blend"):
            _judge(work, 0, _UNKNOWN, math.nan)
        if work.settings.keep == "blend":
            checkpoints.keep(work.folder, f"{work.stage}-begun", work.model)
    for epoch in range(place.epoch, work.settings.epochs):
        if _ended_early(work, epoch):
            break
        _epoch(work, epoch, place.step if epoch == place.epoch else 0)
        _save(work, Place(epoch + 1, 0))
    _keep(work)


def _save(work: Work, place: Place) -> None:
    checkpoints.save(work.folder, work.stage, work.model, place)
    work.after_saving()


def _compile(work: Work) -> None:
    settings = work.settings
    work.model.compile(
        optimizer=optimizer(settings, max(2, settings.epochs * work.steps // settings.cycles)),
        loss=keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=settings.label_smoothing),
        metrics=[
            of_known.Accuracy(name="accuracy"),
            of_known.LogLoss(from_logits=True, name="log_loss"),
        ],
        jit_compile=work.compiled,
    )


def _epoch(work: Work, epoch: int, first_step: int) -> None:
    started, learned = time.monotonic(), _UNKNOWN
    if first_step < work.steps:  # else it was interrupted between its last batch and its figures
        learned = _learn(work, epoch, first_step)
    seconds = max(time.monotonic() - started, 1e-9)
    _judge(work, epoch + 1, learned, (work.steps - first_step) * work.batch / seconds)
    cycle, rest = divmod(epoch + 1, work.settings.epochs // work.settings.cycles)
    if work.settings.keep == "mean" and not rest:
        checkpoints.keep(work.folder, f"{work.stage}-cycle-{cycle}", work.model)


def _judge(work: Work, done: int, learned: tuple[float, float], speed: float) -> None:
    """Write how good the network is after so many epochs, and keep its weights if none were better."""
    answers, labels = softmax(work.logits_on_tune().astype(np.float64), axis=1), work.labels_of_tune
    log_loss = float(log_losses(answers, labels).mean())
    if not math.isfinite(log_loss):
        raise _diverged(work, done)
    row = history.Row(
        stage=work.stage,
        epoch=done,
        train_log_loss=learned[0],
        train_accuracy=learned[1],
        tune_log_loss=log_loss,
        tune_accuracy=float((answers.argmax(axis=1) == labels).mean()),
        learning_rate=float(keras.ops.convert_to_numpy(work.model.optimizer.learning_rate)),
        photos_per_second=speed,
    )
    history.append(work.folder, row)
    boards.add(work.folder, row)
    if work.settings.keep == "best" and _best(work, done) == done:
        checkpoints.keep(work.folder, f"{work.stage}-best", work.model)


def _diverged(work: Work, done: int) -> RunError:
    if not done:
        return RunError("its answers are no numbers before it has learned.", path=work.folder)
    return RunError(
        f"learning diverged in epoch {done} of {work.stage}: its answers are no numbers any more.",
        hint=f"Start anew with a {work.stage}.learning_rate below {work.settings.learning_rate:g}.",
        path=work.folder,
    )


def _learn(work: Work, epoch: int, first_step: int) -> tuple[float, float]:
    """Go through the rest of an epoch and return log loss and accuracy while learning."""
    settings = work.settings
    with Progress(
        f"{work.stage}: epoch {epoch + 1} of {settings.epochs}", work.steps * work.batch
    ) as progress:
        progress.skip(first_step * work.batch)
        batches = work.batches_of(epoch, first_step)
        try:
            told = work.model.fit(
                batches,
                initial_epoch=epoch,
                epochs=epoch + 1,
                steps_per_epoch=work.steps - first_step,
                verbose=0,
                shuffle=False,
                callbacks=[_Watch(work, Place(epoch, first_step), progress)],
            )
        finally:
            if batches.failure:
                raise batches.failure from None
    return told.history["log_loss"][-1], told.history["accuracy"][-1]


def _best(work: Work, done: int) -> int:
    """Return which of the epochs done was best on tune; of equals the first."""
    rows = [row for row in history.read(work.folder) if row.stage == work.stage and row.epoch <= done]
    if work.settings.best_by == "accuracy":
        return max(rows, key=lambda row: (row.tune_accuracy, -row.epoch)).epoch
    return min(rows, key=lambda row: (row.tune_log_loss, row.epoch)).epoch


def _ended_early(work: Work, done: int) -> bool:
    """Return whether the best of the epochs done is so long ago that no better one is to be hoped for."""
    return bool(work.settings.patience and done) and done - _best(work, done) >= work.settings.patience


def _keep(work: Work) -> None:
    if not work.settings.epochs:
        return
    if work.settings.keep == "best":
        checkpoints.give(work.folder, {f"{work.stage}-best": 1}, work.model)
        if not _best(work, work.settings.epochs):
            told = f"{work.stage}: no epoch was better on tune than what it began with: that is kept."
            Console(stderr=True, soft_wrap=True).print(told, markup=False, highlight=False)
    elif work.settings.keep == "mean":
        names = [f"{work.stage}-cycle-{number + 1}" for number in range(work.settings.cycles)]
        checkpoints.give(work.folder, dict.fromkeys(names, 1.0), work.model)
    elif work.settings.keep == "blend":
        blend(work.folder, work.stage, work.model, work.logits_on_tune, work.labels_of_tune)


class _Watch(keras.callbacks.Callback):
    """Shows progress after every batch and keeps a checkpoint every minute."""

    def __init__(self, work: Work, place: Place, progress: Progress) -> None:
        super().__init__()
        self._work, self._place, self._progress = work, place, progress
        self._saved = time.monotonic()

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        note = " ".join(f"{name} {value:.4f}" for name, value in (logs or {}).items() if name != "loss")
        self._progress.advance(self._work.batch, note)
        if time.monotonic() - self._saved > _SECONDS_BETWEEN_CHECKPOINTS:
            place = Place(self._place.epoch, self._place.step + batch + 1)
            _save(self._work, place)
            self._saved = time.monotonic()
