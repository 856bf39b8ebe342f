"""The state of interrupted training: all variables and the place in the data, one file, replaced whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np

from whatsit import files
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

FILE = "checkpoint.npz"
_CYCLE = "cycle-"


@dataclass(frozen=True, slots=True)
class Place:
    """Where training stands: `step` batches of `epoch` are done."""

    epoch: int = 0
    step: int = 0


def save(folder: Path, model: Any, place: Place) -> None:
    """Write the model's and its optimizer's variables, and the place, into the run folder."""
    arrays = {f"v{number}": keras.ops.convert_to_numpy(one) for number, one in enumerate(_variables(model))}
    with files.replacing(folder / FILE) as temporary, temporary.open("wb") as file:
        np.savez(file, place=np.array([place.epoch, place.step]), **arrays)


def restore(folder: Path, model: Any) -> Place | None:
    """Give the model the variables last saved and return the place, or None when nothing was saved.

    Raises RunError when the checkpoint belongs to another network.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    with np.load(path, allow_pickle=False) as saved:
        variables = _variables(model)
        shapes = [saved[f"v{number}"].shape for number in range(len(saved.files) - 1)]
        if shapes != [tuple(one.shape) for one in variables]:
            raise RunError(f"{FILE} belongs to another network.", hint="Start a new run.", path=folder)
        for number, one in enumerate(variables):
            one.assign(saved[f"v{number}"])
        epoch, step = saved["place"].tolist()
    return Place(epoch, step)


def keep_cycle(folder: Path, model: Any, number: int) -> None:
    """Write what the model has learned by the end of a cycle into the run folder."""
    arrays = [keras.ops.convert_to_numpy(one) for one in model.trainable_variables]
    with files.replacing(folder / f"{_CYCLE}{number}.npz") as temporary, temporary.open("wb") as file:
        np.savez(file, *arrays)


def average_cycles(folder: Path, model: Any, count: int) -> None:
    """Give the model the mean of what it had learned by the ends of its cycles (Izmailov et al. 2018)."""
    cycles = [np.load(folder / f"{_CYCLE}{number}.npz", allow_pickle=False) for number in range(1, count + 1)]
    for place, variable in enumerate(model.trainable_variables):
        variable.assign(np.mean([cycle[f"arr_{place}"] for cycle in cycles], axis=0))
    for cycle in cycles:
        cycle.close()


def _variables(model: Any) -> list[Any]:
    model.optimizer.build(model.trainable_variables)
    return [*model.variables, *model.optimizer.variables]
