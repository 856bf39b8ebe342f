"""The top learned on features [N,D] of frozen backbones, by the recipe's method."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from trainer.learning import bagged, batches, descent
from whatsit.figures import log_losses
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.network.tops import Top
    from trainer.sections import DenseHead, Head

Examples = tuple["NDArray[np.float32]", "NDArray[np.int64]"]  # features [N,D], labels [N]
_Layer = tuple["NDArray[np.float32]", "NDArray[np.float32]"]  # kernel [D,C], bias [C]
_TWO = 2
# Of 0.1 to 2, by halves of tune in turn: the least log loss for cats and dogs, 0.0003 more than it for faces.
_BIAS = 0.5


def learn(
    top: Top, head: Head, train: Examples, tune: Examples, widths: Sequence[int], folder: Path, seed: int
) -> Top:
    """Return the top with its weights learned on `train`, what is chosen being chosen on `tune`.

    `widths` are those of the backbones' features, side by side in D. Progress of a dense head is kept in the
    run `folder` and taken up from there.
    """
    width, classes = train[0].shape[1], top.model(train[0].shape[1]).output_shape[-1]
    if head.method == "logistic":
        top.set_head(*logistic(train, tune, widths, head.strengths))
        return top
    if head.method == "bagged_sgd":
        return top.with_head(bagged.keras_head(bagged.fit(train, head, seed), classes))
    dense(top.model(width), head, train, tune, folder, seed)
    return top


def logistic(
    train: Examples, tune: Examples, widths: Sequence[int], strengths: tuple[float, ...]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return kernel [D,C] and bias [C] of one logistic regression a backbone, their logits weighed and added.

    Each has the L2 strength, and all have the weights, that are best on `tune`. It is one dense layer on all
    features, and better than one regression on them all, which overfits (see the README).
    """
    ends = [int(end) for end in np.cumsum(widths)]
    blocks = [slice(end - width, end) for end, width in zip(ends, widths, strict=True)]
    with Progress("logistic regression", len(blocks) * len(strengths), unit="strengths") as progress:
        layers = [
            _best((train[0][:, block], train[1]), (tune[0][:, block], tune[1]), strengths, progress)
            for block in blocks
        ]
    weights, more = _stacked(
        [
            rows @ kernel + bias
            for rows, (kernel, bias) in zip(np.split(tune[0], ends[:-1], axis=1), layers, strict=True)
        ],
        tune[1],
    )
    kernel = np.concatenate([weight * one for weight, (one, _) in zip(weights, layers, strict=True)])
    bias = more + sum(weight * one for weight, (_, one) in zip(weights, layers, strict=True))
    return kernel.astype(np.float32), bias.astype(np.float32)


def _stacked(
    logits: list[NDArray[np.float32]], labels: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a weight for each backbone's logits [N,C], none below zero, and a bias [C]: the least log loss.

    Stacking (Wolpert 1992). The bias mends that regressions which know their photos by heart lean to the
    classes with many. Before any photo is seen all weigh the same, as a mean, give or take as much again, and
    the bias is none, give or take a half: a few photos that are all right would else carry both away.
    """
    together, own = np.array(logits, np.float64) / len(logits), np.eye(logits[0].shape[1])[labels]
    count = len(logits)

    def loss(found: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = found[:count], found[count:]
        answers = softmax(np.tensordot(weights, together, axes=1) + bias, axis=1)
        doubt = np.square(weights - 1).sum() + np.square(bias / _BIAS).sum()
        slope = answers - own
        of_weights = np.tensordot(together, slope, axes=2) + weights - 1
        of_bias = slope.sum(axis=0) + bias / _BIAS**2
        total = float(log_losses(answers, labels).sum() + doubt / 2)
        return total, np.concatenate([of_weights, of_bias])

    start = np.concatenate([np.ones(count), np.zeros(own.shape[1])])
    bounds = [(0, None)] * count + [(None, None)] * own.shape[1]
    found = np.asarray(minimize(loss, start, jac=True, bounds=bounds).x, np.float64)
    return found[:count] / count, found[count:]


def _best(train: Examples, tune: Examples, strengths: tuple[float, ...], progress: Progress) -> _Layer:
    """Return the regression that has the least log loss on `tune`."""
    tried = []
    for strength in strengths:
        kernel, bias = _regression(train, strength)
        answers = softmax((tune[0] @ kernel + bias).astype(np.float64), axis=1)
        loss = float(log_losses(answers, tune[1]).mean())
        tried.append((loss, (kernel, bias)))
        progress.advance(note=f"C {strength:g} log loss {loss:.4f}")
    return min(tried, key=operator.itemgetter(0))[1]


def _regression(train: Examples, strength: float) -> _Layer:
    """Return kernel [D,C] and bias [C] of a logistic regression with an L2 penalty.

    It is fitted on features about their mean and of mean square length one, so that a strength means the same
    for every backbone. Each feature standardised on its own was worse.
    """
    middle = train[0].mean(axis=0)
    rows = train[0] - middle
    scale = float(np.sqrt(np.square(rows).sum(axis=1).mean())) or 1.0
    fitted = LogisticRegression(C=strength, max_iter=1000).fit(rows / scale, train[1])
    kernel, bias = fitted.coef_.T / scale, fitted.intercept_
    if len(fitted.classes_) == _TWO:  # a sigmoid of z is a softmax of (-z/2, z/2)
        kernel, bias = np.concatenate([-kernel, kernel], axis=1) / 2, np.concatenate([-bias, bias]) / 2
    return kernel, bias - middle @ kernel


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
