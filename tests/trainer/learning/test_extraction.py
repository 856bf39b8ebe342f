from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import SMALL, begin
from trainer import devices, recipes_file
from trainer.learning import batches
from trainer.learning.extraction import Extraction
from trainer.network import networks
from trainer.sections import Fit


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
    assert np.abs(extraction.of(run, chosen, batches.mirrored) - rows).max() > 1e-4


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


def test_features_in_half_precision_are_kept_apart() -> None:
    prints = set()
    for precision in ("float32", "mixed_bfloat16"):
        with devices.ready(1, Fit(precision=precision)):
            recipe = recipes_file.load("cats-dogs-fused", SMALL)
            (body,) = networks.backbones_of(recipe, recipe.input)
        body.model.set_weights([np.full(one.shape, 0.5) for one in body.model.get_weights()])
        prints.add(body.fingerprint(recipe.input, "average"))
    assert len(prints) == 2


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
