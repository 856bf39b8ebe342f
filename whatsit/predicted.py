"""What a run's own Keras model gave for its held-out photos, as `predictions.csv` keeps it."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np

from whatsit import run as runs
from whatsit.errors import RunError
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from whatsit.run import Run, Split


def read(run: Run) -> dict[Split, Predictions]:
    """Return what the run gave for the photos of each split that it was evaluated on.

    Raises RunError when `predictions.csv` is missing or damaged.
    """
    number = {label.name: label.id for label in run.info.labels}
    rows: dict[Split, list[tuple[str, int, list[float]]]] = {}
    try:
        with (run.folder / runs.PREDICTIONS_FILE).open(encoding="utf-8", newline="") as file:
            lines = csv.reader(file)
            if next(lines, []) != ["path", "label", "split", *number]:
                raise RunError(f"{runs.PREDICTIONS_FILE} has other columns.", path=run.folder)
            for path, label, split, *values in lines:
                rows.setdefault(split, []).append((path, number[label], _floats(values, len(number))))  # type: ignore[arg-type]
    except (OSError, KeyError, ValueError, csv.Error) as error:
        raise RunError(f"{runs.PREDICTIONS_FILE} cannot be read ({error}).", path=run.folder) from None
    return {split: _predictions(found) for split, found in rows.items()}


def _floats(values: list[str], wanted: int) -> list[float]:
    if len(values) != wanted:
        raise ValueError(f"a line has {len(values)} probabilities, not {wanted}")
    return [float(value) for value in values]


def _predictions(rows: list[tuple[str, int, list[float]]]) -> Predictions:
    paths, labels, values = zip(*rows, strict=True)
    return Predictions(
        paths, np.array(labels, np.int64), {"probabilities": np.array(values, dtype=np.float32)}
    )
