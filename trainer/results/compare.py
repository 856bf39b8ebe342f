"""Runs held against each other: recipes key by key, answers photo by photo."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from trainer import prepare
from trainer.results import metrics, predicted
from whatsit import paired
from whatsit.errors import DataError, RunError
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trainer.results.metrics import Metrics
    from whatsit.paired import Paired
    from whatsit.run import Run, Split


@dataclass(frozen=True, slots=True)
class HeldOut:
    """What a run gave for photos that it did not learn from, by content: sha256 to label and row [C]."""

    names: tuple[str, ...]
    photos: dict[str, tuple[str, NDArray[np.float32]]]


def figures(runs: Sequence[Run]) -> tuple[Split, list[Metrics]]:
    """Return the split that all runs were evaluated on, test before tune, and each one's metrics on it.

    Raises RunError when there is none.
    """
    found = [metrics.read(run.folder) or predicted.metrics_of_run(run) for run in runs]
    both: tuple[Split, ...] = ("test", "tune")
    for split in both:
        if all(split in one for one in found):
            return split, [one[split] for one in found]
    lacking = next(run for run, one in zip(runs, found, strict=True) if "tune" not in one)
    raise RunError("this run has no figures.", path=lacking.folder)


def recipe_differences(runs: Sequence[Run]) -> dict[str, list[str]]:
    """Return the recipe keys in which runs differ, each with its value in every run, – where it has none.

    Raises RunError when a recipe cannot be read.
    """
    tables = [_flat(_recipe(run)) for run in runs]
    keys = dict.fromkeys(key for table in tables for key in table)
    rows = {key: [table.get(key, "–") for table in tables] for key in keys}
    return {key: values for key, values in rows.items() if len(set(values)) > 1}


def photo_by_photo(first: Run, second: Run) -> Paired:
    """Return how two runs answer the photos that both hold out.

    Test alone counts where both were evaluated on it. Photos are the same when their bytes are. Raises
    DataError when there are none, or labels differ.
    """
    splits = [set(predicted.read(run)) for run in (first, second)]
    only: tuple[Split, ...] = ("test",) if all("test" in one for one in splits) else ()
    ours, theirs = held_out(first, *only), held_out(second, *only)
    if sorted(ours.names) != sorted(theirs.names):
        raise DataError("the two do not have the same labels.")
    shared = [key for key in ours.photos if key in theirs.photos]
    if any(ours.photos[key][0] != theirs.photos[key][0] for key in shared):
        raise DataError("the two do not have the same true labels.")
    if not shared:
        raise DataError("the two hold out no photo in common.")
    return paired.compare(*(_predictions(one, shared, ours.names) for one in (ours, theirs)))


def held_out(run: Run, *splits: Split) -> HeldOut:
    """Return what the run gave for the photos of the given splits, or of all that it was evaluated on."""
    content = {photo.path: photo.sha256 for photo in run.photos()}
    names = tuple(label.name for label in run.info.labels)
    photos = {
        content[path]: (names[label], row)
        for split, one in predicted.read(run).items()
        if not splits or split in splits
        for path, label, row in zip(one.paths, one.labels, one.probabilities, strict=True)
        if path in content
    }
    return HeldOut(names, photos)


def _predictions(one: HeldOut, keys: Sequence[str], names: tuple[str, ...]) -> Predictions:
    order = [one.names.index(name) for name in names]
    rows = np.stack([one.photos[key][1] for key in keys])[:, order]
    labels = np.array([names.index(one.photos[key][0]) for key in keys], dtype=np.int64)
    return Predictions(tuple(keys), labels, {"probabilities": rows})


def _recipe(run: Run) -> object:
    path = run.folder / prepare.RECIPE_FILE
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise RunError(f"{path.name} cannot be read ({error}).", path=run.folder) from None


def _flat(value: object, prefix: str = "") -> dict[str, str]:
    if isinstance(value, dict) and value:
        return {
            key: shown
            for name, inner in value.items()
            for key, shown in _flat(inner, f"{prefix}.{name}" if prefix else str(name)).items()
        }
    return {prefix: value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}
