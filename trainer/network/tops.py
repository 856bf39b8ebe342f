"""The top of a network: the layers after pooled backbones, or after pixels, up to the logits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from trainer.network import layers, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from trainer.sections import Network

_TWO = 2


@dataclass(frozen=True, slots=True)
class Top:
    """Keras layers from features to logits; `pair` turns the one logit of a sigmoid into a softmax's two.

    `linear` says that the head is a dense layer right on what it is given, dropout aside.
    """

    layers: tuple[Any, ...]
    head: Any
    pair: Any | None
    linear: bool

    def on(self, tensor: Any) -> tuple[Any, Any]:
        """Return the features [N,D] before the head, and the logits [N,C], of a tensor."""
        for layer in self.layers:
            tensor = layer(tensor)
        logits = self.head(tensor)
        return tensor, self.pair(logits) if self.pair else logits

    def model(self, width: int) -> Any:
        """Return the Keras model from given features [N,width] to logits [N,C]."""
        given = keras.Input((width,), dtype="float32", name="given")
        return keras.Model(given, self.on(given)[1])

    def feature_model(self, width: int) -> Any:
        """Return the Keras model from given features [N,width] to those before the head [N,D]."""
        given = keras.Input((width,), dtype="float32", name="given")
        return keras.Model(given, self.on(given)[0])

    def with_head(self, head: Any) -> Top:
        """Return the top with another head: a Keras model from features [N,D] to logits [N,C]."""
        return replace(self, head=head, pair=None, linear=False)

    def set_head(self, kernel: NDArray[np.float32], bias: NDArray[np.float32]) -> None:
        """Give a built dense head its weights: kernel [D,C] and bias [C]."""
        if self.pair:
            kernel, bias = kernel[:, 1:] - kernel[:, :1], bias[1:] - bias[:1]
        self.head.set_weights([kernel, bias])

    def kernel(self) -> NDArray[np.float32]:
        """Return the dense head's kernel [D,C]; a sigmoid's stands half on either side."""
        kernel = np.asarray(keras.ops.convert_to_numpy(self.head.kernel), np.float32)
        return np.concatenate([-kernel / 2, kernel / 2], axis=1, dtype=np.float32) if self.pair else kernel


def build(settings: Network, classes: int, seed: int = 1) -> Top:
    """Return the top of a recipe's network: what comes after its pooling, or after its pixels."""
    built = tuple(_layers(settings, seed))
    sigmoid = settings.output == "sigmoid" and classes == _TWO
    head = keras.layers.Dense(1 if sigmoid else classes, dtype="float32", name="logits")
    return Top(built, head, _pair() if sigmoid else None, settings.linear)


def _layers(settings: Network, seed: int) -> Iterator[Any]:
    """Yield the layers, each entry's with a seed of its own: two dropouts of one seed drop the same units."""
    defaults = layers.Defaults(settings.kernel, settings.padding, settings.activation, settings.dropout)
    flat = bool(settings.backbones)
    for place, entry in enumerate(settings.own_layers):
        flat = flat or words.flattens(entry)
        axes = () if flat else defaults.shared_axes
        yield from layers.build(entry, replace(defaults, seed=seed + place, shared_axes=axes))


def _pair() -> Any:
    """Return a layer from z to (-z/2, z/2), whose softmax is the sigmoid of z; it learns nothing."""
    layer = keras.layers.Dense(_TWO, use_bias=False, trainable=False, dtype="float32", name="pair")
    layer.build((None, 1))
    layer.set_weights([np.array([[-0.5, 0.5]], np.float32)])
    return layer
