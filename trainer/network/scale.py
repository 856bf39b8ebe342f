"""What stands between a network's logits and its probabilities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
from scipy.special import log_softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Scale:
    """What logits are divided by, and what is then added to each label's, [C]; nothing where empty."""

    temperature: float
    bias: tuple[float, ...] = ()

    def of(self, logits: Any) -> Any:
        """Return the probabilities, a Keras tensor [N,C], of one of logits [N,C]."""
        added = list(self.bias) or 0.0
        scaled = keras.layers.Rescaling(1 / self.temperature, offset=added, name="temperature")(logits)
        return keras.layers.Softmax(name="probabilities")(scaled)

    def probabilities(self, logits: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probabilities of logits [N,C], as the graph has them."""
        added = np.array(self.bias) if self.bias else 0.0
        return np.asarray(np.exp(log_softmax(logits.astype(np.float64) / self.temperature + added, axis=1)))
