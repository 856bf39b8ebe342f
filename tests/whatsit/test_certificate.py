from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest
from PIL import Image

from tests.helpers import planted
from whatsit import bundle as bundles
from whatsit import certificate, cuda, files, golden, proofs
from whatsit.classifier import Classifier
from whatsit.errors import BundleError, DeviceError
from whatsit.manifest import Check, VariantName

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.certificate import Certificate


def failed(found: Certificate) -> set[str]:
    """Return the names of what failed, those of a variant with the variant before it."""
    own = {one.name for one in found.checks if not one.passed}
    return own | {
        f"{proof.variant} {one.name}" for proof in found.proofs for one in proof.checks if not one.passed
    }


def test_a_sound_bundle_is_to_be_trusted(tiny: Bundle) -> None:
    found = certificate.examine(tiny)
    assert (found.passed, failed(found)) == (True, set())
    assert [one.name for one in found.checks] == ["other files unchanged", "labels", "golden pixels"]
    assert [proof.variant for proof in found.proofs if proof.device == "cpu"] == ["fp32", "int8"]
    names = [one.name for one in found.proofs[0].checks]
    assert names[:6] == [
        "file unchanged",
        "loads",
        "file labels",
        "golden shapes",
        "one photo alone",
        "golden answers",
    ]
    assert found.best is not None


@pytest.mark.parametrize("damaged", ["model.fp16.onnx", "extra.json"])
def test_a_file_that_nothing_runs_here_is_looked_at_too(tiny: Bundle, tmp_path: Path, damaged: str) -> None:
    folder = shutil.copytree(tiny.folder, tmp_path / "bundle")
    shutil.copy(folder / tiny.manifest.variants["fp32"].file, folder / "model.fp16.onnx")
    (folder / "extra.json").write_text("{}", encoding="utf-8")
    fp16 = tiny.manifest.variants["fp32"].model_copy(update={"file": "model.fp16.onnx"})
    stated = {
        "variants": tiny.manifest.variants | {"fp16": fp16},
        "files": {"extra.json": files.sha256(folder / "extra.json")},
    }
    bundle = bundles.write(folder, tiny.manifest.model_copy(update=stated))
    assert certificate.examine(bundle).passed
    (folder / damaged).write_bytes(b"x")
    found = certificate.examine(bundle)
    assert failed(found) == {"other files unchanged"}
    assert found.checks[0].measured == f"{damaged} is missing or another"


def test_the_shipped_bundle_is_to_be_trusted(cats_dogs: Bundle) -> None:
    advanced: list[int] = []
    found = certificate.examine(cats_dogs, lambda: advanced.append(1))
    assert failed(found) == set()
    assert found.passed
    assert len(advanced) == certificate.steps(cats_dogs)


def test_each_place_without_cuda_says_why(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuda, "why_not", lambda: "no GPU was found")
    found = certificate.examine(tiny)
    assert found.not_cuda == "no GPU was found"
    assert {proof.device for proof in found.proofs} == {"cpu"}
    monkeypatch.setattr(cuda, "why_not", lambda: "")
    monkeypatch.setattr(cuda, "load_libraries", lambda: None)
    prove = proofs.prove

    def without_libraries(bundle: Bundle, variant: VariantName, runner: str, pictures: list) -> object:  # type: ignore[type-arg]
        if runner == "cuda":
            raise DeviceError("its libraries do not load.")
        return prove(bundle, variant, "cpu", pictures)

    monkeypatch.setattr(proofs, "prove", without_libraries)
    found = certificate.examine(tiny)
    assert found.not_cuda.startswith("its libraries do not load. Install CUDA's libraries")
    assert found.passed  # a machine that cannot take part says nothing against the bundle


def test_a_gpu_that_gives_other_answers_fails_and_the_cpu_is_taken(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cuda, "why_not", lambda: "")
    monkeypatch.setattr(cuda, "load_libraries", lambda: None)
    prove = proofs.prove

    def wrong_on_cuda(bundle: Bundle, variant: VariantName, runner: str, pictures: list) -> proofs.Proof:  # type: ignore[type-arg]
        proof = prove(bundle, variant, "cpu", pictures)
        wrong = Check(name="golden answers", passed=False, measured="2 of 4 the same")
        return proof if runner == "cpu" else proof.model_copy(update={"device": "cuda", "checks": (wrong,)})

    monkeypatch.setattr(proofs, "prove", wrong_on_cuda)
    found = certificate.examine(tiny)
    assert failed(found) == {"fp32 golden answers"}
    assert not found.passed
    assert found.best
    assert found.best.device == "cpu"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (planted.swapped_labels, {"fp32 file labels"}),
        (planted.another_input, {"fp32 loads"}),
        (planted.fixed_batch, {"fp32 golden shapes"}),
        (planted.batch_in_the_answer, {"fp32 golden probabilities", "fp32 one photo alone"}),
        (planted.scaled("weights", 1.01), {"fp32 golden activation_maps"}),
    ],
)
def test_a_planted_fault_is_caught_by_name_and_the_app_falls_back(
    tiny: Bundle, tmp_path: Path, change: Callable[[onnx.ModelProto], None], expected: set[str]
) -> None:
    bundle = planted.changed(planted.copied(tiny, tmp_path / "copy"), change)
    found = certificate.examine(bundle)
    assert failed(found) == expected
    assert not found.passed
    classifier = Classifier.open(bundle, "cpu")
    assert classifier.variant == "int8"
    assert classifier.device.reason.startswith("fp32 ")
    with pytest.raises((DeviceError, BundleError)):
        Classifier.open(bundle, "cpu", "fp32")


