"""Metrics: how right a trained model is on one split's photos, with 95 % intervals; `metrics.json`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

import numpy as np
from pydantic import Field, TypeAdapter, ValidationError

from trainer.results import intervals
from trainer.results.intervals import Intervals
from whatsit import files
from whatsit.errors import DataError, RunError
from whatsit.figures import calibration_error, log_losses
from whatsit.manifest import Record, first_problem
from whatsit.run import Split

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

METRICS_FILE: Final = "metrics.json"
_TOP: Final = 5
_Part = Annotated[float, Field(ge=0, le=1)]


class ClassMetrics(Record):
    """One class: how often its answer is right, how many of its photos are found, both as F1, its photos."""

    precision: _Part
    recall: _Part
    f1: _Part
    support: int


class Metrics(Record):
    """How right the probabilities of one split are; classes in the order of the labels.

    `balanced_accuracy` is the mean recall of the classes that have photos, `macro_f1` the mean F1 of those
    that have photos or answers, `top5` the part with the truth among the best five answers,
    `calibration_error` the expected one over 15 equal bins (Guo et al. 2017); `confusion[truth][answer]`
    counts photos.
    """

    photos: int
    accuracy: _Part
    balanced_accuracy: _Part
    log_loss: float
    top5: _Part | None = None
    macro_f1: _Part
    calibration_error: _Part
    classes: tuple[ClassMetrics, ...]
    confusion: tuple[tuple[int, ...], ...]
    intervals95: Intervals

    def plain(self, split: str) -> dict[str, float]:
        """Return the figures that `run.json` keeps, by name."""
        return {f"{split}_accuracy": self.accuracy, f"{split}_log_loss": self.log_loss}


_ALL = TypeAdapter(dict[Split, Metrics])


def measure(probabilities: NDArray[np.floating], labels: NDArray[np.int64], seed: int) -> Metrics:
    """Return the metrics of probabilities [N,C] of photos with the true labels [N].

    `seed` sets the resamples of the intervals. Raises DataError when there are no photos.
    """
    if not len(labels):
        raise DataError("there are no photos to measure.")
    from sklearn.metrics import confusion_matrix, f1_score  # noqa: PLC0415 - reading metrics waits for neither

    known = probabilities.astype(np.float64)
    answers, numbers = known.argmax(axis=1), np.arange(known.shape[1])
    confusion = confusion_matrix(labels, answers, labels=numbers)
    classes = _classes(labels, answers, numbers)
    return Metrics(
        photos=len(labels),
        accuracy=float((answers == labels).mean()),
        balanced_accuracy=float(np.mean([one.recall for one in classes if one.support])),
        log_loss=float(log_losses(known, labels).mean()),
        top5=_top5(known, labels, numbers),
        macro_f1=float(f1_score(labels, answers, average="macro", zero_division=0.0)),
        calibration_error=calibration_error(known, labels),
        classes=classes,
        confusion=tuple(tuple(map(int, row)) for row in confusion),
        intervals95=intervals.bootstrap(known, labels, seed),
    )


def write(run_folder: Path, metrics: Mapping[Split, Metrics]) -> None:
    """Write `metrics.json`: the metrics of each split."""
    files.write_text(run_folder / METRICS_FILE, _ALL.dump_json(dict(metrics), indent=1).decode() + "\n")


def read(run_folder: Path) -> dict[Split, Metrics]:
    """Return what `metrics.json` says of each split, nothing when there is none yet.

    Raises RunError when it is not valid.
    """
    try:
        return _ALL.validate_json((run_folder / METRICS_FILE).read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise RunError(f"{METRICS_FILE} cannot be read ({error.strerror}).", path=run_folder) from None
    except ValidationError as error:
        raise RunError(f"{METRICS_FILE} is not valid: {first_problem(error)}.", path=run_folder) from None


def _classes(
    labels: NDArray[np.int64], answers: NDArray[np.intp], numbers: NDArray[np.int_]
) -> tuple[ClassMetrics, ...]:
    from sklearn.metrics import precision_recall_fscore_support  # noqa: PLC0415 - as above

    columns = precision_recall_fscore_support(labels, answers, labels=numbers, zero_division=0.0)
    return tuple(
        ClassMetrics(precision=float(precision), recall=float(recall), f1=float(f1), support=int(support))
        for precision, recall, f1, support in zip(*columns, strict=True)
    )


def _top5(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], numbers: NDArray[np.int_]
) -> float | None:
    if len(numbers) <= _TOP:
        return None
    from sklearn.metrics import top_k_accuracy_score  # noqa: PLC0415 - as above

    return float(top_k_accuracy_score(labels, probabilities, k=_TOP, labels=numbers))
