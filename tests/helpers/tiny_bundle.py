"""A whole bundle in a few kilobytes that needs no training: is a picture warm (red) or cold (blue)?

Its features are the mean colour; pictures that are very green are unknown to it; around grey it is not sure.
"""

from __future__ import annotations

import io
import shutil
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from PIL import Image

from whatsit import bundle as bundles
from whatsit import files, golden, preprocess
from whatsit.manifest import Decision, InputSpec, Label, Manifest, Output, Training, Variant

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

SIZE = 32
LABELS = ("warm", "cold")
WEIGHTS = np.array([[10, -10], [0, 0], [-10, 10]], np.float32)  # colour to logits
INPUT = InputSpec(height=SIZE, width=SIZE)
OUTPUTS = (
    Output(name="probabilities", shape=(-1, 2)),
    Output(name="features", shape=(-1, 3)),
    Output(name="novelty", shape=(-1,)),
    Output(name="activation_maps", shape=(-1, 4, 4, 2)),
)
GOLDEN = {
    "red.png": (220, 30, 40),
    "blue.png": (20, 60, 200),
    "grey.jpg": (128, 128, 128),
    "green.webp": (0, 250, 0),
}


def make(folder: Path, name: str = "tiny") -> bundles.Bundle:
    """Write the bundle into `folder` (made when it is missing) and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model(), folder / "model.onnx")
    shutil.copyfile(folder / "model.onnx", folder / "model.int8.onnx")
    write_golden(folder, WEIGHTS)
    (folder / "labels.txt").write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    (folder / "README.md").write_text(
        "# Warm or cold\n\nTells red pictures from blue ones.\n", encoding="utf-8"
    )
    return bundles.write(folder, _manifest(folder, name))


def write_golden(folder: Path, weights: NDArray[np.float32]) -> None:
    """Write the golden pictures with what such weights make of them."""
    encoded = [(file, picture(colour, file.rpartition(".")[2])) for file, colour in GOLDEN.items()]
    pixels = np.stack([preprocess.pixels(data, INPUT) for _, data in encoded])
    golden.write(folder, encoded, pixels, outputs_of(pixels, weights))


def picture(colour: tuple[int, int, int], kind: str = "png", size: tuple[int, int] = (64, 48)) -> bytes:
    """Return an encoded picture of one colour."""
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, {"jpg": "jpeg"}.get(kind, kind))
    return file.getvalue()


def outputs_of(
    pixels: NDArray[np.uint8], weights: NDArray[np.float32] = WEIGHTS
) -> dict[str, NDArray[np.float32]]:
    """Return what the graph must give for pixels [N,H,W,3], computed without it."""
    patches = (
        (pixels / np.float32(255)).reshape(len(pixels), 4, 8, 4, 8, 3).mean(axis=(2, 4), dtype=np.float64)
    )
    features = patches.mean(axis=(1, 2))
    raised = np.exp(features @ weights)
    green = features[:, 1] - np.maximum(features[:, 0], features[:, 2])
    values = {
        "probabilities": raised / raised.sum(axis=1, keepdims=True),
        "features": features,
        "novelty": 2 * np.maximum(green, 0),
        "activation_maps": patches @ weights,
    }
    return {name: value.astype(np.float32) for name, value in values.items()}


def model() -> onnx.ModelProto:
    """Return the graph of design section 4, from uint8 [N,H,W,3] to its four outputs."""
    constants = {
        "scale": np.float32(255),
        "two": np.float32(2),
        "zero": np.float32(0),
        "weights": WEIGHTS,
        "places": np.array([1, 2], np.int64),
        "last": np.array([1], np.int64),
        "green": np.array(1, np.int64),
        "red_blue": np.array([0, 2], np.int64),
    }
    nodes = [
        helper.make_node("Cast", ["image"], ["numbers"], to=TensorProto.FLOAT),
        helper.make_node("Div", ["numbers", "scale"], ["scaled"]),
        helper.make_node("Transpose", ["scaled"], ["planes"], perm=[0, 3, 1, 2]),
        helper.make_node("AveragePool", ["planes"], ["pooled"], kernel_shape=[8, 8], strides=[8, 8]),
        helper.make_node("Transpose", ["pooled"], ["patches"], perm=[0, 2, 3, 1]),
        helper.make_node("MatMul", ["patches", "weights"], ["activation_maps"]),
        helper.make_node("ReduceMean", ["patches", "places"], ["features"], keepdims=0),
        helper.make_node("MatMul", ["features", "weights"], ["logits"]),
        helper.make_node("Softmax", ["logits"], ["probabilities"], axis=1),
        helper.make_node("Gather", ["features", "green"], ["greens"], axis=1),
        helper.make_node("Gather", ["features", "red_blue"], ["reds_blues"], axis=1),
        helper.make_node("ReduceMax", ["reds_blues", "last"], ["others"], keepdims=0),
        helper.make_node("Sub", ["greens", "others"], ["greener"]),
        helper.make_node("Max", ["greener", "zero"], ["green_only"]),
        helper.make_node("Mul", ["green_only", "two"], ["novelty"]),
    ]
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["N", SIZE, SIZE, 3])
    gives = [
        helper.make_tensor_value_info(output.name, TensorProto.FLOAT, ["N", *output.shape[1:]])
        for output in OUTPUTS
    ]
    values = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    graph = helper.make_graph(nodes, "tiny", [image], gives, values)
    whole = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)
    onnx.checker.check_model(whole, full_check=True)
    return whole


def _manifest(folder: Path, name: str) -> Manifest:
    decision = Decision(threshold=0.8, novelty_limit=1.0, photos=4)
    variants = {
        variant: Variant(
            file=file.name,
            bytes=file.stat().st_size,
            sha256=files.sha256(file),
            opset=18,
            decision=decision,
        )
        for variant, file in (("fp32", folder / "model.onnx"), ("int8", folder / "model.int8.onnx"))
    }
    return Manifest(
        name=name,
        title="Warm or cold",
        version="1.0.0",
        licence="CC0-1.0",
        subject="any photo",
        labels=tuple(Label(id=place, name=label) for place, label in enumerate(LABELS)),
        input=INPUT,
        outputs=OUTPUTS,
        variants=variants,
        training=Training(
            recipe="by hand", data_fingerprint="0" * 64, photos={}, metrics={}, versions={"onnx": "any"}
        ),
    )
