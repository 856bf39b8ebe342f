"""Layers traced plainly give what they gave before, and are themselves again afterwards."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from exporter import tracing


@pytest.fixture
def model() -> Any:
    """A network with a network in it, whose dense layers see maps, rows and vectors."""
    keras.utils.set_random_seed(3)
    maps = keras.Input((6, 6, 8))
    inner = keras.layers.Conv2D(8, 3, groups=8, padding="same", strides=2, name="grouped")(maps)
    inner = keras.layers.Dense(5, activation="gelu", bias_initializer="normal", name="on_maps")(inner)
    image = keras.Input((6, 6, 8))
    found = keras.Model(maps, inner, name="inner")(image)
    rows = keras.layers.Dense(4, use_bias=False, name="on_rows")(keras.layers.Reshape((9, 5))(found))
    return keras.Model(image, keras.layers.Dense(2, name="on_vectors")(keras.layers.Flatten()(rows)))


def test_a_layer_that_two_models_share_is_itself_again() -> None:
    dense = keras.layers.Dense(3)
    ends = [keras.Input((2, 2, 4)) for _ in range(2)]
    inner = [keras.Model(end, dense(end)) for end in ends]
    image = keras.Input((2, 2, 4))
    model = keras.Model(image, keras.layers.Add()([one(image) for one in inner]))
    with tracing.plain(model):
        assert "call" in vars(dense)
    assert "call" not in vars(dense)


def _operations(model: Any) -> set[str]:
    function = tf.function(model, input_signature=[tf.TensorSpec((None, 6, 6, 8), tf.float32)])
    return {one.type for one in function.get_concrete_function().graph.get_operations()}


def test_no_compiled_call_and_no_product_of_reshaped_maps_is_traced(model: Any) -> None:
    assert "StatefulPartitionedCall" in _operations(model)
    with tracing.plain(model):
        plain = _operations(model)
    assert "StatefulPartitionedCall" not in plain
    assert {"Conv2D", "MatMul"} <= plain


def test_dense_layers_give_what_they_gave_before() -> None:
    given = np.random.default_rng(1).normal(size=(3, 6, 6, 8)).astype(np.float32)
    for layer in (
        keras.layers.Dense(4, "gelu", bias_initializer="normal"),
        keras.layers.Dense(4, use_bias=False),
    ):
        for shape in ((3, 6, 6, 8), (3, 36, 8), (108, 8)):
            sequence = keras.Sequential([layer])
            before = np.asarray(sequence(given.reshape(shape)))
            with tracing.plain(sequence):
                plain = np.asarray(sequence(given.reshape(shape)))
            assert plain.shape == before.shape
            assert np.abs(plain - before).max() <= 1e-6


@pytest.mark.parametrize("name", ["grouped", "on_maps", "on_rows", "on_vectors"])
def test_layers_are_themselves_again_also_after_an_error(model: Any, name: str) -> None:
    inner = model.get_layer("inner")
    layer = (inner if name in {one.name for one in inner.layers} else model).get_layer(name)
    before = set(vars(layer))
    with pytest.raises(ValueError, match="on the way"), tracing.plain(model):  # noqa: PT012 - both are needed
        assert set(vars(layer)) != before
        raise ValueError("on the way")
    assert set(vars(layer)) == before
