"""Keras files that were not trained here, as small as can be, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from exporter.foreign import making
from exporter.source import Told
from whatsit import cli

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.run import Run

SIZE = 32


def export(file: Path, out: Path, *more: str) -> int:
    labels = [] if "--labels" in more else ["--labels", str(file.with_name("labels.txt"))]
    return cli.main(["export", str(file), *labels, "--onnx", "--out", str(out), *more])


def head(*layers: Any, shape: tuple[int | None, ...] = (SIZE, SIZE, 3)) -> Any:
    """Return a small network that ends in the layers given."""
    keras.utils.set_random_seed(5)
    convolution = [] if None in shape else [keras.layers.Rescaling(1 / 255)]
    pooled = [keras.layers.Conv2D(6, 3, activation="relu"), keras.layers.GlobalAveragePooling2D()]
    return keras.Sequential([keras.Input(shape), *convolution, *pooled, *layers])


def saved(model: Any, folder: Path, labels: int = 3) -> Path:
    file = folder / "model.keras"
    model.save(file)
    names = "".join(f"label {number}\n" for number in range(labels))
    (folder / "labels.txt").write_text(names, encoding="utf-8")
    return file


def as_run(file: Path, folder: Path, **told: Any) -> tuple[Run, list[str]]:
    """Return the run made of a file, and what was said."""
    lines: list[str] = []
    folder.mkdir()
    return making.into_run(file, Told(file.with_name("labels.txt"), **told), folder, lines.append), lines


def own_answers(file: Path, pixels: Any) -> Any:
    return keras.saving.load_model(file).predict(pixels, verbose=0)


def answers(bundle: Bundle, pixels: Any) -> Any:
    from whatsit.graph import Graph  # noqa: PLC0415 - as an app would

    return Graph(bundle, "fp32").run(pixels).probabilities


def some_pixels(height: int = SIZE, width: int = SIZE) -> Any:
    return np.random.default_rng(2).integers(0, 255, (4, height, width, 3), dtype=np.uint8)
