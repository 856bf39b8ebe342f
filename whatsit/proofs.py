"""Proofs: what the golden pictures show of one variant on one device."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import numpy as np
import onnxruntime

from whatsit import golden, label_lists
from whatsit.errors import BundleError, DeviceError
from whatsit.graph import Graph, Runner
from whatsit.manifest import Check, Record, VariantName

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatsit.bundle import Bundle
    from whatsit.golden import GoldenPicture
    from whatsit.graph import Outputs

# fp16 has no kernels on processors: it would be computed as fp32, only slower.
_USUAL: Final[dict[Runner, tuple[VariantName, ...]]] = {"cpu": ("fp32", "int8"), "cuda": ("fp32", "fp16")}
_PLACES: Final[dict[Runner, str]] = {"cpu": "processor", "cuda": "GPU"}
_SHAPES: Final = "golden shapes"
_FEW: Final = (1, 3)
_MANY: Final = 16
# Of an output's largest value. Another batch is added up in another order; 8 bits then round a few otherwise.
_ALONE: Final[dict[VariantName, float]] = {"fp32": 1e-4, "fp16": 1e-2, "int8": 2e-2}
_MEASURED_PHOTOS: Final = 8
_MEASURED_TURNS: Final = 3
_MEASURED_SECONDS: Final = 0.5


class Proof(Record):
    """The checks of one variant on one device, and its seconds a photo: None where nothing comes out."""

    device: Runner
    variant: VariantName
    checks: tuple[Check, ...]
    seconds: float | None = None

    @property
    def passed(self) -> bool:
        """Whether every check passed."""
        return all(check.passed for check in self.checks)

    @property
    def why_not(self) -> str:
        """Why this variant is not to be used on this device, in plain words, or nothing."""
        failed = next((check for check in self.checks if not check.passed), None)
        if failed is None:
            return ""
        if self.seconds is None:
            return f"{self.variant} cannot be used: {failed.measured.rstrip('.')}"
        said = f"{failed.name}: {failed.measured}"
        return f"{self.variant} does not give the golden answers on this {_PLACES[self.device]} ({said})"


def usual(bundle: Bundle, runner: Runner) -> tuple[VariantName, ...]:
    """Return the bundle's variants that are made for a device; the CPU takes any where there is no other."""
    there = bundle.manifest.variants
    made = tuple(one for one in _USUAL[runner] if one in there)
    return made or (tuple(there) if runner == "cpu" else ())


def best(proofs: Sequence[Proof]) -> Proof | None:
    """Return what to run of what passed: the first on CUDA, or else the fastest; None where nothing did."""
    passed = [proof for proof in proofs if proof.passed]
    on_cuda = (proof for proof in passed if proof.device == "cuda")
    return next(on_cuda, None) or min(passed, key=lambda proof: proof.seconds or 0.0, default=None)


def prove(bundle: Bundle, variant: VariantName, runner: Runner, pictures: Sequence[GoldenPicture]) -> Proof:
    """Return what is found of a variant on a device, from its file to its answers.

    Raises DeviceError when CUDA does not start or does not take the model.
    """
    size = f"{bundle.manifest.variants[variant].bytes:,} bytes"
    checks = [Check(name="file unchanged", passed=True, measured=size, variant=variant)]
    try:
        bundle.model_file(variant)
        said = f"onnxruntime {onnxruntime.__version__}"
        checks.append(Check(name="loads", passed=True, measured=said, variant=variant))
        graph = Graph(bundle, variant, runner)
    except BundleError as error:
        checks[-1] = checks[-1].model_copy(update={"passed": False, "measured": error.what})
        return Proof(device=runner, variant=variant, checks=tuple(checks))
    proof = of_graph(bundle, graph, pictures)
    return proof.model_copy(update={"checks": (*checks, *proof.checks)})


def of_graph(bundle: Bundle, graph: Graph, pictures: Sequence[GoldenPicture]) -> Proof:
    """Return what the golden pictures show of a graph that is loaded."""
    checks = tuple(_checks(bundle, graph, pictures))
    stopped = checks[-1].name == _SHAPES
    seconds = None if stopped else seconds_per_photo(graph, pictures)
    if not stopped:
        graph.rest()
    return Proof(device=graph.runner, variant=graph.variant, checks=checks, seconds=seconds)


def seconds_per_photo(graph: Graph, pictures: Sequence[GoldenPicture]) -> float:
    """Return the shortest time a photo that a few short turns took."""
    pixels = np.stack([pictures[place % len(pictures)].pixels for place in range(_MEASURED_PHOTOS)])
    graph.run(pixels)
    times: list[float] = []
    while len(times) < _MEASURED_TURNS and sum(times) < _MEASURED_SECONDS:
        started = time.perf_counter()
        graph.run(pixels)
        times.append(time.perf_counter() - started)
    return min(times) / _MEASURED_PHOTOS


def _checks(bundle: Bundle, graph: Graph, pictures: Sequence[GoldenPicture]) -> Iterator[Check]:
    yield label_lists.check_graph(bundle, graph)
    pixels = np.stack([one.pixels for one in pictures])
    counts = sorted({*_FEW, len(pixels), max(len(pixels), _MANY)})
    given: dict[int, Outputs] = {}
    try:
        for count in counts:
            given[count] = graph.run(np.resize(pixels, (count, *pixels.shape[1:])))
            _require_shapes(bundle, given[count], count)
    except (DeviceError, ValueError) as error:  # ValueError: not one output a photo
        said = error.what if isinstance(error, DeviceError) else str(error)
        measured = f"batch {count}: {said}"
        yield Check(name=_SHAPES, passed=False, measured=measured, variant=graph.variant)
        return
    right = f"batch {', '.join(map(str, counts))}"
    yield Check(name=_SHAPES, passed=True, measured=right, variant=graph.variant)
    limits = golden.ON_CUDA if graph.runner == "cuda" and graph.variant == "fp32" else None
    yield _alone(given, graph.variant, (limits and limits.others) or _ALONE[graph.variant])
    yield from golden.compare(pictures, lambda _: given[len(pixels)], graph.variant, limits)


def _require_shapes(bundle: Bundle, outputs: Outputs, count: int) -> None:
    stated = {output.name: output.shape[1:] for output in bundle.manifest.outputs}
    for name, values in outputs.arrays.items():
        places = zip(values.shape[1:], stated[name], strict=False)
        fits = all(there in (-1, here) for here, there in places)
        if len(values) != count or values.ndim != len(stated[name]) + 1 or not fits:
            raise ValueError(f"{name} is {values.shape}, not {(count, *stated[name])}")


def _alone(given: dict[int, Outputs], variant: VariantName, limit: float) -> Check:
    """Compare small batches with the largest, each output by its own largest value."""
    whole = given[max(given)].arrays
    differences = [
        np.abs(values - whole[name][:count]).max() / (np.abs(whole[name]).max() or 1.0)
        for count in _FEW
        for name, values in given[count].arrays.items()
    ]
    apart = float(np.max(differences))
    measured = f"{apart:.2g} apart"
    return Check(
        name="one photo alone",
        passed=apart <= limit,  # false for NaN too
        measured=measured,
        limit=f"at most {limit:g}",
        variant=variant,
    )
