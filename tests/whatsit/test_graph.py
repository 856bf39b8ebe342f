from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest

from tests.helpers import tiny_bundle
from whatsit import bundle as bundles
from whatsit import files
from whatsit.bundle import Bundle
from whatsit.errors import BundleError, DeviceError
from whatsit.graph import Graph
from whatsit.manifest import InputSpec, Label, Output

if TYPE_CHECKING:
    from whatsit.manifest import VariantName


ROOT = Path(__file__).parents[2]


def noise(count: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.random.default_rng(0).integers(0, 255, (count, 32, 32, 3), dtype=np.uint8)


@pytest.mark.parametrize("count", [1, 5])
def test_it_gives_what_the_model_computes(tiny: Bundle, count: int) -> None:
    outputs = Graph(tiny, "fp32").run(noise(count))
    assert len(outputs) == count
    for name, expected in tiny_bundle.outputs_of(noise(count)).items():
        assert np.allclose(outputs.arrays[name], expected, atol=1e-5), name


# In a process of its own: in this one other tests give memory back and take some whenever they like.
TAKEN = """
import sys
from pathlib import Path
import numpy as np
from whatsit import bundle
from whatsit.graph import Graph
def taken():
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    (line,) = (one for one in lines if one.startswith("RssAnon"))
    return int(line.split()[1]) // 1024
found = bundle.read(Path(sys.argv[1]))
graph, spec = Graph(found, "int8"), found.manifest.input
graph.rest()
print(taken())
graph.run(np.zeros((24, spec.height, spec.width, 3), np.uint8))
print(taken())
graph.rest()
print(taken())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="how much memory a program has is read as Linux says it")
def test_what_a_large_batch_took_is_given_back() -> None:
    command = [sys.executable, "-c", TAKEN, str(ROOT / "models" / "cats-dogs")]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60)
    before, with_batch, after = map(int, ended.stdout.split())
    assert with_batch - before > 80
    assert after - before < 30


def test_one_photo_of_many(tiny: Bundle) -> None:
    outputs = Graph(tiny, "fp32").run(noise(3))
    one = outputs.of(1)
    assert one.activation_maps["activation_maps"].shape == (1, 4, 4, 2)
    assert one.novelty is not None
    assert outputs.novelty is not None
    assert one.probabilities.shape == (1, 2)
    assert one.novelty.tolist() == [outputs.novelty[1]]


def test_only_probabilities_are_in_every_bundle(tiny: Bundle) -> None:
    manifest = tiny.manifest.model_copy(update={"outputs": tiny.manifest.outputs[:1]})
    outputs = Graph(Bundle(tiny.folder, manifest), "fp32").run(noise(2))
    assert (outputs.features, outputs.novelty, outputs.activation_maps) == (None, None, {})
    assert set(outputs.of(1).arrays) == {"probabilities"}
    assert len(outputs) == 2


def test_every_backbone_of_a_fused_model_has_its_maps(tiny: Bundle, tmp_path: Path) -> None:
    model = tiny_bundle.model()
    for backbone in ("first", "second"):
        model.graph.node.append(
            onnx.helper.make_node("Identity", ["activation_maps"], [f"activation_maps_{backbone}"])
        )
        model.graph.output.append(
            onnx.helper.make_tensor_value_info(
                f"activation_maps_{backbone}", onnx.TensorProto.FLOAT, ["N", 4, 4, 2]
            )
        )
    maps = tuple(
        Output(name=f"activation_maps_{backbone}", shape=(-1, 4, 4, 2)) for backbone in ("first", "second")
    )
    bundle = with_model(tiny, tmp_path / "maps", model.SerializeToString())
    manifest = bundle.manifest.model_copy(update={"outputs": (*OUTPUTS[:3], *maps)})
    outputs = Graph(Bundle(bundle.folder, manifest), "fp32").run(noise(2))
    assert list(outputs.of(0).activation_maps) == ["activation_maps_first", "activation_maps_second"]


def test_the_file_says_what_it_is(tiny: Bundle, tmp_path: Path) -> None:
    model = tiny_bundle.model()
    onnx.helper.set_model_props(model, {"labels": '["warm", "cold"]'})
    bundle = with_model(tiny, tmp_path / "told", model.SerializeToString())
    assert Graph(bundle, "fp32").facts == {"labels": '["warm", "cold"]'}


def test_other_pixels_are_a_mistake_of_the_program(tiny: Bundle) -> None:
    graph = Graph(tiny, "fp32")
    for wrong in (noise(1)[0], noise(1).astype(np.float32), noise(1)[:, :16]):
        with pytest.raises(ValueError, match="uint8"):
            graph.run(wrong)  # type: ignore[arg-type]


LABELS = tuple(Label(id=place, name=str(place)) for place in range(3))
OUTPUTS = tiny_bundle.OUTPUTS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"input": InputSpec(height=64, width=32)}, "the model takes"),
        ({"outputs": (*OUTPUTS, Output(name="surprise", shape=(-1,)))}, "does not give 'surprise'"),
        ({"outputs": (OUTPUTS[0], Output(name="features", shape=(-1, 4)), *OUTPUTS[2:])}, "'features' is"),
        ({"outputs": OUTPUTS[1:]}, "probabilities is missing"),
        ({"outputs": (OUTPUTS[0], Output(name="novelty", shape=(-1, 1)))}, "novelty"),
        ({"labels": LABELS}, "3 labels do not fit"),
    ],
)
def test_a_manifest_that_does_not_fit_the_model_is_refused(
    tiny: Bundle, change: dict[str, object], said: str
) -> None:
    bundle = Bundle(tiny.folder, tiny.manifest.model_copy(update=change))
    with pytest.raises(BundleError, match=said):
        Graph(bundle, "fp32")


def with_model(tiny: Bundle, folder: Path, data: bytes) -> Bundle:
    """Return a bundle whose manifest vouches for another model."""
    shutil.copytree(tiny.folder, folder)
    file = folder / "model.onnx"
    file.write_bytes(data)
    facts = {"bytes": len(data), "sha256": files.sha256(file)}
    variant = tiny.manifest.variants["fp32"].model_copy(update=facts)
    return bundles.write(folder, tiny.manifest.model_copy(update={"variants": {"fp32": variant}}))


def test_a_file_that_is_no_model_is_refused_quietly(
    tiny: Bundle, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    bundle = with_model(tiny, tmp_path / "bad", b"this is no model")
    with pytest.raises(BundleError, match="cannot be loaded"):
        Graph(bundle, "fp32")
    assert capfd.readouterr() == ("", "")


def test_a_model_that_breaks_while_it_runs_is_named(tiny: Bundle, tmp_path: Path) -> None:
    model = tiny_bundle.model()
    for constant in model.graph.initializer:
        if constant.name == "green":  # gathers a fourth colour, which there is not
            constant.CopyFrom(onnx.numpy_helper.from_array(np.array(7, np.int64), "green"))
    graph = Graph(with_model(tiny, tmp_path / "bad", model.SerializeToString()), "fp32")
    with pytest.raises(DeviceError, match="cannot run on this cpu"):
        graph.run(noise(1))


def test_weights_in_other_files_are_refused(
    tiny: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tiny_bundle.model()
    (weights,) = (one for one in model.graph.initializer if one.name == "weights")
    data = weights.raw_data
    onnx.external_data_helper.set_external_data(weights, "w.bin")
    weights.ClearField("raw_data")
    bundle = with_model(tiny, tmp_path / "bad", model.SerializeToString())
    (bundle.folder / "w.bin").write_bytes(data)
    monkeypatch.chdir(bundle.folder)  # where onnxruntime looks for them when it is given bytes
    with pytest.raises(BundleError, match="weights in other files"):
        Graph(bundle, "fp32")


def test_the_word_location_elsewhere_in_a_model_is_no_offence(tiny: Bundle, tmp_path: Path) -> None:
    model = tiny_bundle.model()
    model.graph.name = "location"
    model.graph.doc_string = "its location and allocation"
    bundle = with_model(tiny, tmp_path / "good", model.SerializeToString())
    assert len(Graph(bundle, "fp32").run(noise(2))) == 2


def test_what_is_loaded_is_what_was_hashed(
    tiny: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = with_model(tiny, tmp_path / "good", tiny_bundle.model().SerializeToString())
    whole = Bundle.model_bytes

    def then_changed(self: Bundle, variant: VariantName) -> bytes:
        data = whole(self, variant)
        (self.folder / "model.onnx").write_bytes(b"another model")
        return data

    monkeypatch.setattr(Bundle, "model_bytes", then_changed)
    assert len(Graph(bundle, "fp32").run(noise(2))) == 2
