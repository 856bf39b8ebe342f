from pathlib import Path

import keras
import numpy as np
import pytest

from tests.trainer.conftest import SMALL, begin
from trainer.learning import batches, training
from trainer.learning.extraction import MIRRORED, Extraction
from trainer.network import networks
from trainer.results import predicted
from whatsit import home, preprocess
from whatsit.errors import PictureError


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHATSIT_HOME", str(tmp_path / "home"))


def _counting(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    counted: list[int] = []
    outputs = batches.outputs

    def counting(model: object, pixels: np.ndarray, batch: int = 32) -> object:
        counted.append(len(pixels))
        return outputs(model, pixels, batch)

    monkeypatch.setattr(batches, "outputs", counting)
    return counted


def test_features_are_computed_once_for_all_recipes(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, recipe = begin("cats-dogs-fused", photos, *SMALL)
    parts = networks.backbones_of(recipe, recipe.input)
    counted = _counting(monkeypatch)
    train, tune = run.photos("train"), run.photos("tune")
    first = Extraction(parts, "average", recipe.input).of(run, train)
    assert sum(counted) == len(train)
    again = Extraction(parts, "average", recipe.input).of(run, [*tune, *train])
    assert sum(counted) == len(train) + len(tune)
    assert np.array_equal(again[len(tune) :], first)


def test_rows_are_the_network_s_own_and_a_mirror_s_are_others(photos: Path) -> None:
    run, recipe = begin("cats-dogs-fused", photos, *SMALL)
    network = networks.build(recipe, recipe.input, 2)
    extraction = Extraction(network.bodies, "average", recipe.input)
    chosen = run.photos("tune")
    rows = extraction.of(run, chosen)
    features, _ = batches.predict(
        network.held_out_model, [run.file_of(photo) for photo in chosen], recipe.input
    )
    assert np.abs(rows - features).max() < 1e-5
    assert np.abs(extraction.of(run, chosen, MIRRORED) - rows).max() > 1e-4


def test_a_backbone_is_looked_through_without_its_batch_norms(photos: Path) -> None:
    _, recipe = begin("cats-dogs-fused", photos, *SMALL)
    (body,) = networks.backbones_of(recipe, recipe.input)
    looked = Extraction([body], "average", recipe.input).model(body)
    (backbone,) = [layer for layer in looked.layers if isinstance(layer, keras.Model)]
    assert not any(isinstance(layer, keras.layers.BatchNormalization) for layer in backbone.layers)


def test_other_weights_scaling_or_size_have_rows_of_their_own(photos: Path) -> None:
    _, recipe = begin("cats-dogs-fused", photos, *SMALL)
    (body,) = networks.backbones_of(recipe, recipe.input)
    (other,) = networks.backbones_of(recipe, recipe.input)  # random weights: other ones
    larger = recipe.input.model_copy(update={"width": 64})
    prints = {
        body.fingerprint(recipe.input, "average"),
        body.fingerprint(recipe.input, "max"),
        body.fingerprint(larger, "average"),
        other.fingerprint(recipe.input, "average"),
    }
    assert len(prints) == 4
    assert body.fingerprint(recipe.input, "average") in prints


def test_pixels_made_by_other_means_have_rows_of_their_own(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, recipe = begin("cats-dogs-fused", photos, *SMALL)
    (body,) = networks.backbones_of(recipe, recipe.input)
    before = body.fingerprint(recipe.input, "average")
    monkeypatch.setattr(preprocess, "MAKER", "pillow-99-1")
    assert body.fingerprint(recipe.input, "average") != before


def test_learning_in_half_precision_shares_features_and_ends_in_full(photos: Path) -> None:
    fit = ("fit.epochs=1", "fit.batch=4", "fit.precision=mixed_bfloat16")
    run, recipe = begin("breeds-finetune", photos, *SMALL, *fit, "fit.unfreeze=all", "head.strengths=[1]")
    done = training.train(run, recipe)
    model = keras.saving.load_model(done.model_file, safe_mode=True)
    assert {layer.compute_dtype for layer in model._flatten_layers()} == {"float32"}
    held_out = done.photos("tune", "calibrate")
    outputs = batches.predict(model, [done.file_of(photo) for photo in held_out], done.info.input)
    told = predicted.read(done)
    answers = np.concatenate([told["tune"].probabilities, told["calibrate"].probabilities])
    order = [*told["tune"].paths, *told["calibrate"].paths]
    ours = outputs["probabilities"][[[one.path for one in held_out].index(path) for path in order]]
    assert np.abs(answers - ours).max() < 1e-5
    (kept,) = (home.cache() / "features").iterdir()
    rows = np.concatenate([np.load(chunk) for chunk in kept.glob("*.npy")])
    assert not np.array_equal(rows, _rounded(rows)), "features were extracted in half precision"


def _rounded(rows: np.ndarray) -> np.ndarray:
    """Return what bfloat16 keeps of float32: the upper 16 bits."""
    return (rows.view(np.uint32) & 0xFFFF0000).view(np.float32)


def test_a_photo_that_changed_since_the_run_began_is_named_and_not_kept(photos: Path) -> None:
    run, recipe = begin("cats-dogs-fused", photos, *SMALL)
    parts = networks.backbones_of(recipe, recipe.input)
    chosen = run.photos("tune")
    changed = run.file_of(chosen[0])
    changed.write_bytes(run.file_of(run.photos("train")[0]).read_bytes())
    with pytest.raises(PictureError, match="changed since this run began") as told:
        Extraction(parts, "average", recipe.input).of(run, chosen)
    assert told.value.path == changed


def test_a_killed_extraction_keeps_what_it_had(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run, recipe = begin("cats-dogs-fused", photos, *SMALL)
    parts = networks.backbones_of(recipe, recipe.input)
    monkeypatch.setattr("trainer.learning.extraction._BATCH", 4)
    monkeypatch.setattr("trainer.learning.extraction._CHUNK", 8)
    counted = _counting(monkeypatch)
    keeping = batches.outputs

    def killed(model: object, pixels: np.ndarray, batch: int = 32) -> object:
        if sum(counted) >= 12:
            raise KeyboardInterrupt
        return keeping(model, pixels, batch)

    monkeypatch.setattr(batches, "outputs", killed)
    with pytest.raises(KeyboardInterrupt):
        Extraction(parts, "average", recipe.input).of(run, run.photos("train"))
    monkeypatch.setattr(batches, "outputs", keeping)
    Extraction(parts, "average", recipe.input).of(run, run.photos("train"))
    assert sum(counted) == 12 + (len(run.photos("train")) - 8)
