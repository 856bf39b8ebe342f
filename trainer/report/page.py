"""What a report shows, gathered from the run's folder and its Keras model."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from trainer import prepare
from trainer.pages import pictures
from trainer.report import confusion as report_confusion
from trainer.report import layer_table, plots
from trainer.results import environment, history, metrics, predicted
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markupsafe import Markup

    from trainer.pages.pictures import Mistake
    from trainer.recipe import Recipe
    from trainer.report.confusion import Confusion
    from trainer.report.layer_table import LayerRow
    from trainer.report.plots import Kind
    from trainer.results.environment import Environment
    from trainer.results.history import Row
    from trainer.results.metrics import ClassMetrics, Metrics
    from whatsit.run import Run, Split

_MOST_MISTAKES: Final = 24
FEW_CLASSES: Final = 20


@dataclass(frozen=True, slots=True)
class Curves:
    """The curves of a training, its epoch that is best on tune, and each stage's photos per second."""

    accuracy: Markup
    log_loss: Markup
    best: Row | None
    best_by: Kind
    speeds: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template shows; confusion, classes, reliability and mistakes are those of `split`."""

    run: Run
    recipe: Recipe | None
    recipe_text: str
    split: Split
    metrics: Mapping[Split, Metrics]
    photos: Mapping[str, int]
    curves: Curves | None
    confusion: Confusion
    classes: Sequence[tuple[str, ClassMetrics]]
    reliability: Markup
    mistakes: Sequence[Mistake]
    wrong: int
    layers: Sequence[LayerRow]
    parameters: int
    environment: Environment | None


def gather(run: Run, model: Any) -> Page:
    """Return what the report of a run and its Keras model shows.

    Raises RunError when a file of the run is damaged.
    """
    predictions, figures = predicted.read(run), metrics.read(run.folder) or predicted.metrics_of_run(run)
    split: Split = "test" if "test" in figures else "tune"
    names = [label.name for label in run.info.labels]
    recipe = _recipe(run)
    return Page(
        run=run,
        recipe=recipe,
        recipe_text=_recipe_text(run),
        split=split,
        metrics=figures,
        photos=_counts(run),
        curves=_curves(history.read(run.folder), recipe),
        confusion=report_confusion.of(figures[split], names),
        classes=_classes(names, figures[split]),
        reliability=plots.reliability(predictions[split]),
        mistakes=pictures.worst_mistakes(run, predictions[split], _MOST_MISTAKES),
        wrong=int((~predictions[split].right).sum()),
        layers=layer_table.rows(model),
        parameters=int(model.count_params()),
        environment=environment.read(run.folder),
    )


def _recipe(run: Run) -> Recipe | None:
    """Return the recipe, None for one of an older form: its text is shown all the same."""
    try:
        return prepare.resume(run.folder)[1]
    except RunError:
        return None


def _recipe_text(run: Run) -> str:
    try:
        text = (run.folder / prepare.RECIPE_FILE).read_text(encoding="utf-8")
    except OSError as error:
        raise RunError(f"{prepare.RECIPE_FILE} cannot be read ({error.strerror}).", path=run.folder) from None
    return environment.without_home(text)


def _counts(run: Run) -> dict[str, int]:
    counts = {"train": 0, "tune": 0, "calibrate": 0, "test": 0}
    for photo in run.photos():
        counts[photo.split] += 1
    return counts


def _curves(rows: list[Row], recipe: Recipe | None) -> Curves | None:
    if not rows:
        return None
    last = getattr(recipe, rows[-1].stage, None)
    best_by: Kind = getattr(last, "best_by", "log_loss")
    best = plots.best_epoch(rows, best_by)
    stages = dict.fromkeys(row.stage for row in rows)
    return Curves(
        plots.curve(rows, "accuracy", best),
        plots.curve(rows, "log_loss", best),
        best,
        best_by,
        {stage: _speed([row for row in rows if row.stage == stage]) for stage in stages},
    )


def _speed(rows: list[Row]) -> float:
    return statistics.median([row.photos_per_second for row in rows if row.epoch] or [math.nan])


def _classes(names: Sequence[str], figures: Metrics) -> list[tuple[str, ClassMetrics]]:
    """Return each class with its figures; where they are many, the hardest first."""
    found = list(zip(names, figures.classes, strict=True))
    return found if len(found) <= FEW_CLASSES else sorted(found, key=lambda one: one[1].f1)
