"""What makes a network's confidence true: a temperature, and a bias a label where that is better on tune."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from rich.console import Console
from scipy.optimize import minimize
from scipy.special import log_softmax

from trainer.network.scale import Scale
from whatsit import temperature
from whatsit.figures import log_losses

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BELIEF: Final = 0.5  # the deviation of log T and of a bias before any photo is seen


def fit(logits: NDArray[np.float32], labels: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Scale:
    """Return the scale fitted on the chosen rows of logits [N,C] that makes the others least surprising.

    A temperature (Guo et al. 2017), or one with a bias a label (Alexandari et al. 2020): what was learned
    beside the photos, unknown pictures or a teacher's answers, can leave a network fond of a label.
    """
    plain = Scale(temperature.fit(logits[chosen], labels[chosen]))
    if chosen.all():
        return plain
    biased = _with_bias(logits[chosen], labels[chosen], plain)
    losses = [
        log_losses(one.probabilities(logits[~chosen]), labels[~chosen]).mean() for one in (plain, biased)
    ]
    return biased if losses[1] < losses[0] else plain


def _with_bias(logits: NDArray[np.float32], labels: NDArray[np.int64], begun: Scale) -> Scale:
    """Return temperature and bias together; both have a normal prior, so that few photos say little."""
    given, truth = logits.astype(np.float64), np.eye(logits.shape[1])[labels]

    def loss(at: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        tempered = given / np.exp(at[0])
        answers = log_softmax(tempered + at[1:], axis=1)
        wrong = np.exp(answers) - truth
        slopes = np.concatenate([[-(wrong * tempered).sum()], wrong.sum(axis=0)])
        prior = (at / _BELIEF) ** 2 / 2
        return float(prior.sum() - (answers * truth).sum()), slopes + at / _BELIEF**2

    start = np.concatenate([[np.log(begun.temperature)], np.zeros(given.shape[1])])
    found = minimize(loss, start, jac=True, method="L-BFGS-B")
    if not found.success:
        told = f"The bias of the labels may not be at its best ({found.message}). It is used only where tune "
        told += "is the better for it, so nothing is to be done."
        Console(stderr=True, soft_wrap=True).print(told, markup=False, highlight=False)
    return Scale(float(np.exp(found.x[0])), tuple(found.x[1:].tolist()))
