"""The search for an int8 file that holds: which ranges, which layers stay in float, all by measurement."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
import onnx

from exporter import bias, quantize, ranges
from exporter.checks import CannotHoldError
from exporter.layer_errors import layer_errors
from exporter.outputs import counted, outputs_over
from exporter.structure_checks import OnnxModel

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

    from exporter.bias import Shifts
    from exporter.ranges import Method
    from exporter.value_checks import Limits
    from whatsit.progress import Progress

_LEAST: Final = 1e-7
_AT_ONCE: Final = 4  # all activations are kept meanwhile: of 32 photos, four networks' take more than 20 GB
_MARGIN: Final = 0.75  # of the answers that may change; chosen, not measured
_FOR_ERRORS: Final = 32  # photos that show how much noise a layer adds
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Photos:
    """Pixels, uint8 [N,H,W,3]: of `train` to set ranges, of `tune`, with their labels [N], to choose."""

    sampling: NDArray[np.uint8]
    tune: NDArray[np.uint8]
    labels: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cost:
    """What 8 bits cost on `tune`: divergence of the probabilities, part of the same answers, points lost."""

    divergence: float
    same_answers: float
    points_lost: float

    def within(self, limits: Limits) -> bool:
        """Return whether that is allowed, with a margin for the other photos that prove the file."""
        changed, allowed = 1 - self.same_answers, _MARGIN * (1 - limits.same_answers)
        return changed <= allowed and self.points_lost <= limits.points_lost

    def __str__(self) -> str:
        changed = 100 * (1 - self.same_answers)
        return f"{changed:.2f} % of answers changed, {self.points_lost:.2f} points lost"


@dataclass(frozen=True, slots=True)
class Found:
    """The int8 file that was written: its ranges, beside the others' divergence, and its layers in float."""

    method: Method
    divergences: dict[Method, float]
    in_float: tuple[str, ...]
    convolutions: int
    cost: Cost


class Search:
    """Writes int8 files of one network and measures them against its fp32 file on `tune`."""

    def __init__(self, fp32: Path, int8: Path, photos: Photos, progress: Progress, place: Path) -> None:
        self._int8, self._photos, self._progress, self._place = int8, photos, progress, place
        self._folded, self._corrected = place / "folded.onnx", place / "corrected.onnx"
        quantize.fold(fp32, self._folded)
        self.convolutions = quantize.convolutions(onnx.load(self._folded))
        self._expected = self._probabilities(fp32)
        self._shifts: Shifts = {}

    def run(self, limits: Limits) -> Found:
        """Write the best file within the limits.

        Raises CannotHoldError when there is none with at least half of the convolutions in 8 bits.
        """
        for method in ranges.METHODS:
            self._measure(method)
        self._shifts = self._shifts_by_rounding(ranges.METHODS[0])
        costs = {method: self._write(method) for method in ranges.METHODS}
        method = min(costs, key=lambda one: costs[one].divergence)
        divergences = {one: cost.divergence for one, cost in costs.items()}
        cost = self._write(method)
        if cost.within(limits):
            return Found(method, divergences, (), len(self.convolutions), cost)
        errors = self._errors()
        for count in _counts(len(self.convolutions)):
            self._progress.stage(f"{count} of {len(self.convolutions)} convolutions in float")
            in_float = tuple(errors)[:count]
            cost = self._write(method, in_float)
            if cost.within(limits):
                return Found(method, divergences, in_float, len(self.convolutions), cost)
        raise _cannot_hold(cost, errors)

    def _measure(self, method: Method) -> None:
        self._progress.stage(f"ranges by {method}")
        batches = counted(self._photos.sampling, self._progress, _AT_ONCE)
        ranges.save(self._folded, quantize.KINDS, method, batches, self._ranges(method))

    def _shifts_by_rounding(self, method: Method) -> Shifts:
        """Return how the weights' rounding shifts each channel; ranges do not change that."""
        self._progress.stage("bias correction")
        quantize.to_int8(self._folded, self._int8, self._ranges(method), method)
        batches = counted(self._photos.sampling, self._progress, _AT_ONCE)
        return bias.shifts(self._folded, self._int8, batches)

    def _ranges(self, method: Method) -> Path:
        return self._place / f"{method}.json"

    def _write(self, method: Method, in_float: Collection[str] = ()) -> Cost:
        shifts = {name: shift for name, shift in self._shifts.items() if name not in in_float}
        bias.correct(self._folded, shifts, self._corrected)
        quantize.to_int8(self._corrected, self._int8, self._ranges(method), method, in_float)
        given, labels = self._probabilities(self._int8), self._photos.labels
        best, best_given = self._expected.argmax(axis=1), given.argmax(axis=1)
        ratio = np.log(np.maximum(self._expected, _LEAST)) - np.log(np.maximum(given, _LEAST))
        lost = (best == labels).mean() - (best_given == labels).mean()
        return Cost(
            divergence=float((self._expected * ratio).sum(axis=1).mean()),
            same_answers=float((best == best_given).mean()),
            points_lost=float(100 * lost),
        )

    def _errors(self) -> dict[str, float]:
        self._progress.stage("each convolution alone")
        pixels = counted(self._photos.sampling[:_FOR_ERRORS], self._progress)
        return layer_errors(self._folded, self._int8, pixels)

    def _probabilities(self, file: Path) -> NDArray[np.float64]:
        model = OnnxModel(file, ["probabilities"])
        outputs = outputs_over(counted(self._photos.tune, self._progress), model.outputs_of)
        return outputs["probabilities"].astype(np.float64)


def search(fp32: Path, int8: Path, photos: Photos, limits: Limits, progress: Progress) -> Found:
    """Write the int8 file of an fp32 file: the best ranges, the fewest layers in float that keep the limits.

    Ranges are chosen by the divergence of Kullback and Leibler from fp32's probabilities on `tune`, layers by
    the noise that each adds. Raises CannotHoldError when no file keeps the limits.
    """
    with tempfile.TemporaryDirectory(dir=int8.parent) as place:
        return Search(fp32, int8, photos, progress, Path(place)).run(limits)


def _counts(convolutions: int) -> Iterator[int]:
    """Yield 1, 2, 4, 8, … and half of the convolutions."""
    count, half = 1, convolutions // 2
    while count < half:
        yield count
        count *= 2
    if half:
        yield half


def _cannot_hold(cost: Cost, errors: dict[str, float]) -> CannotHoldError:
    worst = ", ".join(f"{name} ({error:.2g} of its signal)" for name, error in list(errors.items())[:_NAMED])
    return CannotHoldError(
        f"int8 does not keep this model's answers, half of its convolutions in float: {cost}.",
        hint=f"Use fp32. The layers that lose most: {worst}.",
    )
