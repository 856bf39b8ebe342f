"""Bias correction: exact where a channel's input is the same everywhere, for every kind of convolution."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from exporter import bias

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

WEIGHTS = {
    "dense": np.random.default_rng(1).normal(size=(4, 3, 1, 1)),
    "grouped": np.random.default_rng(2).normal(size=(8, 2, 2, 2)),
    "depthwise": np.random.default_rng(3).normal(size=(8, 1, 2, 2)),
}
GROUPS = {"dense": 1, "grouped": 2, "depthwise": 8}
# Two convolutions share one constant, the third has no bias at all.
BIASES = {"dense": None, "grouped": "shared", "depthwise": "shared"}
SCALES = (0.25, 0.2, 0.3, 0.35, 0.22, 0.4, 0.27, 0.31)  # so coarse that rounding is seen
ZERO = 3


@pytest.fixture(params=[np.full((2, 6, 6, 3), 90, np.uint8), np.full((1, 6, 6, 3), [10, 200, 60], np.uint8)])
def pixels(request: pytest.FixtureRequest) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = request.param
    return found


def test_mean_shifts_are_gone(pixels: NDArray[np.uint8], tmp_path: Path) -> None:
    onnx.save(network(), tmp_path / "folded.onnx")
    onnx.save(rounded(network()), tmp_path / "int8.onnx")
    correct(tmp_path, [pixels])
    onnx.save(rounded(onnx.load(tmp_path / "corrected.onnx")), tmp_path / "better.onnx")
    exact, before, after = (
        answers(tmp_path / name, pixels) for name in ("folded.onnx", "int8.onnx", "better.onnx")
    )
    assert np.abs(before - exact).max() > 0.1
    assert np.allclose(after, exact, atol=1e-4)


def test_the_mean_is_over_all_photos(tmp_path: Path) -> None:
    """Batches of unlike sizes weigh by their photos: the corrected shift of all is none on the mean."""
    onnx.save(network(), tmp_path / "folded.onnx")
    onnx.save(rounded(network()), tmp_path / "int8.onnx")
    pixels = np.random.default_rng(5).integers(0, 256, (7, 1, 1, 3)).astype(np.uint8)
    pixels = np.ascontiguousarray(np.broadcast_to(pixels, (7, 6, 6, 3)))
    batches = [pixels[:1], pixels[1:3], pixels[3:]]
    correct(tmp_path, batches)
    onnx.save(rounded(onnx.load(tmp_path / "corrected.onnx")), tmp_path / "better.onnx")
    apart = answers(tmp_path / "better.onnx", pixels) - answers(tmp_path / "folded.onnx", pixels)
    assert np.allclose(apart.mean(axis=(0, 2, 3)), 0, atol=1e-4)


def test_the_edges_count_as_they_are(tmp_path: Path) -> None:
    """Where zeros pad a photo its mean says too much: the shift is what the convolution makes of it."""
    padded = network()
    first = padded.graph.node[2]
    weights = np.random.default_rng(6).normal(size=(4, 3, 3, 3)).astype(np.float32)
    padded.graph.initializer[1].CopyFrom(numpy_helper.from_array(weights, first.input[1]))
    first.attribute.append(helper.make_attribute("pads", [1, 1, 1, 1]))
    del padded.graph.node[3:]
    padded.graph.output[0].name = first.output[0]
    onnx.save(padded, tmp_path / "folded.onnx")
    onnx.save(rounded(padded, "dense", weights=weights), tmp_path / "int8.onnx")
    pixels = np.random.default_rng(7).integers(0, 256, (5, 6, 6, 3)).astype(np.uint8)
    correct(tmp_path, [pixels])
    better = rounded(onnx.load(tmp_path / "corrected.onnx"), "dense", weights=weights)
    onnx.save(better, tmp_path / "better.onnx")
    exact, before, after = (
        answers(tmp_path / name, pixels) for name in ("folded.onnx", "int8.onnx", "better.onnx")
    )
    assert np.abs((before - exact).mean(axis=(0, 2, 3))).max() > 1
    assert np.allclose((after - exact).mean(axis=(0, 2, 3)), 0, atol=1e-3)


def test_weights_stay_and_what_is_in_float_is_left_alone(tmp_path: Path) -> None:
    onnx.save(network(), tmp_path / "folded.onnx")
    onnx.save(rounded(network(), "dense", "grouped"), tmp_path / "int8.onnx")
    pixels = np.full((1, 6, 6, 3), 50, np.uint8)
    correct(tmp_path, [pixels])
    corrected = onnx.load(tmp_path / "corrected.onnx")
    nodes = {node.name: node for node in corrected.graph.node}
    constants = {one.name: numpy_helper.to_array(one) for one in corrected.graph.initializer}
    assert nodes["depthwise"].input[2] == "shared"
    assert np.array_equal(constants["shared"], np.arange(8, dtype=np.float32))
    for name, weights in WEIGHTS.items():
        assert np.array_equal(constants[f"{name} weights"], weights.astype(np.float32))


def correct(place: Path, batches: list[NDArray[np.uint8]]) -> None:
    found = bias.shifts(place / "folded.onnx", place / "int8.onnx", batches)
    bias.correct(place / "folded.onnx", found, place / "corrected.onnx")


def network() -> Any:
    """Return a network of three kinds of convolutions on pixels, without padding."""
    nodes = [
        helper.make_node("Cast", ["image"], ["cast"], to=TensorProto.FLOAT, name="cast"),
        helper.make_node("Transpose", ["cast"], ["planes"], perm=[0, 3, 1, 2], name="planes"),
    ]
    given, constants = "planes", [numpy_helper.from_array(np.arange(8, dtype=np.float32), "shared")]
    for name, weights in WEIGHTS.items():
        constants.append(numpy_helper.from_array(weights.astype(np.float32), f"{name} weights"))
        inputs = [given, f"{name} weights", *([BIASES[name]] if BIASES[name] else [])]
        nodes.append(helper.make_node("Conv", inputs, [f"{name} out"], name=name, group=GROUPS[name]))
        given = f"{name} out"
    image = helper.make_tensor_value_info("image", TensorProto.UINT8, ["batch", 6, 6, 3])
    out = helper.make_tensor_value_info(given, TensorProto.FLOAT, None)
    graph = helper.make_graph(nodes, "three", [image], [out], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=10)


def rounded(model: Any, *names: str, weights: NDArray[np.float32] | None = None) -> Any:
    """Return the network with the weights of these convolutions, or all, in 8 bits as the quantiser does."""
    copy = onnx.ModelProto.FromString(model.SerializeToString())
    of = dict.fromkeys(WEIGHTS, weights) if weights is not None else WEIGHTS
    for node in [one for one in copy.graph.node if one.name in (names or WEIGHTS)]:
        exact = of[node.name]
        scales = np.array(SCALES[: len(exact)], np.float32)
        parts = {
            "q": (np.round(exact / scales[:, None, None, None]) + ZERO).astype(np.int8),
            "scale": scales,
            "zero": np.full(len(exact), ZERO, np.int8),
        }
        copy.graph.initializer.extend(
            numpy_helper.from_array(one, node.name + key) for key, one in parts.items()
        )
        inputs = [node.name + key for key in parts]
        dequantized = helper.make_node("DequantizeLinear", inputs, [f"{node.name} in float"], axis=0)
        copy.graph.node.insert(0, dequantized)
        node.input[1] = f"{node.name} in float"
    return copy


def answers(file: Path, pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    (found,) = session.run(None, {"image": pixels})
    return np.asarray(found, np.float32)
