"""Every fault that spoils exports elsewhere, planted on the way: its check names it, and nothing is left."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import pytest
from onnxruntime import quantization
from PIL import Image

from exporter import convert, package, saturation
from tests.helpers import tiny_run
from whatsit import bundle as bundles
from whatsit import cli, preprocess

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whatsit.run import Run

    Plant = Callable[[pytest.MonkeyPatch], None]


def in_the_graph(change: Callable[[Any], None]) -> Plant:
    """Return what changes the converted graph."""
    converted = convert.to_onnx

    def spoiled(*given: Any) -> Any:
        model = converted(*given)
        change(model)
        return model

    return lambda patch: patch.setattr(convert, "to_onnx", spoiled)


def in_the_pixels(change: Callable[[Any], Any]) -> Plant:
    """Return what makes the exporter's pixels other than the trainer's."""
    pixels = preprocess.pixels
    return lambda patch: patch.setattr(preprocess, "pixels", lambda *given: change(pixels(*given)))


def blue_first(model: Any) -> None:
    order = onnx.numpy_helper.from_array(np.array([2, 1, 0]), "blue_first")
    model.graph.initializer.append(order)
    turn = onnx.helper.make_node("Gather", ["image", order.name], ["turned"], "turn", axis=3)
    for node in model.graph.node:
        node.input[:] = ["turned" if name == "image" else name for name in node.input]
    model.graph.node.insert(0, turn)


def unscaled(model: Any) -> None:
    """Make the first product, of the pixels and 1/127.5, one with 1."""
    first = next(node for node in model.graph.node if node.op_type in ("Mul", "Div"))
    tensor = next(one for one in model.graph.initializer if one.name in first.input)
    values = np.ones_like(onnx.numpy_helper.to_array(tensor))
    tensor.CopyFrom(onnx.numpy_helper.from_array(values, tensor.name))


def one_percent_more(model: Any) -> None:
    weights = next(one for one in model.graph.initializer if len(one.dims) == 4)
    values = onnx.numpy_helper.to_array(weights) * np.float32(1.01)
    weights.CopyFrom(onnx.numpy_helper.from_array(values, weights.name))


def another_input(model: Any) -> None:
    model.graph.input.append(onnx.helper.make_tensor_value_info("scale", onnx.TensorProto.FLOAT, [1]))


def one_photo_only(model: Any) -> None:
    model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1


def other_names(model: Any) -> None:
    for entry in model.metadata_props:
        if entry.key == "labels":
            entry.value = json.dumps(tiny_run.LABELS[::-1])


def nearest(pixels: Any) -> Any:
    """Return what a resize without a filter gives."""
    half = Image.fromarray(pixels).resize((tiny_run.SIZE // 2,) * 2, Image.Resampling.NEAREST)
    return np.asarray(half.resize((tiny_run.SIZE,) * 2, Image.Resampling.NEAREST))


def labels_turned_round(patch: pytest.MonkeyPatch) -> None:
    write = package.write_labels
    patch.setattr(package, "write_labels", lambda folder, labels, spec: write(folder, labels[::-1], spec))


def cut_off(patch: pytest.MonkeyPatch) -> None:
    save = onnx.save

    def half(model: Any, file: Path) -> None:
        save(model, file)
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    patch.setattr(sys.modules["exporter.export"].onnx, "save", half)


def a_scale_a_layer(patch: pytest.MonkeyPatch) -> None:
    quantise = quantization.quantize_static

    def spoiled(*given: Any, **settings: Any) -> None:
        quantise(*given, **(settings | {"per_channel": False, "extra_options": {}}))

    patch.setattr(quantization, "quantize_static", spoiled)


def weights_as_large_as_they_go(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(saturation, "ranges", lambda *_: {})


FAULTS: Final[dict[str, tuple[Plant, str]]] = {
    "labels.txt in another order": (labels_turned_round, "labels"),
    "labels in the file in another order": (in_the_graph(other_names), "file labels"),
    "BGR in the graph": (in_the_graph(blue_first), "values of probabilities"),
    "BGR in the pixels": (in_the_pixels(lambda pixels: pixels[..., ::-1]), "as trained"),
    "no scaling": (in_the_graph(unscaled), "values of probabilities"),
    "no antialiasing": (in_the_pixels(nearest), "as trained"),
    "one tensor 1 % more": (in_the_graph(one_percent_more), "values of probabilities"),
    "one scale a layer": (a_scale_a_layer, "scales"),
    "weights as large as they go": (weights_as_large_as_they_go, "saturation"),
    "cut off": (cut_off, "file valid"),
    "an input more": (in_the_graph(another_input), "names"),
    "a fixed batch": (in_the_graph(one_photo_only), "names"),
}
OF_INT8: Final = {"scales", "saturation"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_caught_by_its_check_and_nothing_is_left(
    fault: str,
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plant, check = FAULTS[fault]
    plant(monkeypatch)
    asked = ["export", str(run.folder), "--onnx", "--out", str(tmp_path), "--limit", "20"]
    assert cli.main([*asked, "--int8"] if check in OF_INT8 else asked) == 1
    assert f"check '{check}' failed for" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_a_fault_all_pass(run: Run, tmp_path: Path) -> None:
    assert cli.main(["export", str(run.folder), "--onnx", "--out", str(tmp_path), "--limit", "20"]) == 0
    names = {check.name for check in bundles.read(tmp_path / "warm-cold").manifest.checks}
    assert {check for _, check in FAULTS.values()} - OF_INT8 <= names
