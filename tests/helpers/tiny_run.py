"""A whole run that trains in a second: is a picture warm (reddish) or cold (bluish)?

Its Keras model has the outputs and the layers of a real one, on a small random backbone. The photos of `test`
are listed and not there: whoever reads them fails.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from whatsit.manifest import InputSpec, Label, Training

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
from keras import ops
from PIL import Image

from whatsit import files, preprocess
from whatsit import run as runs

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

SIZE = 32
LABELS = ("warm", "cold")
INPUT = InputSpec(height=SIZE, width=SIZE)
SOURCES = ("first", "second")
COUNTS = {"train": 12, "tune": 8, "calibrate": 10, "test": 3}  # of each label and source
TEMPERATURE = 1.5
CENTROIDS = 8
FEATURES = 12
OUTPUTS = ("probabilities", "features", "novelty", "activation_maps")


def make(folder: Path) -> runs.Run:
    """Train the run into `folder` / run, with its photos in `folder` / photos."""
    keras.utils.set_random_seed(7)
    (folder / "run").mkdir()
    photos = _photos(folder / "photos")
    train = [photo for photo in photos if photo.split == "train"]
    pixels = np.stack([preprocess.pixels(folder / "photos" / photo.path, INPUT) for photo in train])
    trained = model(pixels, np.array([photo.label for photo in train]))
    trained.save(folder / "run" / runs.MODEL_FILE)
    run = runs.write(folder / "run", _info(folder / "photos", photos))
    runs.write_photos(run, photos)
    held_out = [photo for photo in photos if photo.split in ("tune", "calibrate")]
    pixels = np.stack([preprocess.pixels(run.file_of(photo), INPUT) for photo in held_out])
    runs.write_predictions(run, held_out, trained.predict(pixels, verbose=0)["probabilities"])
    return run


def model(pixels: NDArray[np.uint8], labels: NDArray[np.int64]) -> Any:
    """Return the model: a random backbone, a head by least squares, some photos as centroids."""
    image = keras.Input((SIZE, SIZE, 3), dtype="uint8", name="image")
    maps = _backbone(keras.layers.Rescaling(1 / 127.5, -1.0)(image))
    features = keras.layers.GlobalAveragePooling2D(name="features")(maps)
    seen = keras.Model(image, features).predict(pixels, verbose=0)
    weights, bias = _head(seen, labels)
    logits = keras.layers.Dense(2, name="logits")(features)
    probabilities = keras.layers.Softmax(name="probabilities")(
        keras.layers.Rescaling(1 / TEMPERATURE)(logits)
    )
    activation_maps = keras.layers.Conv2D(2, 1, name="activation_maps")(maps)
    mean = seen.mean(axis=0)
    directions = (seen - mean) / np.linalg.norm(seen - mean, axis=-1, keepdims=True)
    centroids = directions[:: len(directions) // CENTROIDS][:CENTROIDS]
    limit = float((1 - (directions @ centroids.T).max(axis=-1)).max()) * 1.5
    centred = keras.layers.Rescaling(1.0, offset=(-mean).tolist())(features)
    length = ops.sqrt(ops.maximum(ops.sum(ops.square(centred), axis=-1, keepdims=True), 1e-12))
    near = keras.layers.Dense(len(centroids), use_bias=False, name="centroids")(ops.divide(centred, length))
    novelty = ops.divide(ops.subtract(1.0, ops.max(near, axis=-1)), limit)
    made = keras.Model(
        image, dict(zip(OUTPUTS, (probabilities, features, novelty, activation_maps), strict=True))
    )
    made.get_layer("logits").set_weights([weights, bias])
    made.get_layer("activation_maps").set_weights([weights[np.newaxis, np.newaxis], bias])
    made.get_layer("centroids").set_weights([centroids.T])
    return made


def _backbone(x: Any) -> Any:
    x = keras.layers.Conv2D(8, 3, strides=2, padding="same", use_bias=False)(x)
    x = keras.layers.ReLU(6.0)(_normalised(x))
    for channels in (8, FEATURES, FEATURES):
        x = keras.layers.DepthwiseConv2D(3, padding="same", use_bias=False)(x)
        x = keras.layers.ReLU(6.0)(_normalised(x))
        x = keras.layers.Conv2D(channels, 1, use_bias=False)(x)
        x = keras.layers.ReLU(6.0)(_normalised(x))
    return x


def _normalised(x: Any) -> Any:
    """Add a BatchNormalization as training leaves it, not as it begins."""
    layer = keras.layers.BatchNormalization()
    x = layer(x)
    random = np.random.default_rng(x.shape[-1])
    shape = (x.shape[-1],)
    layer.set_weights([
        random.uniform(0.8, 1.2, shape),
        random.uniform(0.0, 0.4, shape),
        random.uniform(-0.1, 0.1, shape),
        random.uniform(0.2, 0.5, shape),
    ])  # fmt: skip
    return x


def _head(features: NDArray[np.float32], labels: NDArray[np.int64]) -> tuple[Any, Any]:
    design = np.concatenate([features, np.ones((len(features), 1), np.float32)], axis=-1)
    wanted = np.where(labels == 0, 4.0, -4.0)
    solution = np.linalg.solve(design.T @ design + 1e-3 * np.eye(design.shape[-1]), design.T @ wanted)
    both = np.stack([solution, -solution], axis=-1).astype(np.float32)
    return both[:-1], both[-1]


def _photos(root: Path) -> list[runs.RunPhoto]:
    random = np.random.default_rng(3)
    found = []
    for source in SOURCES:
        for label, name in enumerate(LABELS):
            for split, count in COUNTS.items():
                for number in range(count):
                    path = f"{source}/{name}/{split}-{number}.jpg"
                    if split != "test":
                        _write(root / path, label, random)
                    digest = files.sha256(root / path) if split != "test" else f"{number:064x}"
                    found.append(runs.RunPhoto(path, label, split, digest))  # type: ignore[arg-type]
    return found


def _write(path: Path, label: int, random: np.random.Generator) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    strong, weak = random.uniform(150, 240), random.uniform(10, 90)
    colour = np.array(
        [strong, random.uniform(40, 160), weak] if label == 0 else [weak, random.uniform(40, 160), strong]
    )
    noise = random.normal(0, 12, (40, 56, 3))
    Image.fromarray(np.clip(colour + noise, 0, 255).astype(np.uint8)).save(path, quality=90)


def _info(root: Path, photos: list[runs.RunPhoto]) -> runs.RunInfo:
    counts = {split: sum(photo.split == split for photo in photos) for split in COUNTS}
    return runs.RunInfo(
        recipe="warm-cold",
        name="warm-cold",
        title="Warm or cold",
        licence="CC0-1.0",
        subject="any photo",
        labels=tuple(Label(id=number, name=name) for number, name in enumerate(LABELS)),
        input=INPUT,
        data_root=root,
        data_fingerprint="0" * 64,
        training=Training(
            recipe="warm-cold",
            data_fingerprint="0" * 64,
            photos=counts,
            metrics={"tune_accuracy": 0.8125},
            versions={"keras": keras.__version__},
        ),
        temperature=TEMPERATURE,
    )
