"""The state of interrupted learning: all variables and the place in the data, each file replaced whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from whatsit import files
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.results.history import Stage

FOLDER = "checkpoints"


@dataclass(frozen=True, slots=True)
class Place:
    """Where learning stands: `step` batches of `epoch` are done."""

    epoch: int = 0
    step: int = 0


def begun(folder: Path, stage: Stage) -> bool:
    """Return whether a run has a checkpoint of that stage: it holds every weight."""
    return _file(folder, stage).is_file()


def save(folder: Path, stage: Stage, model: Any, place: Place) -> None:
    """Write the model's and its optimizer's variables, and the place, into the run folder."""
    _write(_file(folder, stage), [*_variables(model), np.array([place.epoch, place.step])])


def restore(folder: Path, stage: Stage, model: Any) -> Place | None:
    """Give the model the variables last saved and return the place, or None when nothing was saved.

    Raises RunError when the checkpoint belongs to another network.
    """
    if not begun(folder, stage):
        return None
    *saved, place = _read(_file(folder, stage))
    _assign(_variables(model), saved, folder)
    return Place(*place.tolist())


def keep(folder: Path, name: str, model: Any) -> None:
    """Write the model's variables into the run folder under a name."""
    _write(_file(folder, name), model.variables)


def give(folder: Path, shares: Mapping[str, float], model: Any) -> None:
    """Give the model the weighted mean of the variables kept under the names (Izmailov et al. 2018).

    Counters, as of the seeds that dropout draws from, are those of the first.
    """
    total = sum(shares.values())
    kept = [_read(_file(folder, name)) for name in shares]
    weights = [share / total for share in shares.values()]
    mean = [_mean(arrays, weights) for arrays in zip(*kept, strict=True)]
    _assign(model.variables, mean, folder)


def _mean(arrays: Sequence[NDArray[Any]], weights: Sequence[float]) -> NDArray[Any]:
    if len(arrays) == 1 or not np.issubdtype(arrays[0].dtype, np.floating):
        return arrays[0]
    return np.average(arrays, axis=0, weights=weights).astype(arrays[0].dtype)


def _file(folder: Path, name: str) -> Path:
    return folder / FOLDER / f"{name}.npz"


def _write(path: Path, arrays: Sequence[Any]) -> None:
    path.parent.mkdir(exist_ok=True)
    with files.replacing(path) as temporary, temporary.open("wb") as file:
        np.savez(file, *[keras.ops.convert_to_numpy(one) for one in arrays])


def _read(path: Path) -> list[NDArray[Any]]:
    with np.load(path, allow_pickle=False) as saved:
        return [saved[f"arr_{number}"] for number in range(len(saved.files))]


def _assign(variables: Sequence[Any], arrays: Sequence[NDArray[Any]], folder: Path) -> None:
    if [tuple(one.shape) for one in variables] != [one.shape for one in arrays]:
        raise RunError("its checkpoint belongs to another network.", hint="Start a new run.", path=folder)
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)


def _variables(model: Any) -> list[Any]:
    model.optimizer.build(model.trainable_variables)
    return [*model.variables, *model.optimizer.variables]
