"""What is fitted after training, on photos the network did not learn from: temperature, centroids, limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax
from sklearn.cluster import MiniBatchKMeans

if TYPE_CHECKING:
    from numpy.typing import NDArray


_DOUBT = 0.5  # the deviation of log T before any photo is seen: nobody believes in T = 5


def temperature(logits: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Return the T that minimises the log loss of softmax(logits / T) (Guo et al. 2017); logits [N,C].

    T has a log-normal prior about 1: thousands of photos do not feel it, while a few that are all right would
    else make it as small as can be, and every answer certain.
    """

    def loss(log_t: float) -> float:
        answers = log_softmax(logits.astype(np.float64) / np.exp(log_t), axis=1)
        return float(-answers[np.arange(len(labels)), labels].sum() + (log_t / _DOUBT) ** 2 / 2)

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded").x))


def centroids(features: NDArray[np.float32], count: int, seed: int) -> NDArray[np.float32]:
    """Return `count` unit centroids [K,D] of features [N,D] on the unit sphere (spherical k-means)."""
    fitted = MiniBatchKMeans(min(count, len(features)), random_state=seed, n_init=1).fit(_unit(features))
    return _unit(fitted.cluster_centers_.astype(np.float32))


def distance(features: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine distance [N] of features [N,D] to the nearest of the centroids [K,D]."""
    return np.asarray(1 - (_unit(features) @ centres.T).max(axis=1), dtype=np.float32)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(norms, 1e-12), dtype=np.float32)
