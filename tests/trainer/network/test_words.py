"""Whether layers fit each other, told from their words; Keras is the judge of what is said."""

import keras
import pytest

from trainer.network import layers, words
from trainer.network.layers import Defaults
from whatsit.errors import UsageError


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (("conv 8",), "a map of 8×8.*flatten"),
        (("conv 8", "dense 4"), "'dense 4' takes a vector.*flatten"),
        (("flatten", "conv 8"), "'conv 8' takes a map"),
        (("average", "pool"), "'pool' takes a map"),
        (("flatten", "average"), "'average' takes a map"),
        (("pool 4", "pool 4", "flatten"), "'pool 4' is too much for a map of 2×2"),
        (
            ("conv 8 5x5 valid", "conv 8 5x5 valid", "flatten"),
            "'conv 8 5x5 valid' is too much for a map of 4×4",
        ),
    ],
)
def test_layers_that_do_not_fit_are_told_apart(entries: tuple[str, ...], said: str) -> None:
    with pytest.raises(UsageError, match=f"do not fit.*{said}"):
        words.check(entries, 3, "same", (8, 8))


@pytest.mark.parametrize("kernel", [1, 3, 5])
@pytest.mark.parametrize("padding", ["same", "valid"])
@pytest.mark.parametrize(
    "entries",
    [
        ("conv 4", "pool 2", "conv 4", "flatten"),
        ("pool 3", "conv 4", "norm", "relu", "max", "dense 3"),
        ("conv 4", "conv 4", "pool", "conv 4 1x1", "pool 2", "average", "flatten"),
    ],
)
@pytest.mark.parametrize("side", [4, 7, 12])
def test_what_fits_is_what_keras_builds(
    entries: tuple[str, ...], padding: words.Padding, kernel: int, side: int
) -> None:
    assert _fits(entries, kernel, padding, side) == _builds(entries, Defaults(kernel, padding), side)


def _fits(entries: tuple[str, ...], kernel: int, padding: words.Padding, side: int) -> bool:
    try:
        words.check(entries, kernel, padding, (side, side))
    except UsageError:
        return False
    return True


def _builds(entries: tuple[str, ...], defaults: Defaults, side: int) -> bool:
    tensor = keras.Input((side, side, 3))
    try:
        for entry in entries:
            for layer in layers.build(entry, defaults):
                tensor = layer(tensor)
    except ValueError:
        return False
    return len(tensor.shape) == 2


def test_a_vector_is_not_to_be_made_one() -> None:
    words.check(("dropout 0.5", "dense 8", "norm"), 3, "same", None)
    with pytest.raises(UsageError, match="'average' takes a map"):
        words.check(("average",), 3, "same", None)
