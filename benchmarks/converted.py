"""A run's model, converted to ONNX and held against Keras on photos of the run.

    python benchmarks/converted.py RUN

`benchmarks/conversion.py` asks this of each model, in a process of its own; what is printed is JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime

from exporter import convert, fp16, int8, keras_model, value_checks
from exporter.structure_checks import OnnxModel
from whatsit import preprocess
from whatsit import run as runs
from whatsit.errors import CheckError
from whatsit.paired import largest_differences
from whatsit.progress import Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from exporter.outputs import Arrays
    from whatsit.run import Run

PHOTOS = 16
ANY = value_checks.Limits(same_answers=0.0, points_lost=100.0)


def measured(folder: Path) -> dict[str, Any]:
    """Return how the converted model of a run stands beside Keras."""
    run = runs.read(folder)
    keras = keras_model.load(run)
    photos = run.photos("calibrate", "tune", "train")[:PHOTOS]
    pixels = np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])
    expected = keras.outputs_of(pixels)
    fp32 = folder / "model.onnx"
    begun = time.perf_counter()
    onnx.save(convert.to_onnx(keras, run.info, convert.facts_of(run.info, "0")), fp32)
    seconds = time.perf_counter() - begun
    onnx.checker.check_model(str(fp32), full_check=True)
    files = {"fp32": fp32, **_variants(run, fp32)}
    found = {name: _beside(file, pixels, expected) for name, file in files.items()}
    in_keras = 1000 * value_checks.seconds_per_photo(keras.outputs_of, pixels)
    return {
        "input": list(pixels.shape[1:]),
        "seconds_to_convert": round(seconds, 1),
        **_graph(fp32),
        "keras_ms": round(in_keras, 2),
        "variants": found,
    }


def _variants(run: Run, fp32: Path) -> dict[str, Path]:
    """Return the files of the other variants, by name, written beside `fp32`; int8 where it has a use.

    Whatever they cost: these networks are held for values, not for accuracy.
    """
    files = {name: fp32.with_name(f"{name}.onnx") for name in ("fp16", "int8")}
    photos = run.photos("train")
    pixels = np.stack([preprocess.pixels(run.file_of(photo), run.info.input) for photo in photos])
    labels = np.array([photo.label for photo in photos], dtype=np.int64)
    with Progress("Reducing", None) as progress:
        fp16.search(fp32, files["fp16"], pixels[:PHOTOS], ANY, progress)
        try:
            given = int8.Photos(pixels, pixels[:PHOTOS], labels[:PHOTOS])
            int8.search(fp32, files["int8"], given, ANY, progress)
        except CheckError:  # a network of few convolutions or none
            del files["int8"]
    return files


def _beside(file: Path, pixels: NDArray[np.uint8], expected: Arrays) -> dict[str, Any]:
    """Return a variant's size and time, and how far its outputs are from Keras' on the same photos."""
    model = OnnxModel(file, list(expected))
    given = model.outputs_of(pixels)
    few = model.outputs_of(pixels[:3])
    same = given["probabilities"].argmax(axis=1) == expected["probabilities"].argmax(axis=1)
    return {
        "megabytes": round(file.stat().st_size / 1e6, 2),
        "ms": round(1000 * value_checks.seconds_per_photo(model.outputs_of, pixels), 2),
        "same_answers": int(same.sum()),
        "differences": {
            name: float(f"{apart:.2g}") for name, apart in largest_differences(given, expected).items()
        },
        "free_batch": all(few[name].shape == (3, *values.shape[1:]) for name, values in expected.items()),
    }


def _graph(file: Path) -> dict[str, int]:
    """Return how many nodes and Transposes there are, in the file and in what onnxruntime makes of it."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(file.with_name("optimised.onnx"))
    onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    given, made = (_kinds(Path(one)) for one in (file, options.optimized_model_filepath))
    return {
        "nodes": given.total(),
        "transposes": given["Transpose"],
        "nodes_optimised": made.total(),
        "transposes_optimised": made["Transpose"],
        "batch_norms": given["BatchNormalization"],
    }


def _kinds(file: Path) -> Counter[str]:
    graph = onnx.load(file, load_external_data=False).graph
    return Counter(node.op_type for node in graph.node)


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]))))
