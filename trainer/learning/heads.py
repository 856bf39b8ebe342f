"""The top learned on features [N,D] of frozen backbones, by the recipe's method."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

from trainer.learning import bagged, batches, descent
from whatsit.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.network.tops import Top
    from trainer.sections import DenseHead, Head

Examples = tuple["NDArray[np.float32]", "NDArray[np.int64]"]  # features [N,D], labels [N]


def learn(top: Top, head: Head, train: Examples, tune: Examples, folder: Path, seed: int) -> Top:
    """Return the top with its weights learned on `train`, what is chosen being chosen on `tune`.

    Progress of a dense head is kept in the run `folder` and taken up from there.
    """
    width, classes = train[0].shape[1], top.model(train[0].shape[1]).output_shape[-1]
    if head.method == "logistic":
        top.set_head(*logistic(train, tune, head.strengths))
        return top
    if head.method == "bagged_sgd":
        return top.with_head(bagged.keras_head(bagged.fit(train, head, seed), classes))
    dense(top.model(width), head, train, tune, folder, seed)
    return top


def logistic(
    train: Examples, tune: Examples, strengths: tuple[float, ...]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return kernel [D,C] and bias [C] of the logistic regression whose L2 strength is best on `tune`.

    Features are scaled to a mean square length of one, so that a strength means the same for every backbone;
    the scale is folded into the kernel. Each feature standardised on its own was worse (see the README).
    """
    scale = float(np.sqrt(np.square(train[0]).sum(axis=1).mean())) or 1.0
    rows, held_out = train[0] / scale, tune[0] / scale
    fitted, losses = [], []
    with Progress("logistic regression", len(strengths), unit="strengths") as progress:
        for strength in strengths:
            one = LogisticRegression(C=strength, max_iter=1000).fit(rows, train[1])
            fitted.append(one)
            losses.append(log_loss(tune[1], one.predict_proba(held_out), labels=one.classes_))
            progress.advance(note=f"C {strength:g} log loss {losses[-1]:.4f}")
    best = fitted[int(np.argmin(losses))]
    kernel, bias = best.coef_ / scale, best.intercept_
    if len(best.classes_) == 2:  # noqa: PLR2004 - a sigmoid of z is a softmax of (-z/2, z/2)
        kernel, bias = np.concatenate([-kernel, kernel]) / 2, np.concatenate([-bias, bias]) / 2
    return kernel.T.astype(np.float32), bias.astype(np.float32)


def dense(model: object, head: DenseHead, train: Examples, tune: Examples, folder: Path, seed: int) -> None:
    """Learn the layers of `model`, from features to logits, in place by gradient descent."""
    classes = model.output_shape[-1]  # type: ignore[attr-defined]
    rows, labels = train
    batch = min(head.batch, len(rows))

    def of_epoch(epoch: int, first_step: int) -> batches.ArrayBatches:
        order = batches.Order(len(rows), batch, seed, epoch, first_step)
        return batches.ArrayBatches(rows, np.eye(classes, dtype=np.float32)[labels], order)

    descent.descend(
        descent.Work(
            folder=folder,
            stage="head",
            model=model,
            settings=head,
            batch=batch,
            steps=max(len(rows) // batch, 1),
            batches_of=of_epoch,
            logits_on_tune=lambda: batches.outputs(model, tune[0], len(tune[0])),
            labels_of_tune=tune[1],
        )
    )
