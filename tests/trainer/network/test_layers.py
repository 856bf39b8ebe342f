"""Layers from words, as Keras builds them."""

import keras
import numpy as np
import pytest

from trainer.network import layers, tops
from trainer.network.layers import Defaults
from trainer.sections import Network
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
        ("conv 5 rlu", "did you mean 'relu'"),
        ("dnse 5", "did you mean 'dense'"),
        ("conv 5 3x5", "a kernel such as 3x3"),
        ("conv 0", "whole number"),
        ("conv 2.5", "whole number"),
        ("pool 0", "whole number"),
        ("dropout 1.5", "part of 1"),
        ("dense 5 3x3", "'3x3'"),
        ("average 5", "average alone"),
        ("", "conv"),
    ],
)
def test_words_that_name_nothing_are_refused_with_what_there_is(words: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        layers.build(words, Defaults())


def test_each_dropout_drops_units_of_its_own() -> None:
    settings = Network(layers=("flatten", "dropout 0.5", "dropout 0.5"))
    _, *dropouts = tops.build(settings, 2, seed=7).layers
    ones = np.ones((1, 1000), np.float32)
    first, second = (keras.ops.convert_to_numpy(one(ones, training=True)) for one in dropouts)
    assert 0.3 < (first == second).mean() < 0.7
    again = tops.build(settings, 2, seed=7).layers[1]
    assert np.array_equal(keras.ops.convert_to_numpy(again(ones, training=True)), first)
    (other,) = tops.build(Network(layers=("dropout 0.5",)), 2, seed=9).layers
    assert not np.array_equal(keras.ops.convert_to_numpy(other(ones, training=True)), first)


@pytest.mark.parametrize(
    ("settings", "shape", "slopes"),
    [
        (Network(layers=("conv 5 linear", "prelu", "flatten")), (8, 8, 3), (1, 1, 5)),
        (Network(layers=("flatten", "prelu")), (8, 8, 3), (192,)),
        (Network(layers=("average", "prelu", "dense 4 linear", "prelu")), (8, 8, 3), (3,)),
        (Network(layers=("flatten", "dense 4"), activation="prelu"), (8, 8, 3), (4,)),
        (Network(backbones=("mobilenet_v2",), layers=("average", "prelu")), (6,), (6,)),
    ],
)
def test_prelu_learns_a_slope_a_channel_of_a_map_and_a_feature_of_a_vector(
    settings: Network, shape: tuple[int, ...], slopes: tuple[int, ...]
) -> None:
    top = tops.build(settings, 2)
    assert top.on(keras.Input(shape))[1].shape == (None, 2)
    assert next(one for one in top.layers if isinstance(one, keras.layers.PReLU)).alpha.shape == slopes
