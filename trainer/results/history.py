"""History: what each epoch reached, a row each in `history.csv`."""

from __future__ import annotations

import csv
import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from whatsit import files
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

HISTORY_FILE: Final = "history.csv"
Stage = Literal["head", "fit"]


@dataclass(frozen=True, slots=True)
class Row:
    """One epoch of a stage, 0 before the first: figures at its end; NaN where one was not measured."""

    stage: Stage
    epoch: int
    train_log_loss: float
    train_accuracy: float
    tune_log_loss: float
    tune_accuracy: float
    learning_rate: float
    photos_per_second: float


_COLUMNS: Final = [field.name for field in dataclasses.fields(Row)]
_STAGES: Final[dict[str, Stage]] = {"head": "head", "fit": "fit"}


def append(folder: Path, row: Row) -> None:
    """Add an epoch to the run's history; rows of it or of later ones of its stage were interrupted and go."""
    kept = [one for one in read(folder) if one.stage != row.stage or one.epoch < row.epoch]
    lines = [_COLUMNS, *(_cells(one) for one in (*kept, row))]
    files.write_text(folder / HISTORY_FILE, "".join(",".join(line) + "\n" for line in lines))


def read(folder: Path) -> list[Row]:
    """Return the epochs of a run in the order they were done, none when there is no history.

    Raises RunError when `history.csv` is damaged.
    """
    try:
        lines = list(csv.reader((folder / HISTORY_FILE).read_text(encoding="utf-8").splitlines()))
        if lines[:1] != [_COLUMNS]:
            raise RunError(f"{HISTORY_FILE} has other columns than {', '.join(_COLUMNS)}.", path=folder)
        return [_row(line) for line in lines[1:]]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, KeyError, csv.Error) as error:
        raise RunError(
            f"{HISTORY_FILE} cannot be read ({error}).", hint="Remove it; curves are lost.", path=folder
        ) from None


def _cells(row: Row) -> list[str]:
    return [one if isinstance(one, str) else f"{one:.6g}" for one in dataclasses.astuple(row)]


def _row(cells: list[str]) -> Row:
    stage, epoch, *figures = cells
    if len(figures) != len(_COLUMNS) - 2:
        raise ValueError(f"a line has {len(cells)} cells, not {len(_COLUMNS)}")
    return Row(_STAGES[stage], int(epoch), *map(float, figures))
