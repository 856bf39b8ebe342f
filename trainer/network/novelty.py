"""Novelty in the graph: how unlike everything taught a photo's features are, 1 at the limit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Nearest:
    """The cosine distance to the nearest of unit centroids [K,D] of what was taught."""

    centroids: NDArray[np.float32]
    at_limit: float

    def of(self, features: Any) -> Any:
        """Return the novelty [N] of features [N,D]: half the squared distance, seen from the centroids' mean.

        One minus the cosine would be rounded as 1 is, however near all photos lie to each other.
        """
        centre = self.centroids.mean(axis=0)
        spread = (self.centroids - centre).T
        unit = keras.layers.UnitNormalization(name="unit_features")(features)
        centred = keras.layers.Rescaling(1.0, (-centre).tolist(), name="centred_features")(unit)
        to_centroids = keras.layers.Dense(len(self.centroids), name="centroids")
        nearest = keras.ops.min(to_centroids(centred), axis=-1)
        to_centroids.set_weights([-spread, np.square(spread).sum(axis=0) / 2])
        distance = nearest + keras.ops.sum(keras.ops.square(centred), axis=-1) / 2
        return keras.layers.Rescaling(1 / self.at_limit, name="novelty")(distance)


@dataclass(frozen=True, slots=True)
class Unlike:
    """How far features lie on the side of other pictures, by weights [D] and a bias."""

    weights: NDArray[np.float32]
    bias: float
    at_limit: float

    def of(self, features: Any) -> Any:
        """Return the novelty [N] of features [N,D]: the softplus of the logit, which is never negative."""
        side = keras.layers.Dense(1, activation="softplus", name="unlike")
        given = side(features)
        side.set_weights([self.weights[:, np.newaxis], np.array([self.bias], np.float32)])
        scaled = keras.layers.Rescaling(1 / self.at_limit)(given)
        return keras.layers.Reshape((), name="novelty")(scaled)


Novelty = Nearest | Unlike
