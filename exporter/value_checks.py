"""Checks against Keras on real photos: values, answers, what accuracy and log loss cost, size, time."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit import predicted
from whatsit import run as runs
from whatsit.golden import leads
from whatsit.paired import compare

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.outputs import OutputsOf
    from whatsit.manifest import VariantName
    from whatsit.paired import Paired
    from whatsit.predictions import Predictions
    from whatsit.run import Run

_TIMED_PHOTOS: Final = 16
_TURNS: Final = 5
_LEAST_PROBABILITY: Final = 1e-7
_AS_TRAINED: Final = 1e-4  # features came in other batches, perhaps from a GPU: 1e-6 is usual


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a variant may be from Keras: same answers, points lost, values (None: measured only).

    Probabilities are held by themselves, `others` as a part of their largest value. Where Keras' best label
    leads the next by less than `lead`, rounding alone decides which is first: no answer is asked there.
    """

    same_answers: float
    points_lost: float
    probabilities: float | None = None
    others: float | None = None
    lead: float = 0.0


_LIMITS: Final[dict[VariantName, Limits]] = {
    "fp32": Limits(same_answers=1.0, points_lost=0.0, probabilities=1e-4, others=1e-4, lead=2e-4),
    "int8": Limits(same_answers=0.985, points_lost=0.5),
    "fp16": Limits(same_answers=0.995, points_lost=0.2, probabilities=2e-2, others=2e-2),
}
# Among many labels the first two are nearer to each other, and more answers change that were right by luck.
_INT8_OF_MANY: Final = Limits(same_answers=0.96, points_lost=0.7)
_MANY: Final = 10


def limits(variant: VariantName, labels: int) -> Limits:
    """Return how far a variant of a model of so many labels may be from Keras."""
    return _INT8_OF_MANY if variant == "int8" and labels > _MANY else _LIMITS[variant]


_SEEN: Final = 0.5  # points lost that are to be seen where none may be
_ADVICE: Final = {
    "fp32": "The file does not compute what Keras does: install the versions in pyproject.toml, try again.",
    "int8": "8 bits cost this model too much: use fp32.",
    "fp16": "Half precision costs this model too much: use fp32.",
}


def check_against_keras(checks: Checks, given: Predictions, keras: Predictions) -> None:
    """Check a variant against Keras on the same labelled photos: values, answers, accuracy, log loss."""
    allowed = limits(checks.variant, given.probabilities.shape[1])
    _check_values(checks, compare(given, keras), allowed)
    keras = keras.in_order_of(given)
    asked = ~(leads(keras.probabilities) < allowed.lead)  # true for NaN: a photo that one cannot read is told
    paired = compare(given.where(asked), keras.where(asked))
    _check_answers(checks, paired, allowed)
    _check_accuracy(checks, paired, allowed, float(given.right.mean()))
    rise, low, high = (round(value, 4) + 0.0 for value in lost_log_loss(given, keras))  # no -0.0000
    checks.note("log loss lost", f"{rise:.4f}, 95 % interval {low:.4f} to {high:.4f}")


def _check_answers(checks: Checks, paired: Paired, allowed: Limits) -> None:
    least, same = allowed.same_answers, paired.same_answers
    every = f"every photo with a lead of {allowed.lead:g}" if allowed.lead else "every photo"
    checks.require(
        "same answers",
        same >= least * paired.photos,
        f"{same:,} of {paired.photos:,} ({100 * same / paired.photos:.2f} %)",
        limit=every if least == 1 else f"at least {100 * least:g} %",
        advice=_ADVICE[checks.variant],
    )


def _check_values(checks: Checks, paired: Paired, allowed: Limits) -> None:
    for name, worst in paired.largest_differences.items():
        measured = f"{worst:.2g}" + ("" if name == "probabilities" else " of the largest value")
        limit = allowed.probabilities if name == "probabilities" else allowed.others
        if limit is None:
            checks.note(f"values of {name}", measured)
            continue
        checks.require(
            f"values of {name}",
            worst <= limit,  # false for NaN too
            measured,
            limit=f"{limit:g}",
            advice=_ADVICE[checks.variant],
        )