@pytest.mark.parametrize("vouched", [False, True])
def test_a_truncated_file_is_caught(tiny: Bundle, tmp_path: Path, vouched: bool) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    whole = (bundle.folder / "model.onnx").read_bytes()
    (bundle.folder / "model.onnx").write_bytes(whole[: len(whole) // 2])
    bundle = planted.vouched_for(bundle) if vouched else bundle
    found = certificate.examine(bundle)
    assert failed(found) == {"fp32 loads" if vouched else "fp32 file unchanged"}
    assert found.best
    assert found.best.variant == "int8"


def test_a_bundle_of_which_no_variant_passes_is_refused(tiny: Bundle, tmp_path: Path) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    change = planted.scaled("weights", -1.0)
    found = certificate.examine(planted.changed(bundle, change, ("fp32", "int8")))
    assert {"fp32 golden answers", "int8 golden answers"} <= failed(found)
    assert found.best is None
    with pytest.raises(DeviceError, match="fp32 does not give the golden answers on this processor"):
        Classifier.open(bundles.read(bundle.folder), "cpu")


@pytest.mark.parametrize("layer", ["first", "last"])
def test_one_percent_of_one_real_weight_tensor_is_caught(
    cats_dogs: Bundle, tmp_path: Path, layer: str
) -> None:
    bundle = planted.copied(cats_dogs, tmp_path / "copy")
    model = onnx.load(bundle.folder / "model.onnx", load_external_data=False)
    weights = [one.name for one in model.graph.initializer if len(one.dims) == 4]
    change = planted.scaled(weights[{"first": 0, "last": -1}[layer]], 1.01)
    found = proofs.prove(planted.changed(bundle, change), "fp32", "cpu", golden.read(bundle))
    names = {one.name for one in found.checks if not one.passed}
    assert "golden features" in names if layer == "first" else "golden activation_maps" in names


def test_eight_bits_with_one_scale_a_tensor_are_caught(cats_dogs: Bundle, tmp_path: Path) -> None:
    quantization = pytest.importorskip("onnxruntime.quantization")
    preprocess = pytest.importorskip("onnxruntime.quantization.shape_inference")

    class Photos(quantization.CalibrationDataReader):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            self.rest = [{"image": one.pixels[np.newaxis]} for one in golden.read(cats_dogs)]

        def get_next(self) -> dict[str, np.ndarray] | None:  # type: ignore[type-arg]
            return self.rest.pop() if self.rest else None

    bundle = planted.copied(cats_dogs, tmp_path / "copy")
    ready = tmp_path / "ready.onnx"
    preprocess.quant_pre_process(bundle.folder / "model.onnx", ready, skip_symbolic_shape=True)
    quantization.quantize_static(
        ready, bundle.folder / "model.int8.onnx", Photos(), per_channel=False,
        activation_type=quantization.QuantType.QUInt8, weight_type=quantization.QuantType.QInt8,
    )  # fmt: skip
    found = proofs.prove(planted.vouched_for(bundle), "int8", "cpu", golden.read(bundle))
    assert {"golden answers", "golden probabilities"} & {one.name for one in found.checks if not one.passed}
    assert found.why_not.startswith("int8 does not give the golden answers on this processor (golden ")


def test_without_golden_pictures_nothing_is_proven(tiny: Bundle, tmp_path: Path) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    shutil.rmtree(bundle.folder / "golden")
    found = certificate.examine(bundle)
    assert failed(found) == {"golden pictures"}
    assert (found.passed, found.best) == (False, None)


def test_a_golden_picture_that_cannot_be_read_or_comes_out_otherwise_is_caught(
    tiny: Bundle, tmp_path: Path
) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    Image.new("RGB", (64, 48), (220, 40, 40)).save(bundle.folder / "golden" / "red.png")
    found = certificate.examine(bundle)
    assert failed(found) == {"golden pixels"}
    assert found.best is None
    (bundle.folder / "golden" / "red.png").write_bytes(b"no picture")
    found = certificate.examine(bundle)
    assert [one.measured for one in found.checks if not one.passed] == [
        "red.png: this is not a picture that can be read"
    ]
