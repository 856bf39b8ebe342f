from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from trainer.network import folding


def _network(*, frozen: bool = True, bias: bool = False) -> Any:
    """Return convolutions of every kind, a branch, and batch norms that are far from doing nothing."""
    keras.utils.set_random_seed(3)
    image = keras.Input((16, 16, 3))
    first = _normed(keras.layers.Conv2D(8, 3, strides=2, padding="same", use_bias=bias)(image))
    deep = _normed(
        keras.layers.DepthwiseConv2D(3, padding="same", use_bias=bias)(keras.layers.ReLU(6)(first))
    )
    wide = keras.layers.Conv2D(8, 1, use_bias=bias)(deep)  # two layers look at it: it is left as it is
    joined = keras.layers.Add()([_normed(wide), wide, first])
    bent = _normed(keras.layers.Conv2D(4, 3, dilation_rate=2, activation="relu")(joined))
    body = keras.Model(image, _normed(keras.layers.ReLU()(bent)), name="body")
    for number, layer in enumerate(
        one for one in body.layers if isinstance(one, keras.layers.BatchNormalization)
    ):
        random, shape = np.random.default_rng(number), layer.moving_mean.shape
        about = [random.uniform(0.5, 1.5, shape), random.normal(size=shape)]
        kept = ([about[0]] if layer.scale else []) + ([about[1]] if layer.center else [])
        layer.set_weights([*kept, random.normal(size=shape), random.uniform(0.5, 1.5, shape)])
        layer.trainable = not frozen
    given = keras.Input((16, 16, 3))
    return keras.Model(given, keras.layers.Dense(3)(keras.layers.GlobalAveragePooling2D()(body(given))))


def _normed(tensor: Any) -> Any:
    lacking = {"scale": False} if tensor.shape[-1] == 4 else {}
    return keras.layers.BatchNormalization(**lacking)(tensor)


def _photos() -> Any:
    return np.random.default_rng(5).normal(size=(6, 16, 16, 3)).astype(np.float32)


def _apart(one: Any, other: Any) -> float:
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def _norms(model: Any) -> int:
    inner = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    return sum(isinstance(one, keras.layers.BatchNormalization) for one in inner.layers)


@pytest.mark.parametrize("bias", [False, True], ids=["without a bias", "with a bias"])
def test_a_folded_network_gives_the_same_and_has_the_same_variables(bias: bool) -> None:
    model = _network(bias=bias)
    folded = folding.folded(model)
    assert (_norms(model), _norms(folded)) == (5, 3)
    assert np.abs(folded.predict(_photos(), verbose=0) - model.predict(_photos(), verbose=0)).max() < 1e-5
    assert {id(one) for one in folded.variables} == {id(one) for one in model.variables}
    assert {id(one) for one in folded.trainable_variables} == {id(one) for one in model.trainable_variables}


def test_a_folded_network_learns_the_same() -> None:
    begun, plain, quick = _network(), _network(), _network()
    targets = np.eye(3)[np.arange(6) % 3].astype(np.float32)
    for learner in (plain, folding.folded(quick)):
        learner.compile(keras.optimizers.SGD(0.05), keras.losses.CategoricalCrossentropy(from_logits=True))
        for _ in range(3):
            learner.train_on_batch(_photos(), targets)
    assert _apart(plain, quick) < 1e-4
    assert _apart(begun, quick) > 1e-3


def test_what_learns_its_batch_norm_is_left_as_it_is() -> None:
    model = _network(frozen=False)
    assert folding.folded(model) is model
