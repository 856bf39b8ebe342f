"""The second graph: made from proven files, read as others read it, refused when it is not the first."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from exporter import transformers_layout as layout
from exporter.checks import Checks
from tests.conftest import ROOT
from tests.helpers import tiny_bundle
from whatsit import bundle as bundles
from whatsit import cli, golden
from whatsit.errors import CheckError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit import run as runs
    from whatsit.manifest import InputSpec

RUNTIMES = ROOT / "benchmarks" / "runtimes"
PIXELS = np.random.default_rng(2).integers(0, 256, (5, tiny_bundle.SIZE, tiny_bundle.SIZE, 3), dtype=np.uint8)
NAMES = ("file valid", "file clean", "loads", "names", "shapes", "outputs vary", "values of probabilities")


def make(folder: Path) -> Checks:
    checks = Checks()
    manifest = tiny_bundle.make(folder).manifest
    layout.write(folder, manifest.labels, manifest.input, checks, PIXELS)
    return checks


def session(file: Path) -> Any:
    return onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])


def test_both_files_are_written_and_checked_like_the_first(tmp_path: Path) -> None:
    checks = make(tmp_path)
    expected = [f"transformers {name}" for name in (*NAMES, "same answers")]
    assert [(one.variant, one.name) for one in checks.verdicts] == [
        (variant, name) for variant in ("fp32", "int8") for name in expected
    ]
    assert all(one.passed for one in checks.verdicts)
    assert not checks.layout, "the list that was given must go on as it was"
    files = sorted(path.name for path in (tmp_path / "transformers" / "onnx").iterdir())
    assert files == ["model.onnx", "model_quantized.onnx"]


def test_without_an_int8_file_there_is_no_quantised_one(tmp_path: Path) -> None:
    manifest = tiny_bundle.make(tmp_path).manifest
    (tmp_path / "model.int8.onnx").unlink()
    layout.write(tmp_path, manifest.labels, manifest.input, Checks(), PIXELS)
    assert [path.name for path in (tmp_path / "transformers" / "onnx").iterdir()] == ["model.onnx"]


def test_pixels_of_an_image_processor_give_the_probabilities_of_whole_ones(tmp_path: Path) -> None:
    make(tmp_path)
    second = session(tmp_path / "transformers" / "onnx" / "model.onnx")
    assert [(one.name, one.type, one.shape) for one in (*second.get_inputs(), *second.get_outputs())] == [
        ("pixel_values", "tensor(float)", ["batch", 3, tiny_bundle.SIZE, tiny_bundle.SIZE]),
        ("logits", "tensor(float)", ["batch", 2]),
    ]
    values = np.stack([pixels.astype(np.float32).transpose(2, 0, 1) / 255 for pixels in PIXELS])
    (logits,) = second.run(["logits"], {"pixel_values": values})
    raised = np.exp(logits)
    expected = tiny_bundle.outputs_of(PIXELS)["probabilities"]
    assert raised / raised.sum(axis=-1, keepdims=True) == pytest.approx(expected, abs=1e-5)


def test_the_file_holds_only_what_logits_need_and_describes_itself(tmp_path: Path) -> None:
    make(tmp_path)
    model = onnx.load(tmp_path / "transformers" / "onnx" / "model.onnx")
    assert not {"Softmax", "Gather", "ReduceMax"} & {node.op_type for node in model.graph.node}
    assert "red_blue" not in {tensor.name for tensor in model.graph.initializer}
    assert {one.key: one.value for one in model.metadata_props} == {
        "Image.NominalPixelRange": "Normalized_0_1"
    }
    assert [one.version for one in model.opset_import] == [18]


def test_a_head_that_is_no_softmax_gives_the_logarithm_of_its_probabilities(tmp_path: Path) -> None:
    model = tiny_bundle.model()
    last = next(node for node in model.graph.node if node.op_type == "Softmax")
    last.CopyFrom(helper.make_node("HardSigmoid", ["logits"], ["probabilities"], alpha=0.1, beta=0.5))
    made = layout.to_logits(model, tiny_bundle.INPUT)
    onnx.save(made, tmp_path / "log.onnx")
    (given,) = session(tmp_path / "log.onnx").run(None, {"pixel_values": layout.as_pixel_values(PIXELS)})
    colours = tiny_bundle.outputs_of(PIXELS)["features"]
    expected = np.clip(0.1 * (colours @ tiny_bundle.WEIGHTS) + 0.5, 0, 1)
    assert layout.softmax(given) == pytest.approx(expected / expected.sum(axis=-1, keepdims=True), abs=1e-5)


def test_a_graph_without_probabilities_is_refused() -> None:
    model = tiny_bundle.model()
    next(node for node in model.graph.node if node.op_type == "Softmax").output[0] = "something"
    with pytest.raises(CheckError, match="gives no probabilities"):
        layout.to_logits(model, tiny_bundle.INPUT)


class TestPlantedFaults:
    """Each is caught by the check that is named for it."""

    @pytest.fixture
    def planted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
        sound = layout.to_logits

        def plant(change: Any) -> None:
            def faulty(model: Any, spec: InputSpec) -> Any:
                made = sound(model, spec)
                change(made.graph)
                return made

            monkeypatch.setattr(layout, "to_logits", faulty)
            make(tmp_path)

        return plant

    def test_missing_scaling(self, planted: Any) -> None:
        def change(graph: Any) -> None:
            scaled = next(node for node in graph.node if node.output[0] == "layout/scaled")
            scaled.CopyFrom(helper.make_node("Identity", ["pixel_values"], ["layout/scaled"]))

        with pytest.raises(CheckError, match=r"'transformers (values of probabilities|outputs vary)' failed"):
            planted(change)

    def test_swapped_colours(self, planted: Any) -> None:
        def change(graph: Any) -> None:
            graph.initializer.append(onnx.numpy_helper.from_array(np.array([2, 1, 0]), "bgr"))
            graph.node.insert(0, helper.make_node("Gather", ["pixel_values", "bgr"], ["swapped"], axis=1))
            graph.node[1].input[0] = "swapped"

        with pytest.raises(CheckError, match="'transformers values of probabilities' failed for fp32"):
            planted(change)

    def test_a_fixed_batch(self, planted: Any) -> None:
        def change(graph: Any) -> None:
            graph.input[0].type.tensor_type.shape.dim[0].dim_value = 1

        with pytest.raises(CheckError, match=r"'transformers (names|file valid)' failed"):
            planted(change)

    def test_an_input_more(self, planted: Any) -> None:
        def change(graph: Any) -> None:
            graph.input.append(helper.make_tensor_value_info("training", TensorProto.FLOAT, [1]))

        with pytest.raises(CheckError, match="'transformers names' failed"):
            planted(change)


def test_the_settings_say_what_other_programs_read(tmp_path: Path) -> None:
    make(tmp_path)
    config = json.loads((tmp_path / "transformers" / "config.json").read_text(encoding="utf-8"))
    assert config["id2label"] == {"0": "warm", "1": "cold"}
    assert config["model_type"] == "resnet"
    read = json.loads((tmp_path / "transformers" / "preprocessor_config.json").read_text(encoding="utf-8"))
    assert read["size"] == {"height": tiny_bundle.SIZE, "width": tiny_bundle.SIZE}
    assert (read["do_rescale"], read["rescale_factor"], read["do_normalize"]) == (True, 1 / 255, False)
    assert (read["image_mean"], read["image_std"]) == ([0, 0, 0], [1, 1, 1])


def test_real_files_give_the_same_answers(cats_dogs: bundles.Bundle, tmp_path: Path) -> None:
    for variant in cats_dogs.manifest.variants:
        shutil.copy(cats_dogs.model_file(variant), tmp_path)
    pixels = np.stack([one.pixels for one in golden.read(cats_dogs)][:8])
    checks = Checks()
    layout.write(tmp_path, cats_dogs.manifest.labels, cats_dogs.manifest.input, checks, pixels)
    apart = {one.variant: float(one.measured.split()[0]) for one in checks.verdicts if "values" in one.name}
    assert set(apart) == {"fp32", "int8"}
    assert max(apart.values()) < 1e-5


def test_transformers_js_gives_the_same_probabilities(tmp_path: Path) -> None:
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    if not (RUNTIMES / "node_modules" / "@huggingface" / "transformers").is_dir():
        pytest.skip("Transformers.js is not in benchmarks/runtimes/node_modules: make runtimes")
    make(tmp_path)
    (tmp_path / "labels.json").write_text(json.dumps(tiny_bundle.LABELS), encoding="utf-8")
    expected = tiny_bundle.outputs_of(PIXELS)["probabilities"]
    for dtype in ("fp32", "q8"):
        assert through_transformers_js(tmp_path, dtype) == pytest.approx(expected, abs=1e-5)


def through_transformers_js(folder: Path, dtype: str) -> NDArray[np.float32]:
    np.save(folder / "pixels.npy", PIXELS)
    command = [
        "node",
        str(RUNTIMES / "pipeline.mjs"),
        "transformers",
        dtype,
        "labels.json",
        "pixels.npy",
        ".",
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return np.asarray(np.load(folder / "probabilities.npy"))


def test_an_export_with_the_layout_has_it_in_its_bundle(run: runs.Run, tmp_path: Path) -> None:
    place = str(tmp_path / "out")
    command = ["export", str(run.folder), "--onnx", "--layout", "transformers", "--out", place]
    assert cli.main(command) == 0
    bundle = bundles.read(tmp_path / "out" / "warm-cold")
    assert (bundle.folder / "transformers" / "onnx" / "model.onnx").is_file()
    assert "transformers same answers" in {check.name for check in bundle.manifest.checks}


def test_without_being_asked_an_export_has_no_second_layout(bundle: bundles.Bundle) -> None:
    assert not (bundle.folder / "transformers").exists()


def test_a_second_layout_that_answers_otherwise_leaves_no_bundle(
    run: runs.Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(layout, "softmax", lambda logits: logits[:, ::-1])
    command = [
        "export",
        str(run.folder),
        "--onnx",
        "--layout",
        "transformers",
        "--out",
        str(tmp_path / "out"),
    ]
    assert cli.main(command) == 1
    assert "check 'transformers values of probabilities' failed for fp32" in capsys.readouterr().err
    assert not [path for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")]
