"""The temperature that makes a network's probabilities true on photos that it did not learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_DOUBT: Final = 0.5  # the deviation of log T before any photo is seen: nobody believes in T = 5


def fit(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Return the T that minimises the log loss of softmax(logits / T) (Guo et al. 2017); logits [N,C].

    T has a log-normal prior about 1: thousands of photos do not feel it, while a few that are all right would
    else make it as small as can be, and every answer certain.
    """
    from scipy.optimize import minimize_scalar  # noqa: PLC0415 - only who fits needs scipy
    from scipy.special import log_softmax  # noqa: PLC0415 - as above

    def loss(log_t: float) -> float:
        answers = log_softmax(logits.astype(np.float64) / np.exp(log_t), axis=1)
        return float(-answers[np.arange(len(labels)), labels].sum() + (log_t / _DOUBT) ** 2 / 2)

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))
