"""The way of every bundle that ships, on 200 generated photos and with networks that train in seconds."""

from __future__ import annotations

import csv
import importlib.util
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from PIL import Image

from trainer import prepare, recipes_file
from trainer.data import datasets
from trainer.network import backbones, scalings
from whatsit import bundle as bundles

ROOT = Path(__file__).parents[2]
LABELS = {"cats-dogs": ("cat", "dog"), "dogs-120": ("pug", "beagle", "dingo"), "faces": ("young", "old")}
SPLITS = ("train",) * 12 + ("tune",) * 2 + ("calibrate",) * 4 + ("test",) * 2
QUICK = ("--set", "fit.epochs=2", "--set", "input.height=48",
         "--set", "input.width=48", "--set", "fit.side=48")  # fmt: skip


@pytest.fixture
def model() -> Any:
    spec = importlib.util.spec_from_file_location("model", ROOT / "setup" / "model.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put small networks in the place of those that the recipes name."""
    monkeypatch.setattr(keras.applications, "Quick", _quick, raising=False)
    weights = (backbones.Weights(("quick.h5",), "none"),)
    row = backbones.Backbone("Quick", 48, scalings.SIGNED, weights, ("conv3", "conv3"), ("mixed8",))
    for name in ("mobilenet_v2", "densenet169", "inception_v3", "resnet50"):
        monkeypatch.setitem(backbones.BACKBONES, name, row)


def _quick(*, include_top: bool, weights: str | None, input_shape: tuple[int, ...], name: str) -> keras.Model:
    assert (include_top, weights) == (False, None)
    image = keras.Input(input_shape)
    layer = image
    for number in range(7):
        strides = 2 if number in (0, 3) else 1
        layer = keras.layers.Conv2D(8, 3, strides=strides, padding="same", name=f"conv{number}")(layer)
        layer = keras.layers.ReLU(6, name="mixed8" if number == 6 else f"relu{number}")(layer)
    return keras.Model(image, layer, name=name)


def make_data(data: Path, called: str, photos: str) -> None:
    """Lay out what a recipe learns from: labelled photos, and 60 pictures in each folder of unknown ones."""
    recipe = recipes_file.load(called)
    make_photos(data / photos, LABELS[photos])
    for name in recipe.data.also:
        make_photos(data / name, LABELS[photos], seed=9)
    for name in recipe.data.unknown:
        (data / name).mkdir()
        for number in range(60):
            stripes = np.zeros((40, 40, 3), np.uint8)
            stripes[number % 9 :: 9] = 255
            stripes[:, :: 3 + number % 7] = 128
            stripes[0, number % 40] = number
            Image.fromarray(stripes).save(data / name / f"{number}.png")


def make_photos(folder: Path, labels: tuple[str, ...], seed: int = 0) -> None:
    random = np.random.default_rng(len(labels) + seed)
    rows = []
    for place, label in enumerate(labels):
        (folder / label).mkdir(parents=True)
        for number in range(200 // len(labels)):
            tint = np.roll([90, 0, 20], place)
            noise = (random.integers(0, 160, (36, 48, 3)) + tint).astype(np.uint8)
            Image.fromarray(noise).save(folder / label / f"{number}.png")
            rows.append([f"{label}/{number}.png", label, SPLITS[number % len(SPLITS)]])
    with (folder / "split.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["path", "label", "split"], *rows])


@pytest.mark.parametrize("name", ["cats-dogs", "breeds", "age"])
def test_a_bundle_that_ships_comes_from_one_command(name: str, model: Any, tmp_path: Path) -> None:
    called, photos, _ = model.SHIPPED[name]
    make_data(tmp_path / "data", called, photos)
    asked = [name, "--weights", "none", *QUICK]
    places = [f"--{place}={tmp_path / place}" for place in ("data", "runs", "out")]
    assert model.main([*asked, *places]) == 0
    manifest = bundles.read(tmp_path / "out" / name).manifest
    assert set(manifest.variants) == {"fp32", "int8"}
    assert [label.name for label in manifest.labels] == sorted(LABELS[photos])
    assert all(check.passed for check in manifest.checks)
    runs = sorted(path.name for path in (tmp_path / "runs" / name).iterdir())
    assert model.main([*asked, *places]) == 0  # nothing is trained again
    assert sorted(path.name for path in (tmp_path / "runs" / name).iterdir()) == runs


def test_without_what_taught_the_unknown_nothing_is_made(
    model: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make_photos(tmp_path / "data" / "dogs-120", LABELS["dogs-120"])
    places = [f"--{place}={tmp_path / place}" for place in ("data", "runs", "out")]
    assert model.main(["breeds", "--weights", "none", *QUICK, *places]) == 1
    assert "learns from unknowns and unknowns-faces and unknowns-cats too" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


def test_a_run_is_gone_on_with_where_recipe_and_photos_are_the_same_alone(model: Any, tmp_path: Path) -> None:
    called, photos, _ = model.SHIPPED["age"]
    data, place = tmp_path / "data", tmp_path / "runs"
    make_data(data, called, photos)
    recipe = recipes_file.load(called)
    dataset = datasets.read(data / photos, recipe.data)
    run = prepare.start(prepare.Session(called, recipe, data / photos, dataset, place))
    assert model._newest(place, recipe, data) == run.folder
    assert model._newest(place, recipe, tmp_path) is None
    assert recipe.source is not None
    told = recipe.source.model_copy(update={"fingerprint": run.info.data_fingerprint, "card": "## Anew"})
    recipe = recipe.model_copy(update={"source": told})
    assert model._newest(place, recipe, data) == run.folder, "what is told changes no answer"
    model._tell(run, recipe)
    assert (run.folder / "card.md").read_text(encoding="utf-8") == "## Anew"
    (run.folder / "recipe.json").write_text('{"gone": 1}', encoding="utf-8")
    assert model._newest(place, recipe, data) is None


def test_a_run_with_other_settings_is_not_what_ships(model: Any, tmp_path: Path) -> None:
    make_data(tmp_path / "data", model.SHIPPED["age"][0], "faces")
    places = [f"--{place}={tmp_path / place}" for place in ("data", "runs", "out")]
    asked = ["age", "--weights", "none", *QUICK, *places]
    assert model.main([*asked, "--set", "promise.wrong_at_most=0.2"]) == 0
    assert model.main([*asked, "--set", "promise.wrong_at_most=0.3"]) == 0
    assert len(list((tmp_path / "runs" / "age").iterdir())) == 2
    assert model.main([*asked, "--set", "promise.wrong_at_most=0.2"]) == 0
    assert len(list((tmp_path / "runs" / "age").iterdir())) == 2
    variants = bundles.read(tmp_path / "out" / "age").manifest.variants
    assert {one.decision.promise.wrong_at_most for one in variants.values()} == {0.2}
