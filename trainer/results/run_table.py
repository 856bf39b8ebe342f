"""What stands in the table of runs, and in which order."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from trainer.results import environment, metrics
from whatsit import files
from whatsit import run as runs
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.run import Run, Split


class Order(StrEnum):
    """What the table may be sorted by."""

    RUN = "run"
    RECIPE = "recipe"
    PHOTOS = "photos"
    ACCURACY = "accuracy"
    LOG_LOSS = "log-loss"
    SIZE = "size"
    TIME = "time"


@dataclass(frozen=True, slots=True)
class Line:
    """One run: figures of test where that was evaluated (`final`), else of tune; NaN where not known.

    `photos` are those of train, `size` the model's bytes, `seconds` the time trained; `problem` says what is
    wrong with a run that is damaged or unfinished.
    """

    run: str
    recipe: str = ""
    tags: tuple[str, ...] = ()
    photos: float = math.nan
    accuracy: float = math.nan
    log_loss: float = math.nan
    size: float = math.nan
    seconds: float = math.nan
    final: bool = False
    problem: str = ""


def read(folder: Path) -> Iterator[Line]:
    """Yield a line for each run in a folder, by name.

    Raises RunError when there is no such folder.
    """
    if not folder.is_dir():
        raise RunError("there is no such folder of runs.", path=folder)
    for place in sorted(folder.iterdir()):
        if (place / runs.RUN_FILE).is_file():
            yield _line(place)


def ordered(lines: list[Line], by: Order) -> list[Line]:
    """Return the lines, the best first, those without a figure last."""
    if by in (Order.RUN, Order.RECIPE):
        return sorted(
            lines, key=lambda line: (line.recipe if by is Order.RECIPE else "", files.by_number(line.run))
        )
    return sorted(lines, key=lambda line: _figure(line, by))


def _figure(line: Line, by: Order) -> float:
    figure = {
        Order.PHOTOS: -line.photos,
        Order.ACCURACY: -line.accuracy,
        Order.LOG_LOSS: line.log_loss,
        Order.SIZE: line.size,
        Order.TIME: line.seconds,
    }[by]
    return math.inf if math.isnan(figure) else figure


def _line(place: Path) -> Line:
    """Return a run's line; a damaged run says so in its own, and hides no other."""
    try:
        return _line_of(runs.read(place))
    except RunError as error:
        return Line(place.name, problem=error.what)


def _line_of(run: Run) -> Line:
    surroundings = environment.read(run.folder)
    training, info = run.info.training, run.info
    if training is None or not run.finished:
        return Line(run.folder.name, info.recipe, info.tags, problem="not finished")
    shown = metrics.read(run.folder)
    split: Split = "test" if "test" in shown else "tune"
    figures = {**training.metrics, **(shown[split].plain(split) if split in shown else {})}
    return Line(
        run=run.folder.name,
        recipe=info.recipe,
        tags=info.tags,
        photos=training.photos.get("train", math.nan),
        accuracy=figures.get(f"{split}_accuracy", math.nan),
        log_loss=figures.get(f"{split}_log_loss", math.nan),
        size=run.model_file.stat().st_size,
        seconds=(surroundings.seconds if surroundings else 0) or math.nan,
        final=split == "test",
    )
