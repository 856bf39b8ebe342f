"""Which processor and which variant run a bundle here: proven with golden pictures, said in plain words."""

from __future__ import annotations

import contextlib
import hashlib
import platform
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
import onnxruntime
from pydantic import ValidationError

from whatsit import cuda, files, golden, home
from whatsit.bundle import Record, VariantName
from whatsit.errors import BundleError, DeviceError
from whatsit.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.bundle import Bundle
    from whatsit.golden import GoldenPicture
    from whatsit.graph import Runner

DeviceName = Literal["auto", "cpu", "cuda"]
VariantChoice = Literal["auto", "fp32", "int8", "fp16"]
_ON_CUDA: Final[tuple[VariantName, ...]] = ("fp32", "fp16")
_MEASURED_PHOTOS: Final = 8
_MEASURED_TURNS: Final = 3


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


class _Taken(Record):
    """One choice of a variant, remembered: measuring again at every start would cost a second."""

    variant: VariantName
    reason: str


def choose(bundle: Bundle, device: DeviceName = "auto", variant: VariantChoice = "auto") -> Chosen:
    """Return the graph to run, on the device and in the variant asked for, or on the best that works.

    Raises DeviceError when what was asked for cannot be had here, BundleError when the bundle is damaged.
    """
    if variant != "auto" and variant not in bundle.manifest.variants:
        bundle.model_file(variant)  # says what there is
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


def seconds_per_photo(graph: Graph, pictures: Sequence[GoldenPicture]) -> float:
    """Return the shortest time a photo that a few short turns took."""
    chosen = [pictures[place % len(pictures)].pixels for place in range(_MEASURED_PHOTOS)]
    pixels = np.stack(chosen)
    graph.run(pixels)
    times = []
    for _ in range(_MEASURED_TURNS):
        started = time.perf_counter()
        graph.run(pixels)
        times.append(time.perf_counter() - started)
    return min(times) / _MEASURED_PHOTOS


def _on_cuda(bundle: Bundle, variant: VariantChoice) -> Graph:
    if reason := cuda.why_not():
        raise DeviceError(f"{reason}.", hint=cuda.fix())
    if variant == "int8":
        raise DeviceError("int8 is for the CPU.", hint="Use --variant auto, fp32 or fp16 with CUDA.")
    there = [one for one in _ON_CUDA if one in bundle.manifest.variants and variant in ("auto", one)]
    if not there:
        raise DeviceError("the bundle has no variant for CUDA.", hint="CUDA takes fp32 or fp16.")
    cuda.load_libraries()
    try:
        graph = Graph(bundle, there[0], "cuda")
    except DeviceError as error:
        raise DeviceError(error.what, hint=cuda.fix()) from error
    try:
        pictures = golden.read(bundle)
    except BundleError as error:
        raise DeviceError(f"CUDA cannot be proven: {error.what}", hint="Use --device cpu.") from error
    _prove_on_cuda(graph, pictures)
    return graph


def _prove_on_cuda(graph: Graph, pictures: Sequence[GoldenPicture]) -> None:
    limits = golden.ON_CUDA if graph.variant == "fp32" else None
    wrong = [one for one in golden.compare(pictures, graph.run, graph.variant, limits) if not one.passed]
    if wrong:
        said = "; ".join(f"{one.name}: {one.measured}" for one in wrong)
        raise DeviceError(f"this GPU does not give the golden answers ({said}).", hint="Use --device cpu.")


def _on_cpu(bundle: Bundle, variant: VariantChoice, not_cuda: str = "") -> Chosen:
    if variant == "auto":
        taken = _best_on_cpu(bundle)
        graph, reason = Graph(bundle, taken.variant), taken.reason
    else:
        graph, reason = Graph(bundle, variant), ""
    return Chosen(Device("cpu", "; ".join(filter(None, (not_cuda, reason)))), graph)


def _best_on_cpu(bundle: Bundle) -> _Taken:
    there = bundle.manifest.variants
    if "int8" not in there or "fp32" not in there:
        return _Taken(variant=next(one for one in ("fp32", "int8", "fp16") if one in there), reason="")
    if cached := _remembered(bundle):
        return cached
    try:
        taken = _faster(bundle, golden.read(bundle))
    except (BundleError, DeviceError) as error:  # nothing to prove int8 with, or it does not run
        return _Taken(variant="fp32", reason=f"int8 cannot be proven: {error.what.rstrip('.')}")
    with contextlib.suppress(OSError):  # a home that cannot be written costs a measurement at each start
        files.write_text(_cache_file(bundle), taken.model_dump_json() + "\n")
    return taken


def _faster(bundle: Bundle, pictures: Sequence[GoldenPicture]) -> _Taken:
    int8, fp32 = Graph(bundle, "int8"), Graph(bundle, "fp32")
    if not all(check.passed for check in golden.compare(pictures, int8.run, "int8")):
        return _Taken(variant="fp32", reason="int8 does not give the golden answers on this processor")
    faster = seconds_per_photo(int8, pictures) < seconds_per_photo(fp32, pictures)
    return _Taken(variant="int8" if faster else "fp32", reason="")


def _remembered(bundle: Bundle) -> _Taken | None:
    try:
        return _Taken.model_validate_json(_cache_file(bundle).read_bytes())
    except (OSError, ValidationError):
        return None


def _cache_file(bundle: Bundle) -> Path:
    facts = f"{bundle.sha256}\n{onnxruntime.__version__}\n{processor()}"
    key = hashlib.sha256(facts.encode()).hexdigest()
    return home.cache() / "variants" / f"{key[:32]}.json"
