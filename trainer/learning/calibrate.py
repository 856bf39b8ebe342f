"""What novelty is measured by: the centroids of what was taught, and the distance to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from sklearn.cluster import MiniBatchKMeans

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_LEAST_LIMIT: Final = 1e-6
_MOST_BYTES: Final = 1_000_000  # of a bundle's novelty
_FLOAT: Final = 4  # bytes


def centroids(features: NDArray[np.float32], count: int, seed: int) -> NDArray[np.float32]:
    """Return `count` unit centroids [K,D] of features [N,D] on the unit sphere (spherical k-means).

    They are fewer where there are fewer photos, or where so many would take more than a megabyte.
    """
    unit = _unit(features).astype(np.float32)
    most = max(1, _MOST_BYTES // (_FLOAT * features.shape[1]))
    fitted = MiniBatchKMeans(min(count, most, len(features)), random_state=seed, n_init=1).fit(unit)
    return _unit(fitted.cluster_centers_).astype(np.float32)


def distance(features: NDArray[np.float32], centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the cosine distance [N] of features [N,D] to the nearest of the unit centroids [K,D].

    It is half the squared distance of the unit vectors, as the network has it, rounded nowhere on the way.
    """
    exact = centres.astype(np.float64)
    apart = (1 + np.square(exact).sum(axis=1)) / 2 - _unit(features) @ exact.T
    return np.asarray(apart.min(axis=1), dtype=np.float32)


def limit(values: NDArray[np.floating[Any]], sources: Sequence[str], kept: float) -> float:
    """Return the novelty that the part `kept` of the photos [N] of each source is within.

    Photos of one source may all be small and soft: a limit set on those alone calls sharp ones unknown.
    """
    of = np.array(sources)
    return max(*(float(np.quantile(values[of == one], kept)) for one in set(sources)), _LEAST_LIMIT)


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    exact = rows.astype(np.float64)
    return np.asarray(exact / np.maximum(np.linalg.norm(exact, axis=1, keepdims=True), 1e-12))
