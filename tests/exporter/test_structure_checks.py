from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest

from exporter import structure_checks as structure
from exporter.checks import Checks
from tests.helpers import tiny_run
from whatsit.errors import CheckError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whatsit.bundle import Bundle

PIXELS = np.zeros((2, tiny_run.SIZE, tiny_run.SIZE, 3), np.uint8)


def check_all(bundle: Bundle, file: Path) -> Checks:
    checks = Checks()
    structure.check_file(checks, file, private=["/home/someone"])
    model = structure.check_loads(checks, file, bundle.manifest.outputs, bundle.manifest.input)
    structure.check_shapes(checks, model, bundle.manifest.outputs, PIXELS)
    return checks


def changed(bundle: Bundle, place: Path, change: Callable[[Any], None]) -> Path:
    model = onnx.load(bundle.folder / "model.onnx")
    change(model)
    onnx.save(model, place / "model.onnx")
    return place / "model.onnx"


def test_a_sound_file_passes(bundle: Bundle) -> None:
    checks = check_all(bundle, bundle.folder / "model.onnx")
    assert [check.name for check in checks.done] == ["file valid", "file clean", "loads", "names", "shapes"]


def test_a_truncated_file_is_not_valid(bundle: Bundle, tmp_path: Path) -> None:
    data = (bundle.folder / "model.onnx").read_bytes()
    (tmp_path / "model.onnx").write_bytes(data[: len(data) // 2])
    with pytest.raises(CheckError, match="'file valid' failed for fp32"):
        check_all(bundle, tmp_path / "model.onnx")


def test_a_path_in_the_file_is_found(bundle: Bundle, tmp_path: Path) -> None:
    file = changed(
        bundle, tmp_path, lambda model: onnx.helper.set_model_props(model, {"x": "/home/someone/a"})
    )
    with pytest.raises(CheckError, match="1 paths or user names"):
        check_all(bundle, file)


def test_an_operator_that_onnxruntime_lacks_does_not_load(bundle: Bundle, tmp_path: Path) -> None:
    def change(model: Any) -> None:
        node = next(node for node in model.graph.node if node.op_type == "Softmax")
        node.op_type, node.domain = "Softermax", "somebody.else"
        model.opset_import.append(onnx.helper.make_opsetid("somebody.else", 1))

    with pytest.raises(CheckError, match=r"'(loads|file valid)' failed"):
        check_all(bundle, changed(bundle, tmp_path, change))


def test_a_fixed_batch_is_found(bundle: Bundle, tmp_path: Path) -> None:
    def change(model: Any) -> None:
        model.graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1

    with pytest.raises(CheckError, match=r"'(names|file valid)' failed"):
        check_all(bundle, changed(bundle, tmp_path, change))


def test_an_input_more_is_found(bundle: Bundle, tmp_path: Path) -> None:
    def change(model: Any) -> None:
        extra = onnx.helper.make_tensor_value_info("training", onnx.TensorProto.FLOAT, [1])
        model.graph.input.append(extra)

    with pytest.raises(CheckError, match="'names' failed"):
        check_all(bundle, changed(bundle, tmp_path, change))


def test_outputs_in_another_order_are_found(bundle: Bundle, tmp_path: Path) -> None:
    def change(model: Any) -> None:
        outputs = list(model.graph.output)[::-1]
        del model.graph.output[:]
        model.graph.output.extend(outputs)

    with pytest.raises(CheckError, match="'names' failed"):
        check_all(bundle, changed(bundle, tmp_path, change))


class JoinsPhotos:
    """Gives one novelty for the whole batch."""

    def __init__(self, model: structure.OnnxModel) -> None:
        self.model = model

    def outputs_of(self, pixels: np.ndarray) -> dict[str, np.ndarray]:
        given = self.model.outputs_of(pixels)
        return given | {"novelty": given["novelty"].mean(keepdims=True)}


def test_outputs_that_join_the_photos_are_found(bundle: Bundle) -> None:
    sound = structure.OnnxModel(bundle.folder / "model.onnx", list(tiny_run.OUTPUTS))
    with pytest.raises(CheckError, match=r"'shapes' failed for fp32: batch 3: novelty is \(1,\), not \(3,\)"):
        structure.check_shapes(Checks(), JoinsPhotos(sound), bundle.manifest.outputs, PIXELS)  # type: ignore[arg-type]


def test_outputs_must_be_finite_and_differ_between_photos() -> None:
    varying = np.array([[0.1, 0.9], [0.6, 0.4]], np.float32)
    both = {"probabilities": varying, "novelty": np.ones(2, np.float32)}
    assert structure.varying(both) == {"probabilities"}
    structure.check_varies(Checks(), {"probabilities": varying}, ["probabilities"])
    structure.check_varies(Checks(), both, ["probabilities"])
    with pytest.raises(CheckError, match="novelty is the same for every photo"):
        structure.check_varies(Checks(), both, ["probabilities", "novelty"])
    for expected in ([], ["novelty"]):
        with pytest.raises(CheckError, match="novelty is not finite"):
            structure.check_varies(Checks(), {"novelty": np.array([1, np.nan], np.float32)}, expected)
