"""The words of layers, such as `conv 32 3x3 same relu`, and whether layers fit each other: without Keras."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, get_args

from whatsit.errors import UsageError, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Activation = Literal["linear", "relu", "sigmoid", "tanh", "elu", "gelu", "swish", "prelu", "leaky_relu"]
Padding = Literal["same", "valid"]
ACTIVATIONS: Final[tuple[Activation, ...]] = get_args(Activation)
POOLINGS: Final = ("average", "max", "flatten")
_PADDINGS: Final[tuple[Padding, ...]] = get_args(Padding)
_TAKES: Final[Mapping[str, tuple[str, ...]]] = {
    "conv": ("number", "kernel", "padding", "activation"),
    "dense": ("number", "activation"),
    "dropout": ("number",),
    "pool": ("number",),
    **dict.fromkeys(("norm", *POOLINGS, *(name for name in ACTIVATIONS if name != "linear")), ()),
}
_ON_MAPS: Final = ("conv", "pool", "average", "max")
_MISFIT: Final = "the layers do not fit each other:"


@dataclass(frozen=True, slots=True)
class LayerWords:
    """One layer as its words say it, None where they are silent."""

    name: str
    number: float | None = None
    kernel: int | None = None
    padding: Padding | None = None
    activation: Activation | None = None


def parse(words: str) -> LayerWords:
    """Return what the words of one layer say.

    Raises UsageError, with the nearest right word, for words that name no layer or that it does not take.
    """
    name, *rest = words.split() or [""]
    if name not in _TAKES:
        raise UsageError(f"no layer is called {name!r} (in {words!r});", hint=nearest(name, list(_TAKES)))
    found = LayerWords(name)
    for word in rest:
        found = _with(found, word, words)
    _check_number(found, words)
    return found


def flattens(words: str) -> bool:
    """Return whether the layer makes a vector of a map."""
    return parse(words).name in POOLINGS


def check(entries: Sequence[str], kernel: int, padding: Padding, size: tuple[int, int] | None) -> None:
    """See that layers fit each other, from a map of that height and width, or a vector, to a vector.

    `kernel` and `padding` hold where words are silent. Raises UsageError with the words that do not fit.
    """
    for words in entries:
        size = _after(parse(words), words, (kernel, padding), size)
    if size is not None:
        raise UsageError(
            f"{_MISFIT} they end with a map of {size[0]}×{size[1]}, and what is learned on takes a vector;",
            hint=_FLATTEN,
        )


_FLATTEN: Final = f"put {', '.join(POOLINGS[:-1])} or {POOLINGS[-1]} there."


def _after(
    layer: LayerWords, words: str, silent: tuple[int, Padding], size: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Return the height and width that a layer leaves, None for a vector."""
    if size is None:
        if layer.name in _ON_MAPS:
            raise UsageError(
                f"{_MISFIT} {words!r} takes a map, and a vector is there already;", hint=_EARLIER
            )
        return None
    if layer.name == "dense":
        raise UsageError(
            f"{_MISFIT} {words!r} takes a vector, and there is a map of {size[0]}×{size[1]};", hint=_FLATTEN
        )
    if layer.name in POOLINGS:
        return None
    height, width = (_side(layer, silent, side) for side in size)
    if min(height, width) < 1:
        raise UsageError(
            f"{_MISFIT} {words!r} is too much for a map of {size[0]}×{size[1]};", hint="leave it out."
        )
    return height, width


_EARLIER: Final = "put it before what makes the vector, or leave it out."


def _side(layer: LayerWords, silent: tuple[int, Padding], side: int) -> int:
    if layer.name == "pool":
        return side // int(layer.number or 2)
    if layer.name == "conv" and (layer.padding or silent[1]) == "valid":
        return side - (layer.kernel or silent[0]) + 1
    return side


def _with(found: LayerWords, word: str, words: str) -> LayerWords:
    takes = _TAKES[found.name]
    if "number" in takes and re.fullmatch(r"\d+(\.\d+)?", word):
        return replace(found, number=float(word))
    if "kernel" in takes and re.fullmatch(r"([1-9]\d?)x\1", word):
        return replace(found, kernel=int(word.partition("x")[0]))
    for padding in _PADDINGS if "padding" in takes else ():
        if word == padding:
            return replace(found, padding=padding)
    for activation in ACTIVATIONS if "activation" in takes else ():
        if word == activation:
            return replace(found, activation=activation)
    raise _unknown(found, word, words)


def _unknown(found: LayerWords, word: str, words: str) -> UsageError:
    takes = _TAKES[found.name]
    padding = _PADDINGS if "padding" in takes else ()
    activation = ACTIVATIONS if "activation" in takes else ()
    number = ("a number",) if "number" in takes else ()
    kernel = ("a kernel such as 3x3",) if "kernel" in takes else ()
    there = ", ".join((*number, *kernel, *padding, *activation)) or f"{found.name} alone"
    return UsageError(
        f"{word!r} in the layer {words!r} means nothing;",
        hint=nearest(word, (*padding, *activation), f"expected: {there}."),
    )


def _check_number(found: LayerWords, words: str) -> None:
    number = found.number
    if found.name in ("conv", "dense") and number is None:
        raise UsageError(f"the layer {words!r} needs a number;", hint=f"for instance {found.name} 64.")
    if number is None:
        return
    if found.name == "dropout":
        if number > 1:
            raise UsageError(f"the layer {words!r} drops more than there is;", hint="give a part of 1.")
    elif number < 1 or number % 1:
        raise UsageError(f"the layer {words!r} needs a whole number from 1 on.")
