"""Backbones as Keras layers: scaled, cut, frozen where they must be, told apart by their fingerprints."""

from pathlib import Path

import keras
import numpy as np
import pytest

from tests.conftest import SHARED_PHOTOS
from trainer.network import backbones, bodies
from trainer.network.backbones import BACKBONES, Choice
from trainer.network.bodies import Body
from whatsit import preprocess
from whatsit.errors import DataError, UsageError
from whatsit.manifest import InputSpec

WEIGHTS = SHARED_PHOTOS.parent / "weights"
SPEC = InputSpec(height=75, width=75)
SMALL = InputSpec(height=48, width=48)


def _body(words: str, weights: str | None = None, spec: InputSpec = SPEC) -> Body:
    choice = Choice.parse(words)
    return bodies.build(choice, weights, spec, choice.row.scaling_for(weights))


def _noise(count: int, spec: InputSpec) -> np.ndarray:
    shape = (count, spec.height, spec.width, 3)
    return np.random.default_rng(1).integers(0, 256, shape).astype(np.float32)


@pytest.mark.parametrize("name", ["mobilenet_v2", "mobilenet_v3", "inception_v3", "efficientnet_v2_b0"])
def test_every_cut_of_a_row_is_a_layer_and_lies_lower_than_the_end(name: str) -> None:
    whole = _body(name).model
    names = [layer.name for layer in whole.layers]
    places = [names.index(cut) for cut in BACKBONES[name].cuts]
    assert places == sorted(places)
    cut = BACKBONES[name].cuts[0]
    short = _body(f"{name}@{cut}").model
    assert short.output_shape == (None, *whole.get_layer(cut).output.shape[1:])
    assert short.count_params() < whole.count_params()


@pytest.mark.parametrize("name", sorted({"vgg16", "xception", "convnext_tiny"}))
def test_cuts_of_the_other_rows_are_layers_too(name: str) -> None:
    names = [layer.name for layer in _body(name).model.layers]
    assert set(BACKBONES[name].cuts) <= set(names)


@pytest.mark.parametrize(
    ("name", "preprocess_input"),
    [
        ("vgg16", keras.applications.vgg16.preprocess_input),
        ("mobilenet_v2", keras.applications.mobilenet_v2.preprocess_input),
        ("densenet121", keras.applications.densenet.preprocess_input),
    ],
)
def test_pixels_are_scaled_inside_as_keras_does_outside(name: str, preprocess_input: object) -> None:
    pixels = _noise(2, SMALL)
    ours = bodies.scaled(pixels, BACKBONES[name].scaling, name="scaling")
    theirs = preprocess_input(pixels.copy())  # type: ignore[operator]
    assert np.abs(keras.ops.convert_to_numpy(ours) - theirs).max() < 1e-4


def test_batch_norm_stays_frozen_whatever_learns() -> None:
    body = _body("mobilenet_v2", spec=SMALL)
    for layer, learning in (("all", 35), ("none", 0), ("block_15_expand", 7)):
        body.unfreeze(layer)
        norms = [one for one in body.model.layers if isinstance(one, keras.layers.BatchNormalization)]
        assert not any(one.trainable for one in norms)
        kernels = [one for one in body.model.trainable_variables if "kernel" in one.path]
        assert len(kernels) == len(body.model.trainable_variables)
        assert len(kernels) >= learning
        assert bool(kernels) == (layer != "none")
    names = [one.name for one in body.model.layers]
    for number, one in enumerate(body.model.layers):
        if one.weights and not isinstance(one, keras.layers.BatchNormalization):
            body.unfreeze("block_15_expand")
            assert one.trainable == (number >= names.index("block_15_expand"))


def test_a_layer_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="did you mean 'conv1'"):
        _body("tiny", spec=SMALL).unfreeze("convv1")


