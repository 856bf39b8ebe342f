"""Cross-validation: each part of the photos is held out in turn, and answered by who never saw it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from trainer import prepare
from trainer.data import checks, splits
from trainer.results import metrics, predicted
from trainer.results.metrics import Metrics
from trainer.series import series
from trainer.series.series import Task
from whatsit import files
from whatsit.errors import RunError
from whatsit.figures import log_losses
from whatsit.manifest import Record

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from trainer.prepare import Session
    from trainer.series.series import Outcome, Train
    from whatsit.predictions import Predictions
    from whatsit.run import Run

FOLDS_FILE: Final = "folds.json"
TABLE_FILE: Final = "folds.md"
PREDICTIONS_FILE: Final = "out_of_fold.csv"


class Fold(Record):
    """One training: its run folder and how right it is on the photos it did not learn from."""

    run: str
    photos: int
    accuracy: float
    log_loss: float


class Spread(Record):
    """The mean of a figure over the folds, and its standard deviation (of a sample, n - 1)."""

    mean: float
    deviation: float


class Folds(Record):
    """The whole of `folds.json`; `together` is over all photos, each answered out of fold."""

    recipe: str
    folds: tuple[Fold, ...]
    accuracy: Spread
    log_loss: Spread
    together: Metrics


def cross_validate(session: Session, train: Train, count: int) -> tuple[Path, Folds]:
    """Train a session's recipe `count` times, a part of train and tune being tune in each.

    Each is a run of its own; `folds.json`, `folds.md` and the predictions of every photo out of fold are in
    `<date>-<name>-folds`, the folder that is returned. Called again with the same recipe and photos, it goes
    on where it was. Raises UsageError when `count` is below two or the recipe has a teacher, RunError when a
    fold failed.
    """
    prepare.check_folds(session.recipe)
    prepare.check(session.recipe)
    tasks = [_task(session, count, number) for number in range(count)]
    begun = series.begun(session, "folds", tasks)
    done = [_finished(outcome) for outcome in begun.train(train)]
    held_out = [predicted.read(run)["tune"] for run in done]
    folds = _folds(session.name, [run.folder.name for run in done], held_out, session.recipe.seed)
    files.write_text(begun.folder / FOLDS_FILE, folds.model_dump_json(indent=1) + "\n")
    files.write_text(begun.folder / TABLE_FILE, _table(folds))
    files.write_text(begun.folder / PREDICTIONS_FILE, _predictions(held_out, session.dataset.labels))
    return begun.folder, folds


def _task(session: Session, count: int, number: int) -> Task:
    photos = tuple(splits.fold(session.dataset.photos, count, number))
    of_fold = replace(session.dataset, photos=photos)
    checks.check(of_fold, session.dataset.root)
    return Task(f"fold {number + 1} of {count}", session.recipe, of_fold)


def _finished(outcome: Outcome) -> Run:
    if outcome.run is None:
        raise RunError(
            f"{outcome.task.name} failed: {outcome.failed}",
            hint="Put it right and give the same command again: finished folds stay as they are.",
        )
    return outcome.run


def _folds(recipe: str, runs: Sequence[str], held_out: Sequence[Predictions], seed: int) -> Folds:
    folds = []
    for run, one in zip(runs, held_out, strict=True):
        losses = log_losses(one.probabilities.astype(np.float64), one.labels)
        accuracy, log_loss = float(one.right.mean()), float(losses.mean())
        folds.append(Fold(run=run, photos=len(one.paths), accuracy=accuracy, log_loss=log_loss))
    probabilities = np.concatenate([one.probabilities for one in held_out])
    labels = np.concatenate([one.labels for one in held_out])
    return Folds(
        recipe=recipe,
        folds=tuple(folds),
        accuracy=_spread([fold.accuracy for fold in folds]),
        log_loss=_spread([fold.log_loss for fold in folds]),
        together=metrics.measure(probabilities, labels, seed),
    )


def _spread(values: Sequence[float]) -> Spread:
    return Spread(mean=float(np.mean(values)), deviation=float(np.std(values, ddof=1)))


def _table(folds: Folds) -> str:
    """Return the folds as a table to read."""
    lines = [
        f"# {folds.recipe}: {len(folds.folds)} folds",
        "",
        "| fold | photos held out | accuracy | log loss | run |",
        "|---|---|---|---|---|",
    ]
    for number, one in enumerate(folds.folds, start=1):
        lines.append(f"| {number} | {one.photos:,} | {one.accuracy:.2%} | {one.log_loss:.4f} | {one.run} |")
    accuracy, log_loss, together = folds.accuracy, folds.log_loss, folds.together
    spreads = (
        f"{accuracy.mean:.2%} ± {accuracy.deviation:.2%}",
        f"{log_loss.mean:.4f} ± {log_loss.deviation:.4f}",
    )
    lines.append(f"| mean ± deviation | | {spreads[0]} | {spreads[1]} | |")
    low, high = together.intervals95.accuracy
    figures = (
        f"accuracy {together.accuracy:.2%} (95 %: {low:.2%} to {high:.2%}), log loss {together.log_loss:.4f}"
    )
    lines += [
        "",
        f"All {together.photos:,} photos, each answered by who did not learn from it: {figures}.",
        "",
    ]
    return "\n".join(lines)


def _predictions(held_out: Sequence[Predictions], labels: Sequence[str]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["path", "label", "fold", *labels])
    for number, one in enumerate(held_out, start=1):
        for path, label, row in zip(one.paths, one.labels, one.probabilities, strict=True):
            table.writerow([path, labels[label], number, *(f"{value:.7g}" for value in row)])
    return out.getvalue()
