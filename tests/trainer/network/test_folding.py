from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

from trainer.network import folding


def _network(*, frozen: bool = True, bias: bool = False, given: bool = False) -> Any:
    """Return convolutions of every kind, a branch, and batch norms that are far from doing nothing."""
    keras.utils.set_random_seed(3)
    image = keras.Input((16, 16, 3))
    first = _normed(keras.layers.Conv2D(8, 3, padding="same", use_bias=bias)(image))
    each = keras.layers.DepthwiseConv2D(3, strides=2, depth_multiplier=2, padding="same", use_bias=bias)
    deep = _normed(each(keras.layers.ReLU(6)(first)), center=False)
    wide = keras.layers.Conv2D(8, 1, use_bias=bias)(deep)  # two layers look at it: it is left as it is
    joined = keras.layers.Add()([_normed(wide), wide])
    far = keras.layers.Conv2D(4, 3, dilation_rate=2, use_bias=bias)(joined)
    bent = keras.layers.Conv2D(4, 1, activation="relu")(_normed(far, scale=False))
    end = _normed(keras.layers.ReLU()(_normed(bent)))
    body = keras.Model(image, [end, far] if given else end, name="body")
    for number, norm in enumerate(one for one in body.layers if _is_norm(one)):
        random = np.random.default_rng(number)
        norm.set_weights([random.uniform(0.5, 1.5, one.shape) for one in norm.weights])
        norm.trainable = not frozen
    image = keras.Input((16, 16, 3))
    maps = body(image)
    pooled = keras.layers.GlobalAveragePooling2D()(maps[0] if given else maps)
    logits = keras.layers.Dense(3)(pooled)
    return keras.Model(image, [logits, maps[1]] if given else logits)


def _normed(tensor: Any, **lacking: bool) -> Any:
    return keras.layers.BatchNormalization(**lacking)(tensor)


def _is_norm(layer: Any) -> bool:
    return isinstance(layer, keras.layers.BatchNormalization)


def _photos() -> Any:
    return np.random.default_rng(5).normal(size=(6, 16, 16, 3)).astype(np.float32)


def _apart(one: Any, other: Any) -> float:
    pairs = zip(one.get_weights(), other.get_weights(), strict=True)
    return max(float(np.abs(a - b).max()) for a, b in pairs)


def _norms(model: Any) -> int:
    inner = next(layer for layer in model.layers if isinstance(layer, keras.Model))
    return sum(_is_norm(one) for one in inner.layers)


@pytest.mark.parametrize("bias", [False, True], ids=["without a bias", "with a bias"])
def test_a_folded_network_gives_the_same_and_has_the_same_variables(bias: bool) -> None:
    model = _network(bias=bias)
    folded = folding.folded(model)
    assert (_norms(model), _norms(folded)) == (6, 3)
    assert np.abs(folded.predict(_photos(), verbose=0) - model.predict(_photos(), verbose=0)).max() < 1e-5
    assert [id(one) for one in folded.variables] == [id(one) for one in model.variables]
    assert [id(one) for one in folded.trainable_variables] == [id(one) for one in model.trainable_variables]


def test_a_network_folds_as_often_as_it_is_asked_to() -> None:
    model = _network()
    folding.folded(model).predict(_photos(), verbose=0)
    assert _norms(folding.folded(model)) == 3


def test_a_convolution_that_is_given_as_well_is_given_as_it_was() -> None:
    model = _network(given=True)
    plain, quick = (one.predict(_photos(), verbose=0) for one in (model, folding.folded(model)))
    assert _norms(folding.folded(model)) == 4
    assert max(np.abs(one - other).max() for one, other in zip(plain, quick, strict=True)) < 1e-5


def test_a_batch_norm_of_two_convolutions_is_left_to_both() -> None:
    image = keras.Input((16, 16, 3))
    norm = keras.layers.BatchNormalization(trainable=False)
    both = [norm(keras.layers.Conv2D(4, 3)(image)) for _ in range(2)]
    model = keras.Model(image, both)
    assert folding.folded(model) is model


def test_in_half_precision_it_is_as_near_as_half_precision_is() -> None:
    plain = _network().predict(_photos(), verbose=0)
    before = keras.mixed_precision.dtype_policy()
    keras.mixed_precision.set_dtype_policy("mixed_bfloat16")
    try:
        half = folding.folded(_network())
    finally:
        keras.mixed_precision.set_dtype_policy(before)
    found = half.predict(_photos(), verbose=0).astype(np.float32)
    assert half.compute_dtype == "bfloat16"
    assert _norms(half) == 3
    assert np.abs(found - plain).max() < 0.05 * np.abs(plain).max()


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
