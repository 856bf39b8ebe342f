"""What one `whatsit train` does: a run, a sweep or a cross-validation; a missing teacher first."""

from __future__ import annotations

import errno
import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from rich.console import Console

from trainer import prepare
from trainer.data import datasets
from trainer.learning import teachers, training
from trainer.network import networks
from trainer.results import environment
from trainer.series import folds, sweep
from trainer.trained import final
from whatsit import locks
from whatsit import run as runs
from whatsit.errors import RunError

if TYPE_CHECKING:
    from trainer.prepare import Session
    from trainer.recipe import Recipe
    from whatsit.run import Run

_LOCK: Final = ".lock"
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def train_one(session: Session) -> Run:
    """Train one run, and say where it is and how good."""
    networks.check_layer(session.recipe)  # before a teacher is trained for hours, and a folder is made
    _ensure_teacher(session)
    return go_on(prepare.start(session), session.recipe)


def go_on(run: Run, recipe: Recipe) -> Run:
    """Bring a run to its end from wherever it stands, and say how good it is."""
    _say(f"Run: {run.folder}")
    run = _trained(run, recipe)
    for name, value in (run.info.training.metrics if run.info.training else {}).items():
        _say(f"{name.replace('_', ' ')}: {value:.4f}")
    _say(f"Report: {run.folder / 'report.html'}")
    return run


def train_sweep(session: Session) -> None:
    """Train every variation of a recipe's sweep, and say what each change did."""
    for one in sweep.variations(session.recipe):
        _ensure_teacher(replace(session, recipe=one.recipe))
    table = sweep.run_sweep(session, _trained) / "sweep.md"
    _say(table.read_text(encoding="utf-8"))
    _say(f"Sweep: {table}")


def cross_validate(session: Session, count: int) -> None:
    """Train a recipe once for each of `count` folds, and say how good it is on photos it did not see."""
    folder, found = folds.cross_validate(session, _trained, count)
    accuracy, log_loss = found.accuracy, found.log_loss
    _say(f"accuracy {accuracy.mean:.4f} ± {accuracy.deviation:.4f}")
    _say(f"log loss {log_loss.mean:.4f} ± {log_loss.deviation:.4f}")
    _say(f"Folds: {folder}")


def evaluate_finally(run: Run, recipe: Recipe) -> None:
    """Evaluate a finished run on its test photos, once."""
    with locks.alone(run.folder / _LOCK, _taken(run)):
        final.evaluate(run, recipe.seed)


def _trained(run: Run, recipe: Recipe) -> Run:
    try:
        with locks.alone(run.folder / _LOCK, _taken(run)):
            environment.write(run.folder, environment.asked())
            return training.train(runs.read(run.folder), recipe)  # it may have ended meanwhile
    except KeyboardInterrupt:
        _say(f"Stopped. {_how_to_go_on(run)}")
        raise
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        hint = f"Make room. {_how_to_go_on(run)}"
        raise RunError(f"there is no room to write ({error.strerror}).", hint=hint, path=run.folder) from None


def _taken(run: Run) -> RunError:
    hint = "Wait for it to end, or stop it."
    return RunError("another training is writing this run.", hint=hint, path=run.folder)


def _how_to_go_on(run: Run) -> str:
    if run.info.series:
        return "The same command goes on; what is finished stays."
    return f"Go on with: whatsit train --resume {shlex.quote(str(run.folder))}"


def _ensure_teacher(session: Session) -> None:
    """Train the student's teacher first where no run that may teach lies beside."""
    wanted = teachers.wanted(session.recipe, session.dataset.labels, session.dataset.photos)
    if wanted is None or teachers.find(wanted, session.into):
        return
    if begun := teachers.begun(wanted, session.into):
        _say(f"The teacher {wanted.name} was begun: it is brought to its end first.")
        go_on(*prepare.resume(begun))
        return
    for line in teachers.refused(wanted, session.into):
        _say(line)
    _say(f"No run in {session.into} is one of the teacher {wanted.name}: it is trained first.")
    prepare.check(wanted.recipe)
    dataset = datasets.read(session.data, wanted.recipe.data)
    teachers.check(wanted, dataset)
    train_one(replace(session, name=wanted.name, recipe=wanted.recipe, dataset=dataset))


def _say(text: str) -> None:
    Console(soft_wrap=True, highlight=False).print(text, markup=False)