def _check_accuracy(checks: Checks, paired: Paired, allowed: Limits, accuracy: float) -> None:
    lost, high, low = (100 * -value + 0.0 for value in (paired.difference, *paired.interval95))
    few = "" if high <= max(allowed.points_lost, _SEEN) else "; too few photos to be sure of it"
    checks.require(
        "accuracy lost",
        lost <= allowed.points_lost,
        f"{lost:.2f} points, 95 % interval {low:.2f} to {high:.2f}; {100 * accuracy:.2f} % right{few}",
        limit=f"{allowed.points_lost:g} points",
        advice=_ADVICE[checks.variant],
    )


def check_as_trained(checks: Checks, run: Run, keras: Predictions) -> None:
    """Check that Keras gives here what it gave the trainer: other pixels or scaling would escape all else.

    Only photos that stand in the run's `predictions.csv` can be held against it: where none does, it is said.
    """
    splits = predicted.read(run) if (run.folder / runs.PREDICTIONS_FILE).is_file() else {}
    told = {
        path: row for one in splits.values() for path, row in zip(one.paths, one.probabilities, strict=True)
    }
    there = [place for place, path in enumerate(keras.paths) if path in told]
    if not there:
        checks.note("as trained", "no photo of the run's own predictions is among these")
        return
    trained = np.stack([told[keras.paths[place]] for place in there])
    apart = float(np.abs(keras.probabilities[there] - trained).max())
    checks.require(
        "as trained",
        apart <= _AS_TRAINED,
        f"{apart:.2g} from the trainer's own, {len(there):,} photos",
        limit=f"{_AS_TRAINED:g}",
        advice="The photos, their pixels or the model are not what they were: train the run again.",
    )


def check_size(checks: Checks, file: Path, fp32: Path) -> None:
    """Report the file's size, and its part of fp32's."""
    size = file.stat().st_size
    part = "" if file == fp32 else f", {size / fp32.stat().st_size:.2f} of fp32"
    checks.note("size", f"{size / 1e6:.2f} MB{part}")


def check_time(checks: Checks, outputs_of: OutputsOf, pixels: NDArray[np.uint8], keras: float) -> None:
    """Report the time a photo, against `keras` seconds a photo."""
    seconds = seconds_per_photo(outputs_of, pixels)
    checks.note(
        "time", f"{1000 * seconds:.1f} ms a photo at batch {_TIMED_PHOTOS}, {seconds / keras:.2f} of Keras"
    )


def seconds_per_photo(outputs_of: OutputsOf, pixels: NDArray[np.uint8]) -> float:
    """Return the shortest time a photo of a few turns; `pixels` [N,H,W,3] are repeated to a whole batch."""
    batch = np.resize(pixels, (_TIMED_PHOTOS, *pixels.shape[1:]))
    outputs_of(batch)
    times = []
    for _ in range(_TURNS):
        started = time.perf_counter()
        outputs_of(batch)
        times.append(time.perf_counter() - started)
    return min(times) / _TIMED_PHOTOS


def lost_log_loss(given: Predictions, keras: Predictions) -> tuple[float, float, float]:
    """Return how much log loss rose on the same photos: mean, and the ends of its 95 % normal interval."""
    rise = _log_losses(given) - _log_losses(keras)
    mean, half = float(rise.mean()), 1.96 * float(rise.std()) / float(np.sqrt(len(rise)))
    return mean, mean - half, mean + half


def _log_losses(predictions: Predictions) -> NDArray[np.float64]:
    of_right = predictions.probabilities[np.arange(len(predictions.labels)), predictions.labels]
    return np.asarray(-np.log(np.maximum(of_right.astype(np.float64), _LEAST_PROBABILITY)))
