from pathlib import Path

import keras
import numpy as np
import pytest

from tests.trainer.conftest import SHORT, SMALL, begin
from trainer import recipes_file
from trainer.learning import batches, calibrate, training
from trainer.network import networks, novelty
from trainer.results import environment
from whatsit import home
from whatsit.errors import UsageError


def _network() -> networks.Network:
    recipe = recipes_file.load("cats-dogs-edge", SHORT)
    return networks.build(recipe, recipe.input, 2)


def _pixels(count: int = 6) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 256, (count, 48, 48, 3)).astype(np.uint8)


def test_training_mode_gives_the_answers_of_inference() -> None:
    recipe = recipes_file.load("cats-dogs-edge", (*SHORT, 'network.layers=["average"]'))
    model = networks.build(recipe, recipe.input, 2).training_model
    in_training, in_use = (np.asarray(model(_pixels(), training=mode)) for mode in (True, False))
    assert np.abs(in_training - in_use).max() < 1e-5


@pytest.mark.parametrize(
    ("unfreeze", "learned"),
    [("all", {"conv0", "conv1"}), ("conv1", {"conv1"}), ("upper", {"conv1"}), ("none", set())],
)
def test_what_is_unfrozen_learns_and_batch_norm_is_left_alone(
    unfreeze: str, learned: set[str], photos: Path
) -> None:
    run, recipe = begin("age-finetune", photos, *SHORT, f"fit.unfreeze={unfreeze}")
    network = training._begun(run, recipe)
    (body,) = network.bodies
    before = {variable.path: np.asarray(variable) for variable in body.model.variables}
    training._fit(run, recipe, network, environment.Clock(run.folder))
    changed = {
        variable.path.split("/")[-2]
        for variable in body.model.variables
        if not np.array_equal(before[variable.path], np.asarray(variable))
    }
    assert changed == learned


def test_of_several_backbones_each_has_its_own_upper_blocks_learned(photos: Path) -> None:
    joined = 'network.backbones=["tiny", "other@relu0"]'
    run, recipe = begin("breeds-finetune", photos, *SMALL, joined, "fit.epochs=1", "fit.batch=4")
    network = training._begun(run, recipe)
    before = [[np.asarray(one) for one in body.model.variables] for body in network.bodies]
    training._fit(run, recipe, network, environment.Clock(run.folder))
    learned = [
        {
            variable.path.split("/")[-2]
            for variable, old in zip(body.model.variables, olds, strict=True)
            if not np.array_equal(old, np.asarray(variable))
        }
        for body, olds in zip(network.bodies, before, strict=True)
    ]
    assert learned == [{"conv1"}, {"conv0"}]


def test_a_layer_to_unfreeze_that_is_not_there_is_told_before_features_are_extracted(photos: Path) -> None:
    run, recipe = begin("breeds-finetune", photos, *SMALL, "fit.unfreeze=conv_1")
    with pytest.raises(UsageError, match="did you mean 'conv1'"):
        training.train(run, recipe)
    assert not (home.cache() / "features").exists()


def test_a_layer_that_is_not_there_gets_the_nearest_that_is() -> None:
    (body,) = _network().bodies
    with pytest.raises(UsageError, match="did you mean 'conv1'"):
        body.unfreeze("conv_1")
    with pytest.raises(UsageError, match="expected all, upper, none or a layer's name"):
        body.unfreeze("zzz")


def test_novelty_is_not_rounded_where_all_photos_lie_near_each_other() -> None:
    random = np.random.default_rng(3)
    around = random.uniform(0.5, 1, 64)
    taught, asked = (around * (1 + 3e-3 * random.normal(size=(count, 64))) for count in (40, 9))
    centres = calibrate.centroids(taught.astype(np.float32), 4, seed=1)
    expected = calibrate.distance(asked.astype(np.float32), centres)
    given = keras.Input((64,))
    distances = novelty.Nearest(centres, float(expected.max())).of(given)
    found = np.asarray(keras.Model(given, distances)(asked.astype(np.float32))) * expected.max()
    assert expected.max() < 1e-4  # one minus a cosine in float32 would be off by a thousandth of it
    assert np.abs(found - expected).max() < 1e-5 * expected.max()


def test_a_sigmoid_is_a_softmax_of_two() -> None:
    recipe = recipes_file.load("cats-dogs-fused", (*SMALL, "network.output=sigmoid"))
    network = networks.build(recipe, recipe.input, 2)
    network.top.set_head(np.eye(16, 2, dtype=np.float32), np.array([0.25, -0.25], np.float32))
    features, logits = batches.outputs(network.held_out_model, _pixels())
    expected = features @ np.eye(16, 2, dtype=np.float32) + np.array([0.25, -0.25])
    assert np.allclose(logits[:, 1] - logits[:, 0], expected[:, 1] - expected[:, 0], atol=1e-5)
    kernel = network.top.kernel()
    assert np.allclose(kernel[:, 1] - kernel[:, 0], np.eye(16, 2)[:, 1] - np.eye(16, 2)[:, 0])


def test_a_batch_not_full_gives_the_same_as_a_full_one() -> None:
    model = _network().training_model
    whole = model.predict(_pixels(40), verbose=0)
    assert np.allclose(batches.outputs(model, _pixels(40)[:5]), whole[:5], atol=1e-6)
