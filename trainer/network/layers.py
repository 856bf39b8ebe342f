"""Keras layers from the words of `trainer.network.words`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import keras

from trainer.network.words import ACTIVATIONS, Activation, LayerWords, Padding, parse

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAK: Final = 0.001  # the slope that the tutorials' LeakyReLU has


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a layer takes where its words are silent; sweeps change these.

    A PReLU has one slope for all of `shared_axes`: those of a map's height and width, none of a vector.
    """

    kernel: int = 3
    padding: Padding = "same"
    activation: Activation = "relu"
    dropout: float = 0.5
    seed: int = 1
    shared_axes: tuple[int, ...] = (1, 2)


def build(words: str, defaults: Defaults) -> list[Any]:
    """Return the Keras layers of one entry, an activation with weights of its own being a layer of its own.

    Raises UsageError for words that name no layer.
    """
    given = parse(words)
    return _BUILDERS[given.name](given, defaults)


def layer(words: str) -> Any:
    """Return the only layer of an entry that has but one, such as `average`."""
    (one,) = build(words, Defaults())
    return one


def _conv(given: LayerWords, defaults: Defaults) -> list[Any]:
    layer = keras.layers.Conv2D(
        int(given.number or 0), given.kernel or defaults.kernel, padding=given.padding or defaults.padding
    )
    return [layer, *_activation(given.activation or defaults.activation, defaults.shared_axes)]


def _dense(given: LayerWords, defaults: Defaults) -> list[Any]:
    layer = keras.layers.Dense(int(given.number or 0))
    return [layer, *_activation(given.activation or defaults.activation, ())]


def _activation(name: str, shared_axes: tuple[int, ...]) -> list[Any]:
    if name == "linear":
        return []
    if name == "prelu":
        return [keras.layers.PReLU(shared_axes=shared_axes or None)]
    if name == "leaky_relu":
        return [keras.layers.LeakyReLU(negative_slope=_LEAK)]
    return [keras.layers.Activation(name)]


def _dropout(given: LayerWords, defaults: Defaults) -> list[Any]:
    rate = defaults.dropout if given.number is None else given.number
    return [keras.layers.Dropout(rate, seed=defaults.seed)]


def _pool(given: LayerWords, defaults: Defaults) -> list[Any]:
    del defaults
    return [keras.layers.MaxPooling2D(int(given.number or 2))]


def _alone(kind: Callable[[], Any]) -> Callable[[LayerWords, Defaults], list[Any]]:
    return lambda _given, _defaults: [kind()]


def _active(given: LayerWords, defaults: Defaults) -> list[Any]:
    return _activation(given.name, defaults.shared_axes)


_BUILDERS: Final[dict[str, Callable[[LayerWords, Defaults], list[Any]]]] = {
    "conv": _conv,
    "dense": _dense,
    "dropout": _dropout,
    "pool": _pool,
    "norm": _alone(keras.layers.BatchNormalization),
    "average": _alone(keras.layers.GlobalAveragePooling2D),
    "max": _alone(keras.layers.GlobalMaxPooling2D),
    "flatten": _alone(keras.layers.Flatten),
    **dict.fromkeys((name for name in ACTIVATIONS if name != "linear"), _active),
}
