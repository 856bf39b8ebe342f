from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.helpers import planted
from whatsit import golden, proofs
from whatsit.bundle import Bundle
from whatsit.graph import Graph, Outputs
from whatsit.manifest import Check
from whatsit.proofs import Proof

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.graph import Runner
    from whatsit.manifest import VariantName


def proof(device: Runner, variant: VariantName, seconds: float | None, *, passed: bool = True) -> Proof:
    check = Check(name="golden answers", passed=passed, measured="3 of 4 the same")
    return Proof(device=device, variant=variant, checks=(check,), seconds=seconds)


def with_variants(bundle: Bundle, *names: VariantName) -> Bundle:
    variant = bundle.manifest.variants["fp32"]
    manifest = bundle.manifest.model_copy(update={"variants": dict.fromkeys(names, variant)})
    return Bundle(bundle.folder, manifest)


def test_each_device_has_its_usual_variants(tiny: Bundle) -> None:
    whole = with_variants(tiny, "fp16", "int8", "fp32")
    assert proofs.usual(whole, "cpu") == ("fp32", "int8")
    assert proofs.usual(whole, "cuda") == ("fp32", "fp16")
    assert proofs.usual(with_variants(tiny, "fp16"), "cpu") == ("fp16",)
    assert proofs.usual(with_variants(tiny, "int8"), "cuda") == ()


def test_the_best_is_on_cuda_or_else_the_fastest_that_passed() -> None:
    slow, fast = proof("cpu", "fp32", 2.0), proof("cpu", "int8", 1.0)
    assert proofs.best([slow, fast]) == fast
    assert (
        proofs.best([slow, fast.model_copy(update={"checks": proof("cpu", "int8", 1, passed=False).checks})])
        == slow
    )
    assert proofs.best([slow, fast, proof("cuda", "fp32", 3.0), proof("cuda", "fp16", 2.5)]) == proof(
        "cuda", "fp32", 3.0
    )
    assert proofs.best([proof("cpu", "fp32", 1.0, passed=False)]) is None
    assert proofs.best([]) is None


def test_a_proof_says_why_not() -> None:
    assert proof("cpu", "fp32", 1.0).why_not == ""
    said = "int8 does not give the golden answers on this processor (golden answers: 3 of 4 the same)"
    assert proof("cpu", "int8", 1.0, passed=False).why_not == said
    assert "on this GPU" in proof("cuda", "fp16", 1.0, passed=False).why_not
    assert proof("cpu", "int8", None, passed=False).why_not == "int8 cannot be used: 3 of 4 the same"


def test_a_sound_variant_passes_and_is_timed(tiny: Bundle) -> None:
    found = proofs.prove(tiny, "fp32", "cpu", golden.read(tiny))
    assert found.passed
    assert found.seconds
    assert Proof.model_validate_json(found.model_dump_json()) == found
    shapes = next(one for one in found.checks if one.name == "golden shapes")
    assert shapes.measured == "batch 1, 3, 4, 16"


@pytest.mark.parametrize(
    ("name", "count", "said"),
    [("features", 3, "features is (1, 2), not (1, 3)"), ("probabilities", 2, "probabilities is (1, 1), not")],
)
def test_outputs_of_another_shape_are_caught(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, name: str, count: int, said: str
) -> None:
    whole = Graph.run

    def cut(self: Graph, pixels: NDArray[np.uint8]) -> Outputs:
        outputs = whole(self, pixels)
        return Outputs({**outputs.arrays, name: outputs.arrays[name][:, : count - 1]})

    monkeypatch.setattr(Graph, "run", cut)
    found = proofs.prove(tiny, "fp32", "cpu", golden.read(tiny))
    assert (found.checks[-1].name, found.checks[-1].passed, found.seconds) == ("golden shapes", False, None)
    assert said in found.checks[-1].measured


def test_a_photo_that_answers_otherwise_alone_is_caught(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Graph.run

    def other_when_alone(self: Graph, pixels: NDArray[np.uint8]) -> Outputs:
        outputs = whole(self, pixels)
        off = np.float32(1e-3 if len(pixels) == 1 else 0)
        return Outputs({**outputs.arrays, "probabilities": outputs.probabilities + off})

    monkeypatch.setattr(Graph, "run", other_when_alone)
    found = proofs.prove(tiny, "fp32", "cpu", golden.read(tiny))
    assert [one.name for one in found.checks if not one.passed] == ["one photo alone"]
    assert found.seconds  # it ran


def test_values_that_are_no_numbers_are_caught_alone_too(tiny: Bundle, tmp_path: Path) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    bundle = planted.changed(bundle, planted.scaled("weights", float("nan")))
    found = proofs.prove(bundle, "fp32", "cpu", golden.read(bundle))
    assert {"one photo alone", "golden answers", "golden probabilities"} <= {
        one.name for one in found.checks if not one.passed
    }


def test_the_measurement_is_of_one_photo(tiny: Bundle) -> None:
    assert 0 < proofs.seconds_per_photo(Graph(tiny, "fp32"), golden.read(tiny)) < 1
