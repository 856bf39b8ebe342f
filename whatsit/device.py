"""Which processor and which variant run a bundle here: proven with golden pictures, said in plain words."""

from __future__ import annotations

import contextlib
import hashlib
import platform
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import onnxruntime
from pydantic import ValidationError

import whatsit
from whatsit import cuda, files, golden, home, label_lists, proofs
from whatsit.errors import BundleError, DeviceError
from whatsit.graph import Graph
from whatsit.proofs import Proof

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.bundle import Bundle
    from whatsit.graph import Runner
    from whatsit.manifest import VariantName

DeviceName = Literal["auto", "cpu", "cuda"]
VariantChoice = Literal["auto", "fp32", "int8", "fp16"]


@dataclass(frozen=True, slots=True)
class Device:
    """What runs the model; `reason` says in plain words why it is not CUDA or not int8, or nothing."""

    name: Runner
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A graph that is ready to run, and the device that it runs on."""

    device: Device
    graph: Graph


def choose(bundle: Bundle, device: DeviceName = "auto", variant: VariantChoice = "auto") -> Chosen:
    """Return the graph to run, on the device and in the variant asked for, or on the best that is proven.

    Raises DeviceError when what was asked for cannot be had here or gives other than the golden answers,
    BundleError when the bundle is damaged.
    """
    if variant != "auto" and variant not in bundle.manifest.variants:
        bundle.model_file(variant)  # says what there is
    label_lists.require(bundle)
    if device == "cpu":
        return _on_cpu(bundle, variant)
    try:
        return Chosen(Device("cuda"), _on_cuda(bundle, variant))
    except DeviceError as error:
        if device == "cuda":
            raise
        return _on_cpu(bundle, variant, error.what.rstrip("."))


def processor() -> str:
    """Return the name of this machine's processor."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def remember(bundle: Bundle, proof: Proof) -> None:
    """Keep what was found of a variant on this processor: proving it at every start would cost seconds.

    What did not run is not kept, for want of memory and a damaged file pass. Nor is what was found of CUDA:
    a first run tells whether it works today, and drivers change between two starts.
    """
    if proof.device == "cpu" and proof.seconds is not None:
        with contextlib.suppress(OSError):  # a home that cannot be written costs a proof at each start
            files.write_text(kept(bundle, proof.variant, "proofs"), proof.model_dump_json() + "\n")


def remembered(bundle: Bundle) -> list[Proof]:
    """Return what was found of the bundle's variants on this processor before, without running anything."""
    kept = (_recall(bundle, variant) for variant in bundle.manifest.variants)
    return [proof for proof in kept if proof is not None]


def kept(bundle: Bundle, variant: VariantName, kind: str) -> Path:
    """Return where what was found of a variant on this processor is kept."""
    facts = (
        whatsit.__version__,
        bundle.sha256,
        golden.state(bundle),
        onnxruntime.__version__,
        processor(),
        variant,
    )
    key = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    return home.cache() / kind / f"{key[:32]}.json"


def _on_cuda(bundle: Bundle, variant: VariantChoice) -> Graph:
    if reason := cuda.why_not():
        raise DeviceError(f"{reason}.", hint=cuda.fix())
    if variant == "int8":
        raise DeviceError("int8 is for the CPU.", hint="Use --variant auto, fp32 or fp16 with CUDA.")
    there = [one for one in proofs.usual(bundle, "cuda") if variant in ("auto", one)]
    if not there:
        raise DeviceError("the bundle has no variant for CUDA.", hint="CUDA takes fp32 or fp16.")
    try:
        pictures = golden.read(bundle)
    except BundleError as error:
        raise DeviceError(f"CUDA cannot be proven: {error.what}", hint="Use --device cpu.") from error
    cuda.load_libraries()
    try:
        graph = Graph(bundle, there[0], "cuda")
    except DeviceError as error:
        raise DeviceError(error.what, hint=cuda.fix()) from error
    proof = proofs.of_graph(bundle, graph, pictures)
    if not proof.passed:
        raise DeviceError(f"{proof.why_not}.", hint="Use --device cpu.")
    return graph


def _on_cpu(bundle: Bundle, variant: VariantChoice, not_cuda: str = "") -> Chosen:
    asked = proofs.usual(bundle, "cpu") if variant == "auto" else (variant,)
    try:
        found = _proofs_on_cpu(bundle, asked)
    except BundleError as error:
        return _unproven(bundle, asked, error, not_cuda)
    taken = proofs.best(found)
    if taken is None:
        Graph(bundle, asked[0])  # a damaged file is an error of its own
        raise DeviceError(
            f"{found[0].why_not}.",
            hint="'whatsit check' shows every check"
            + ("." if variant == "auto" else "; --variant auto takes what passes."),
            path=bundle.folder,
        )
    reasons = (not_cuda, *(proof.why_not for proof in found))
    return Chosen(Device("cpu", "; ".join(filter(None, reasons))), Graph(bundle, taken.variant))


def _unproven(bundle: Bundle, asked: Sequence[VariantName], why: BundleError, not_cuda: str) -> Chosen:
    """Return fp32 on the CPU, where a wrong answer is least to be feared, and say that nothing proves it."""
    if "fp32" not in asked:
        raise DeviceError(f"{asked[0]} cannot be proven: {why.what}", hint="Use --variant auto.") from why
    reasons = (not_cuda, f"the model cannot be proven: {why.what.rstrip('.')}")
    return Chosen(Device("cpu", "; ".join(filter(None, reasons))), Graph(bundle, "fp32"))


def _proofs_on_cpu(bundle: Bundle, variants: Sequence[VariantName]) -> list[Proof]:
    known = {variant: _recall(bundle, variant) for variant in variants}
    pictures = golden.read(bundle) if None in known.values() else []
    found = []
    for variant, proof in known.items():
        found.append(proof or proofs.prove(bundle, variant, "cpu", pictures))
        if proof is None:
            remember(bundle, found[-1])
    return found


def _recall(bundle: Bundle, variant: VariantName) -> Proof | None:
    try:
        return Proof.model_validate_json(kept(bundle, variant, "proofs").read_bytes())
    except (OSError, ValidationError):
        return None
