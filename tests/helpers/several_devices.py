"""Trains with one copy of a network and with two, on a processor that TensorFlow is told to take for two.

    python -m tests.helpers.several_devices PHOTOS INTO < cases.json

A case is a name, a recipe and settings. What is printed last is JSON: for each case how far the weights that
one and two copies end with are apart; and how many rows two copies give for a batch of 32.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from whatsit import quiet

with quiet.native_noise():
    import tensorflow as tf

_CPU = tf.config.list_physical_devices("CPU")[0]
tf.config.set_logical_device_configuration(_CPU, [tf.config.LogicalDeviceConfiguration()] * 2)

import keras  # noqa: E402 - the processor is parted before anything is computed
import numpy as np  # noqa: E402
import pytest  # noqa: E402

from tests.trainer import conftest  # noqa: E402
from trainer import (  # noqa: E402
    devices,
    prepare,
    recipes_file,
)
from trainer.data import datasets  # noqa: E402
from trainer.learning import training  # noqa: E402

_several = devices.several


def main(photos: Path, into: Path) -> None:
    """Train every case twice, and print how the two ends compare."""
    apart = {}
    for name, (recipe, settings) in json.load(sys.stdin).items():
        one, two = (_weights(recipe, settings, photos, into / str(copies), copies) for copies in (1, 2))
        apart[name] = max(float(np.abs(a - b).max()) for a, b in zip(one, two, strict=True))
    print(json.dumps({"apart": apart, "rows": _rows()}))  # noqa: T201


def _weights(name: str, settings: list[str], photos: Path, into: Path, copies: int) -> list[np.ndarray]:
    devices.several = _several if copies > 1 else tuple
    recipe = recipes_file.load(name, settings)
    run = prepare.start(prepare.Session(name, recipe, photos, datasets.read(photos, recipe.data), into))
    done = training.train(run, recipe)
    return keras.saving.load_model(done.model_file, safe_mode=True).get_weights()


def _rows() -> int:
    with devices.ready(1, None):
        model = keras.Sequential([keras.Input((4, 4, 3)), keras.layers.Flatten()])
        return len(model.predict_on_batch(devices.parted(model, np.zeros((32, 4, 4, 3), np.uint8))))


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        conftest.add_tiny_backbones(patch)
        main(Path(sys.argv[1]), Path(sys.argv[2]))
