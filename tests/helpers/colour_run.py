"""A finished run whose model answers the class with the nearest colour: exact, and made without training."""

from __future__ import annotations

import colorsys
import os
from typing import TYPE_CHECKING

from whatsit.manifest import InputSpec, Label, Training

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from PIL import Image

from trainer import prepare, recipe, sections
from whatsit import run as runs

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIZE = 16
COUNTS: dict[runs.Split, int] = {"train": 1, "tune": 4, "calibrate": 2, "test": 3}  # of each class
INPUT = InputSpec(height=SIZE, width=SIZE)


def make(folder: Path, names: tuple[str, ...] = ("warm", "cold"), *, wrong: int = 1) -> runs.Run:
    """Write the run into `folder` / run and its photos into `folder` / photos.

    The first `wrong` tune photos of each class have the colour of the next: the model takes them for it.
    """
    photos = _photos(folder / "photos", len(names), wrong)
    (folder / "run").mkdir(parents=True)
    model(len(names)).save(folder / "run" / runs.MODEL_FILE)
    info = runs.RunInfo(
        recipe="colours",
        name="colours",
        title="Colours",
        licence="CC0-1.0",
        subject="any photo",
        labels=tuple(Label(id=number, name=name) for number, name in enumerate(names)),
        input=INPUT,
        data_root=folder / "photos",
        data_fingerprint="0" * 64,
        training=_record(len(names)),
        temperature=1.0,
    )
    run = runs.write(folder / "run", info)
    runs.write_photos(run, photos)
    held_out = [photo for photo in photos if photo.split in ("tune", "calibrate")]
    runs.write_predictions(run, held_out, _answers(run, held_out))
    (run.folder / prepare.RECIPE_FILE).write_text(_recipe().model_dump_json())
    return run


def model(classes: int) -> keras.Model:
    """Return the model: the nearest of the classes' colours, by a dense layer set by hand."""
    image = keras.Input((SIZE, SIZE, 3), dtype="uint8", name="image")
    body = keras.Sequential([keras.layers.Rescaling(1 / 255), keras.layers.AveragePooling2D(2)], name="body")
    features = keras.layers.GlobalAveragePooling2D(name="features")(body(image))
    logits = keras.layers.Dense(classes, name="logits")
    probabilities = keras.layers.Softmax(name="probabilities")(logits(features))
    colours = np.array([_colour(number, classes) for number in range(classes)]) / 255
    logits.set_weights([40 * colours.T, -20 * (colours**2).sum(axis=1)])
    return keras.Model(image, {"probabilities": probabilities, "features": features})


def _answers(run: runs.Run, photos: list[runs.RunPhoto]) -> NDArray[np.float32]:
    pixels = np.stack([np.asarray(Image.open(run.file_of(photo)).resize((SIZE, SIZE))) for photo in photos])
    given = model(len(run.info.labels))(pixels)
    return np.asarray(given["probabilities"], dtype=np.float32)


def _photos(root: Path, classes: int, wrong: int) -> list[runs.RunPhoto]:
    found: list[runs.RunPhoto] = []
    for label in range(classes):
        for split, count in COUNTS.items():
            for number in range(count):
                path = f"{label}/{split}-{number}.png"
                strays = split == "tune" and number < wrong
                colour = _colour((label + strays) % classes, classes)
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                shade = [min(255, max(0, one + number)) for one in colour]  # no two photos are the same
                Image.new("RGB", (24, 20), tuple(shade)).save(root / path)
                found.append(runs.RunPhoto(path, label, split, f"{len(found):064x}"))
    return found


def _colour(label: int, classes: int) -> tuple[int, int, int]:
    red, green, blue = colorsys.hsv_to_rgb(label / classes, 0.8, 0.9)
    return round(255 * red), round(255 * green), round(255 * blue)


def _record(classes: int) -> Training:
    return Training(
        recipe="colours",
        data_fingerprint="0" * 64,
        photos={split: count * classes for split, count in COUNTS.items()},
        metrics={"tune_accuracy": 0.75, "tune_log_loss": 1.25},
        versions={"keras": keras.__version__},
    )


def _recipe() -> recipe.Recipe:
    return recipe.Recipe(
        sentence="Tells colours apart.",
        model=sections.Model(name="colours", title="Colours", subject="any photo"),
        input=INPUT,
        network=sections.Network(layers=("average",)),
        fit=sections.Fit(epochs=3),
    )
