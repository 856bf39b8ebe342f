"""What novelty is measured by: the centroids of what was taught, and the distance to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.cluster import MiniBatchKMeans

if TYPE_CHECKING:
    from numpy.typing import NDArray


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
