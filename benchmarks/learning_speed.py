"""How many photos a second a network learns from and looks at: as Keras has it, and with batch norm folded.

    python benchmarks/learning_speed.py [--backbone MobileNetV2] [--rounds 3]

Weights and pixels are random: only time is measured, without decoding. Each way runs in a process of its own,
in turn: TensorFlow reads whether oneDNN is to be used when it is loaded.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import record

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = Path(__file__).parent / "results" / "learning_speed.json"
SIDE, BATCH, STEPS = 224, 32, 6


def main() -> None:
    """Measure every way in turn, and write photos a second; or, told a way, measure that and print it."""
    given = _arguments()
    if given.way:
        print(json.dumps(_measured(given.backbone, folded=given.way == "folded")))
        return
    found: dict[str, list[dict[str, float]]] = {}
    for _, onednn, way in itertools.product(range(given.rounds), ("0", "1"), ("plain", "folded")):
        name = f"{way}, oneDNN {'on' if onednn == '1' else 'off'}"
        found.setdefault(name, []).append(_apart(given.backbone, way, onednn))
        print(name, found[name][-1], flush=True)
    record.write(OUT, backbone=given.backbone, side=SIDE, batch=BATCH, photos_per_second=found)


def _apart(backbone: str, way: str, onednn: str) -> dict[str, float]:
    command = [sys.executable, __file__, "--backbone", backbone, "--way", way]
    asked = os.environ | {"TF_ENABLE_ONEDNN_OPTS": onednn, "TF_CPP_MIN_LOG_LEVEL": "3"}
    ran = subprocess.run(command, env=asked, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return measured


def _measured(backbone: str, *, folded: bool) -> dict[str, float]:
    import keras  # noqa: PLC0415 - not in the process that only waits
    import numpy as np  # noqa: PLC0415

    from trainer.network import folding  # noqa: PLC0415

    body = getattr(keras.applications, backbone)(weights=None, include_top=False, pooling="avg",
                                                 input_shape=(SIDE, SIDE, 3))  # fmt: skip
    for layer in body.layers:
        layer.trainable = not isinstance(layer, keras.layers.BatchNormalization)
    model = keras.Model(body.input, keras.layers.Dense(2)(body.output))
    model = folding.folded(model) if folded else model
    model.compile("adam", keras.losses.CategoricalCrossentropy(from_logits=True))
    pixels = np.random.default_rng(1).random((BATCH, SIDE, SIDE, 3), np.float32)
    targets = np.eye(2, dtype=np.float32)[np.arange(BATCH) % 2]
    return {
        "looked_at": _pace(lambda: model.predict_on_batch(pixels)),
        "learned_from": _pace(lambda: model.train_on_batch(pixels, targets)),
    }


def _pace(step: Callable[[], object]) -> float:
    step()  # it is built and traced
    began = time.perf_counter()
    for _ in range(STEPS):
        step()
    return STEPS * BATCH / (time.perf_counter() - began)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--backbone", default="MobileNetV2", help="a builder of keras.applications")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is measured")
    parser.add_argument("--way", choices=("plain", "folded"), help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
