"""Layers from words, as Keras builds them."""

import keras
import numpy as np
import pytest

from trainer.network import layers
from trainer.network.layers import Defaults
from whatsit.errors import UsageError


def _built(words: str, defaults: Defaults | None = None, shape: tuple[int, ...] = (8, 8, 3)) -> keras.Model:
    image = keras.Input(shape)
    tensor = image
    for layer in layers.build(words, defaults or Defaults()):
        tensor = layer(tensor)
    return keras.Model(image, tensor)


def _of(words: str, kind: str, defaults: Defaults | None = None) -> list[keras.layers.Layer]:
    return [one for one in layers.build(words, defaults or Defaults()) if type(one).__name__ == kind]


@pytest.mark.parametrize(
    ("words", "shape"),
    [
        ("conv 5", (8, 8, 5)),
        ("conv 5 valid", (6, 6, 5)),
        ("conv 5 5x5 valid linear", (4, 4, 5)),
        ("conv 5 1x1", (8, 8, 5)),
        ("pool", (4, 4, 3)),
        ("pool 4", (2, 2, 3)),
        ("norm", (8, 8, 3)),
        ("average", (3,)),
        ("max", (3,)),
        ("flatten", (192,)),
        ("dropout 0.3", (8, 8, 3)),
        ("relu", (8, 8, 3)),
        ("prelu", (8, 8, 3)),
    ],
)
def test_words_give_the_layer_that_they_name(words: str, shape: tuple[int, ...]) -> None:
    assert _built(words).output_shape[1:] == shape


def test_a_dense_layer_takes_features() -> None:
    assert _built("dense 7 sigmoid", shape=(4,)).output_shape == (None, 7)


def test_what_words_leave_out_the_defaults_say_and_words_go_first() -> None:
    swept = Defaults(kernel=5, padding="valid", activation="tanh", dropout=0.1)
    assert _built("conv 5", swept).output_shape[1:] == (4, 4, 5)
    assert _built("conv 5 3x3 same", swept).output_shape[1:] == (8, 8, 5)
    (activation,) = _of("conv 5", "Activation", swept)
    assert activation.activation is keras.activations.tanh
    (activation,) = _of("dense 5 relu", "Activation", swept)
    assert activation.activation is keras.activations.relu
    (dropout,) = layers.build("dropout", swept)
    assert dropout.rate == 0.1
    (dropout,) = layers.build("dropout 0.4", swept)
    assert dropout.rate == 0.4


def test_prelu_learns_a_slope_a_channel_and_a_leaky_one_is_the_tutorials() -> None:
    (prelu,) = _of("conv 5 prelu", "PReLU")
    prelu.build((None, 8, 8, 5))
    assert prelu.alpha.shape == (1, 1, 5)
    (leaky,) = _of("dense 4 leaky_relu", "LeakyReLU")
    assert np.allclose(keras.ops.convert_to_numpy(leaky(np.array([-1.0, 2.0]))), [-0.001, 2.0])
    assert len(_built("dense 4 prelu", shape=(4,)).layers) == 3


def test_a_linear_layer_has_no_activation() -> None:
    assert len(layers.build("conv 5 linear", Defaults())) == 1


def test_average_and_max_pool_as_they_say() -> None:
    pixels = np.random.default_rng(1).normal(size=(2, 8, 8, 3)).astype(np.float32)
    for words, pooled in (("average", pixels.mean(axis=(1, 2))), ("max", pixels.max(axis=(1, 2)))):
        assert np.allclose(keras.ops.convert_to_numpy(layers.layer(words)(pixels)), pooled, atol=1e-6)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("convolution 5", "conv"),
        ("conv", "conv 64"),
        ("dense relu", "dense 64"),
        ("conv 5 3x3 smae", "'smae'"),
        ("conv 5 rlu", "prelu"),
        ("", "conv"),
    ],
)
def test_words_that_name_nothing_are_refused_with_what_there_is(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        layers.build(words, Defaults())