def test_settled_random_weights_give_outputs_that_differ_between_photos() -> None:
    body = _body("tiny", spec=SMALL)
    pixels = _noise(16, SMALL) * np.linspace(0.2, 1, 16, dtype=np.float32)[:, None, None, None]
    norm = body.model.get_layer("norm0")
    body.settle(pixels)
    assert not np.allclose(keras.ops.convert_to_numpy(norm.moving_mean), 0)
    assert not norm.trainable
    means = keras.ops.convert_to_numpy(body.on(pixels)).mean(axis=(1, 2))
    assert (means.std(axis=0) > 1e-3).any()


def test_many_photos_settle_in_parts_that_each_have_some_of_every_kind() -> None:
    body, taken = _body("tiny", spec=SMALL), []
    light = np.repeat([0.2, 1.0], 20)[:, None, None, None]  # as photos come, label by label
    pixels = (_noise(40, SMALL) * light).astype(np.uint8)
    call = body.model.call
    body.model.call = lambda given, **rest: taken.append(len(given)) or call(given, **rest)
    body.settle(pixels)
    assert sum(taken) == 40
    assert max(taken) <= 8
    convolution, norm = body.model.get_layer("conv0"), body.model.get_layer("norm0")
    seen = convolution(bodies.scaled(pixels.astype(np.float32), body.scaling, name="scaling"))
    values = keras.ops.convert_to_numpy(seen).reshape(-1, 8)
    mean, variance = (keras.ops.convert_to_numpy(one) for one in (norm.moving_mean, norm.moving_variance))
    assert np.abs(mean - values.mean(axis=0)).max() <= 1e-3 * values.std()
    assert np.abs(variance / values.var(axis=0) - 1).max() <= 1e-3


def test_what_has_no_batch_norm_has_nothing_to_settle() -> None:
    body, taken = _body("vgg16", spec=SMALL), []
    body.model.call = lambda given, **_: taken.append(given)
    body.settle(_noise(2, SMALL).astype(np.uint8))
    assert not taken


def test_a_fingerprint_tells_weights_pixels_cut_and_pooling_apart() -> None:
    keras.utils.set_random_seed(1)
    body = _body("tiny", spec=SMALL)
    first = body.fingerprint(SMALL, "average")
    assert body.fingerprint(SMALL, "average") == first
    others = {body.fingerprint(SMALL, "max"), body.fingerprint(SPEC, "average")}
    body.model.get_layer("conv0").kernel.assign_add(
        keras.ops.full(body.model.get_layer("conv0").kernel.shape, 1e-6)
    )
    others.add(body.fingerprint(SMALL, "average"))
    others.add(_body("tiny@relu0", spec=SMALL).fingerprint(SMALL, "average"))
    assert len(others | {first}) == 5


@pytest.mark.filterwarnings("ignore:Skipping nested container:UserWarning")  # Keras, before it says no
def test_weights_of_another_network_are_refused_with_the_file_s_name(tmp_path: Path) -> None:
    other = tmp_path / "other.weights.h5"
    _body("mobilenet_v2", spec=SMALL).model.save_weights(other)
    with pytest.raises(DataError, match=r"other\.weights\.h5"):
        _body("mobilenet", str(other), SMALL)


def test_the_weights_at_hand_tell_cats_from_dogs(cat_and_dog_photos: Path) -> None:
    if not WEIGHTS.is_dir():
        pytest.skip(f"the weights are not at {WEIGHTS}")
    spec = InputSpec(height=96, width=96)
    weights = backbones.find_weights(Choice.parse("mobilenet_v2"), str(WEIGHTS))
    body = _body("mobilenet_v2", weights, spec)
    paths = [path for label in ("cat", "dog") for path in sorted((cat_and_dog_photos / label).iterdir())[:40]]
    maps = body.on(np.stack([preprocess.pixels(path, spec) for path in paths]).astype(np.float32))
    features = keras.ops.convert_to_numpy(maps).mean(axis=(1, 2))
    cats, dogs = features[:20].mean(axis=0), features[40:60].mean(axis=0)
    held_out = np.concatenate([features[20:40], features[60:]])
    nearer = np.linalg.norm(held_out - dogs, axis=1) < np.linalg.norm(held_out - cats, axis=1)
    assert (nearer == np.repeat([False, True], 20)).mean() >= 0.85
