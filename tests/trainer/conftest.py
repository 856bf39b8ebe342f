"""Generated photos of two classes, and a network small enough to train in seconds."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import keras
import numpy as np
import pytest
from PIL import Image

from trainer import prepare, recipes_file
from trainer.data import datasets
from trainer.network import backbones, scalings
from whatsit import run as runs
from whatsit.manifest import Training

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.recipe import Recipe
    from whatsit.run import Run

SPLITS = ["train"] * 12 + ["tune"] * 4 + ["calibrate"] * 6 + ["test"] * 2
SMALL = (
    'network.backbones=["tiny"]',
    "network.weights=none",
    "input.height=48",
    "input.width=48",
    "novelty.centroids=4",
)
SHORT = (*SMALL, "fit.epochs=2", "fit.cycles=1", "fit.side=48", "fit.batch=4")


def make_photos(folder: Path, size: tuple[int, int] = (80, 60)) -> None:
    """Write a data set of reddish 'cat' and bluish 'dog' noise with its split.csv."""
    random = np.random.default_rng(len(str(size)))
    rows = []
    for label, tint in (("cat", (90, 0, 0)), ("dog", (0, 0, 90))):
        (folder / label).mkdir(parents=True)
        for number, split in enumerate(SPLITS):
            noise = random.integers(0, 160, (size[1], size[0], 3)) + np.array(tint)
            Image.fromarray(noise.astype(np.uint8)).save(folder / label / f"{label}.{number}.jpg")
            rows.append([f"{label}/{label}.{number}.jpg", label, split])
    with (folder / "split.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["path", "label", "split"], *rows])


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Return a folder `pets` of photos; the recipe's second folder lies beside it."""
    make_photos(tmp_path / "data" / "pets")
    make_photos(tmp_path / "data" / "cats-dogs-full", (120, 90))
    return tmp_path / "data" / "pets"


def begin(name: str, photos: Path, *settings: str) -> tuple[Run, Recipe]:
    """Return a new run by a recipe with settings, in a folder beside the photos, and the recipe."""
    recipe = recipes_file.load(name, settings)
    dataset = datasets.read(photos, recipe.data)
    session = prepare.Session(name, recipe, photos, dataset, photos.parent.parent / "runs")
    return prepare.start(session), recipe


def finished(run: Run) -> Run:
    """Write a run as one that has come to its end, with a model that is none, and return it."""
    (run.folder / runs.MODEL_FILE).touch()
    counts: dict[runs.Split, int] = {"train": 1, "tune": 1, "calibrate": 1, "test": 1}
    fingerprint = run.info.data_fingerprint
    done = Training(recipe="x", data_fingerprint=fingerprint, photos=counts, metrics={}, versions={})
    return runs.write(run.folder, run.info.model_copy(update={"training": done}))


def _tiny(*, include_top: bool, weights: str | None, input_shape: tuple[int, ...], name: str) -> keras.Model:
    assert not include_top
    assert weights is None
    image = keras.Input(input_shape)
    layer = image
    for number, filters in enumerate((8, 16)):
        layer = keras.layers.Conv2D(
            filters, 3, strides=2, padding="same", use_bias=False, name=f"conv{number}"
        )(layer)
        layer = keras.layers.BatchNormalization(name=f"norm{number}")(layer)
        layer = keras.layers.ReLU(6, name=f"relu{number}")(layer)
    return keras.Model(image, layer, name=name)


@pytest.fixture(autouse=True)
def tiny_backbone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Add two rows to the table: what is tested is the way, and a small network goes it in seconds."""
    add_tiny_backbones(monkeypatch)


def add_tiny_backbones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do what `tiny_backbone` does, in another process."""
    monkeypatch.setattr(keras.applications, "Tiny", _tiny, raising=False)
    weights = (backbones.Weights(("tiny.h5",), "none"),)
    for name in ("tiny", "other"):
        row = backbones.Backbone("Tiny", 48, scalings.SIGNED, weights, ("conv0", "relu0"), ("relu0",))
        monkeypatch.setitem(backbones.BACKBONES, name, row)
