"""Layers as a recipe writes them: a few words each, such as `conv 32 3x3 same relu`."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import keras

from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

ACTIVATIONS: Final = ("linear", "relu", "sigmoid", "tanh", "elu", "gelu", "swish", "prelu", "leaky_relu")
_PADDINGS: Final = ("same", "valid")
_LEAK: Final = 0.001  # the slope that the tutorials' LeakyReLU has


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a layer takes where its words are silent; sweeps change these."""

    kernel: int = 3
    padding: str = "same"
    activation: str = "relu"
    dropout: float = 0.5
    seed: int = 1


@dataclass(frozen=True, slots=True)
class _Words:
    number: float | None = None
    kernel: int | None = None
    padding: str | None = None
    activation: str | None = None


def build(words: str, defaults: Defaults) -> list[Any]:
    """Return the Keras layers of one entry, an activation with weights of its own being a layer of its own.

    Raises UsageError for words that name no layer.
    """
    name, *rest = words.split() or [""]
    if name not in _BUILDERS:
        raise UsageError(
            f"no layer is called {name!r} (in {words!r});", hint=f"there are: {', '.join(_BUILDERS)}."
        )
    given = _Words()
    for word in rest:
        given = _with(given, word, words)
    return _BUILDERS[name](given, defaults)


def layer(words: str) -> Any:
    """Return the only layer of an entry that has but one, such as `average`."""
    (one,) = build(words, Defaults())
    return one


def _with(given: _Words, word: str, words: str) -> _Words:
    if re.fullmatch(r"\d+x\d+", word):
        return replace(given, kernel=int(word.split("x", maxsplit=1)[0]))
    if re.fullmatch(r"\d+(\.\d+)?", word):
        return replace(given, number=float(word))
    if word in _PADDINGS:
        return replace(given, padding=word)
    if word in ACTIVATIONS:
        return replace(given, activation=word)
    there = f"a number, a kernel such as 3x3, {', '.join((*_PADDINGS, *ACTIVATIONS))}"
    raise UsageError(f"{word!r} in the layer {words!r} means nothing;", hint=f"expected: {there}.")


def _count(given: _Words, name: str) -> int:
    if not given.number:
        raise UsageError(f"the layer {name!r} needs a number;", hint=f"for instance {name} 64.")
    return int(given.number)


def _conv(given: _Words, defaults: Defaults) -> list[Any]:
    layer = keras.layers.Conv2D(
        _count(given, "conv"), given.kernel or defaults.kernel, padding=given.padding or defaults.padding
    )
    return [layer, *_activation(given.activation or defaults.activation, shared_axes=[1, 2])]


def _dense(given: _Words, defaults: Defaults) -> list[Any]:
    layer = keras.layers.Dense(_count(given, "dense"))
    return [layer, *_activation(given.activation or defaults.activation, shared_axes=None)]


def _activation(name: str, shared_axes: list[int] | None) -> list[Any]:
    if name not in ACTIVATIONS:
        raise UsageError(f"no activation is called {name!r};", hint=f"there are: {', '.join(ACTIVATIONS)}.")
    if name == "linear":
        return []
    if name == "prelu":
        return [keras.layers.PReLU(shared_axes=shared_axes)]
    if name == "leaky_relu":
        return [keras.layers.LeakyReLU(negative_slope=_LEAK)]
    return [keras.layers.Activation(name)]


def _dropout(given: _Words, defaults: Defaults) -> list[Any]:
    rate = defaults.dropout if given.number is None else given.number
    return [keras.layers.Dropout(rate, seed=defaults.seed)]


def _pool(given: _Words, defaults: Defaults) -> list[Any]:
    del defaults
    return [keras.layers.MaxPooling2D(int(given.number or 2))]


def _alone(kind: Callable[[], Any]) -> Callable[[_Words, Defaults], list[Any]]:
    return lambda _given, _defaults: [kind()]


def _active(name: str) -> Callable[[_Words, Defaults], list[Any]]:
    return lambda _given, _defaults: _activation(name, shared_axes=[1, 2])


_BUILDERS: Final[dict[str, Callable[[_Words, Defaults], list[Any]]]] = {
    "conv": _conv,
    "dense": _dense,
    "dropout": _dropout,
    "pool": _pool,
    "norm": _alone(keras.layers.BatchNormalization),
    "average": _alone(keras.layers.GlobalAveragePooling2D),
    "max": _alone(keras.layers.GlobalMaxPooling2D),
    "flatten": _alone(keras.layers.Flatten),
    **{name: _active(name) for name in ACTIVATIONS if name != "linear"},
}
