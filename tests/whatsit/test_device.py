from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import planted
from whatsit import bundle as bundles
from whatsit import cuda, device, proofs
from whatsit.bundle import Bundle
from whatsit.errors import BundleError, DeviceError
from whatsit.graph import Graph, Outputs

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from whatsit.graph import Runner
    from whatsit.manifest import VariantName

NO_GPU = "no NVIDIA GPU with a working driver was found"
FP16 = "this bundle has no fp16 variant"


@pytest.fixture
def without_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cuda, "why_not", lambda: NO_GPU)


@pytest.fixture
def with_gpu(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pretend that CUDA may work; what is asked to run there runs on the CPU and is noted."""
    asked: list[str] = []

    def pretending(bundle: Bundle, variant: VariantName, runner: Runner = "cpu") -> Graph:
        asked.append(f"{variant} on {runner}")
        graph = Graph(bundle, variant)
        graph.runner = runner
        return graph

    monkeypatch.setattr(cuda, "why_not", lambda: "")
    monkeypatch.setattr(cuda, "load_libraries", lambda: None)
    monkeypatch.setattr(device, "Graph", pretending)
    monkeypatch.setattr(proofs, "Graph", pretending)
    return asked


def speeds(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> list[str]:
    measured: list[str] = []

    def of(graph: Graph, _pictures: object) -> float:
        measured.append(graph.variant)
        return seconds[graph.variant]

    monkeypatch.setattr(proofs, "seconds_per_photo", of)
    return measured


@pytest.mark.usefixtures("without_gpu")
def test_auto_falls_back_to_the_cpu_and_says_why(tiny: Bundle) -> None:
    chosen = device.choose(tiny)
    assert chosen.device == device.Device("cpu", NO_GPU)


@pytest.mark.usefixtures("without_gpu")
def test_cuda_that_cannot_be_had_is_an_error(tiny: Bundle) -> None:
    with pytest.raises(DeviceError, match=NO_GPU) as caught:
        device.choose(tiny, "cuda")
    assert caught.value.hint


def test_the_cpu_that_was_asked_for_needs_no_reason(tiny: Bundle) -> None:
    assert device.choose(tiny, "cpu", "fp32").device == device.Device("cpu", "")


def test_cuda_is_used_where_the_golden_answers_come_out(tiny: Bundle, with_gpu: list[str]) -> None:
    assert device.choose(tiny).device == device.Device("cuda", "")
    assert with_gpu == ["fp32 on cuda"]


@pytest.mark.usefixtures("with_gpu")
def test_cuda_with_other_answers_is_not_used(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Graph.run

    def wrong(self: Graph, pixels: NDArray[np.uint8]) -> Outputs:
        outputs = whole(self, pixels)
        turned = outputs.probabilities[:, ::-1] if self.runner == "cuda" else outputs.probabilities
        return Outputs({**outputs.arrays, "probabilities": turned})

    monkeypatch.setattr(Graph, "run", wrong)
    chosen = device.choose(tiny, "auto", "fp32")
    assert chosen.device.name == "cpu"
    assert "fp32 does not give the golden answers on this GPU" in chosen.device.reason
    with pytest.raises(DeviceError, match="golden answers"):
        device.choose(tiny, "cuda", "fp32")


def test_int8_is_for_the_cpu(tiny: Bundle, with_gpu: list[str]) -> None:
    assert device.choose(tiny, "auto", "int8").device == device.Device("cpu", "int8 is for the CPU")
    assert set(with_gpu) == {"int8 on cpu"}
    with pytest.raises(DeviceError, match="int8 is for the CPU"):
        device.choose(tiny, "cuda", "int8")


@pytest.mark.parametrize("asked", ["auto", "cpu", "cuda"])
@pytest.mark.usefixtures("without_gpu")
def test_a_variant_that_is_not_there_is_an_error(tiny: Bundle, asked: device.DeviceName) -> None:
    with pytest.raises(BundleError, match=FP16):
        device.choose(tiny, asked, "fp16")


@pytest.mark.parametrize(("int8", "expected"), [(0.5, "int8"), (2.0, "fp32")])
def test_auto_takes_the_faster_variant_and_remembers_it(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, int8: float, expected: str
) -> None:
    measured = speeds(monkeypatch, int8=int8, fp32=1.0)
    assert device.choose(tiny, "cpu").graph.variant == expected
    assert sorted(measured) == ["fp32", "int8"]
    measured.clear()
    assert device.choose(tiny, "cpu").graph.variant == expected
    assert measured == []


@pytest.mark.parametrize("changed", ["processor", "sha256"])
def test_another_processor_or_bundle_is_measured_anew(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    speeds(monkeypatch, int8=0.5, fp32=1.0)
    device.choose(tiny, "cpu")
    if changed == "processor":
        monkeypatch.setattr(device, "processor", lambda: "another")
    else:
        monkeypatch.setattr(Bundle, "sha256", "f" * 64)
    assert len(speeds(monkeypatch, int8=2.0, fp32=1.0)) == 0
    assert device.choose(tiny, "cpu").graph.variant == "fp32"


def wrong_as(monkeypatch: pytest.MonkeyPatch, *variants: str) -> list[str]:
    """Let this processor compute some variants wrongly; every run is noted."""
    ran: list[str] = []
    whole = Graph.run

    def wrong(self: Graph, pixels: NDArray[np.uint8]) -> Outputs:
        ran.append(self.variant)
        outputs = whole(self, pixels)
        turned = outputs.probabilities[:, ::-1] if self.variant in variants else outputs.probabilities
        return Outputs({**outputs.arrays, "probabilities": turned})

    monkeypatch.setattr(Graph, "run", wrong)
    return ran


WRONG = "does not give the golden answers on this processor (golden answers: 0 of "


@pytest.mark.parametrize(("wrong", "taken"), [("int8", "fp32"), ("fp32", "int8")])
def test_a_variant_that_this_processor_computes_wrongly_is_not_used(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, wrong: VariantName, taken: str
) -> None:
    speeds(monkeypatch, int8=0.5, fp32=1.0)
    ran = wrong_as(monkeypatch, wrong)
    for turn in ("proven", "remembered"):
        chosen = device.choose(tiny, "cpu")
        assert chosen.graph.variant == taken
        assert chosen.device.reason.startswith(f"{wrong} {WRONG}")
        assert bool(ran) == (turn == "proven")
        ran.clear()
    with pytest.raises(DeviceError, match="does not give the golden answers") as caught:
        device.choose(tiny, "cpu", wrong)
    assert caught.value.hint


def test_where_every_variant_is_wrong_nothing_is_answered(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong_as(monkeypatch, "fp32", "int8")
    with pytest.raises(DeviceError, match="fp32 does not give the golden answers"):
        device.choose(tiny)


@pytest.mark.parametrize("variant", ["fp32", "int8", "auto"])
def test_a_second_start_runs_nothing(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, variant: device.VariantChoice
) -> None:
    ran = wrong_as(monkeypatch)
    device.choose(tiny, "cpu", variant)
    assert ran
    ran.clear()
    device.choose(tiny, "cpu", variant)
    assert not ran


def test_golden_pictures_that_were_put_right_are_looked_at_again(tiny: Bundle, tmp_path: Path) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    red, blue = (bundle.folder / "golden" / f"{name}.pixels.png" for name in ("red", "blue"))
    right = red.read_bytes()
    red.write_bytes(blue.read_bytes())
    with pytest.raises(DeviceError, match="does not give the golden answers"):
        device.choose(bundle, "cpu")
    red.write_bytes(right)
    assert device.choose(bundle, "cpu").device.reason == ""


@pytest.mark.parametrize("variant", ["fp32", "int8"])
def test_a_damaged_file_falls_back_and_is_not_remembered(
    tiny: Bundle, tmp_path: Path, variant: VariantName
) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    file = bundle.model_file(variant)
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    chosen = device.choose(bundle, "cpu")
    assert chosen.graph.variant != variant
    assert f"{variant} cannot be used: {file.name} is missing" in chosen.device.reason
    with pytest.raises(BundleError, match="not the file that was proven"):
        device.choose(bundle, "cpu", variant)
    file.write_bytes(whole)
    assert device.choose(bundle, "cpu").device.reason == ""


@pytest.fixture
def unproven(tiny: Bundle, tmp_path: Path) -> Bundle:
    """Return a bundle without golden pictures."""
    for name in ("bundle.json", "model.onnx", "model.int8.onnx"):
        (tmp_path / name).write_bytes((tiny.folder / name).read_bytes())
    return bundles.read(tmp_path)


def test_without_golden_pictures_int8_is_not_used_and_it_is_said(unproven: Bundle) -> None:
    chosen = device.choose(unproven, "cpu")
    assert chosen.graph.variant == "fp32"
    assert "the model cannot be proven: the golden pictures cannot be read" in chosen.device.reason
    with pytest.raises(DeviceError, match="int8 cannot be proven"):
        device.choose(unproven, "cpu", "int8")


@pytest.mark.usefixtures("with_gpu")
def test_without_golden_pictures_cuda_is_not_used_and_it_is_said(unproven: Bundle) -> None:
    chosen = device.choose(unproven)
    assert (chosen.device.name, chosen.graph.variant) == ("cpu", "fp32")
    assert "CUDA cannot be proven: the golden pictures cannot be read" in chosen.device.reason
    with pytest.raises(DeviceError, match="CUDA cannot be proven"):
        device.choose(unproven, "cuda")


def test_a_home_that_cannot_be_written_does_no_harm(tiny: Bundle, own_home: Path) -> None:
    own_home.write_text("a file where the folder should be", encoding="utf-8")
    assert device.choose(tiny, "cpu").device.name == "cpu"


def test_a_damaged_cache_is_measured_anew(
    tiny: Bundle, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speeds(monkeypatch, int8=0.5, fp32=1.0)
    device.choose(tiny, "cpu")
    kept = list(own_home.rglob("proofs/*.json"))
    assert len(kept) == 2
    for file, text in zip(kept, ('{"variant": "rm -rf"}', "\0"), strict=True):
        file.write_text(text, encoding="utf-8")
    assert device.choose(tiny, "cpu").graph.variant == "int8"


def test_asking_for_cuda_prints_nothing(tiny: Bundle, capfd: pytest.CaptureFixture[str]) -> None:
    cuda.why_not.cache_clear()
    device.choose(tiny)
    assert capfd.readouterr() == ("", "")
