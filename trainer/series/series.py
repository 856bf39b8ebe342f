"""Several trainings that belong together, each a run of its own, gone on with after an interruption."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError
from rich.console import Console

from trainer import prepare
from whatsit import files
from whatsit import run as runs
from whatsit.errors import RunError, WhatsitError
from whatsit.manifest import Hash, Record, first_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from trainer.data.datasets import Dataset
    from trainer.prepare import Session
    from trainer.recipe import Recipe
    from whatsit.run import Run

    Train = Callable[[Run, Recipe], Run]


@dataclass(frozen=True, slots=True)
class Task:
    """One training of a series: its name within it, its recipe, its photos."""

    name: str
    recipe: Recipe
    dataset: Dataset


class _Member(Record):
    folder: str = ""
    failed: str = ""


class _Begun(Record):
    """What `series.json` keeps: a hash of all tasks, and the run that each has so far."""

    tasks: Hash
    members: Mapping[str, _Member] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a task: its finished run, or why there is none."""

    task: Task
    run: Run | None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The trainings `tasks` of a session, of one `kind`; what they have in common goes into `folder`."""

    session: Session
    kind: str
    tasks: tuple[Task, ...]
    folder: Path

    def train(self, train: Train) -> Iterator[Outcome]:
        """Yield what becomes of each task in turn, training those that have no finished run yet.

        Each run has the session's tags, the kind and its task's name as tags. A task that fails with a
        message for people keeps none of the others from their turn, and is tried again when the series is
        gone on with.
        """
        for number, task in enumerate(self.tasks, start=1):
            said = f"{self.kind}: training {number} of {len(self.tasks)}: {task.name}"
            Console(stderr=True, soft_wrap=True).print(said, markup=False, highlight=False)
            try:
                run = train(self._run_of(task), task.recipe)
            except WhatsitError as error:
                self._note(task, failed=str(error))
                yield Outcome(task, None, str(error))
            else:
                self._note(task, folder=run.folder.name)
                yield Outcome(task, run)

    def _run_of(self, task: Task) -> Run:
        """Return the run that the task has begun, or a new one."""
        member = self._begun().members.get(task.name, _Member())
        if member.folder and (self.folder.parent / member.folder / prepare.RECIPE_FILE).is_file():
            return runs.read(self.folder.parent / member.folder)
        tags = (*self.session.tags, self.kind, task.name)
        changed = replace(self.session, recipe=task.recipe, dataset=task.dataset, tags=tags)
        run = prepare.start(replace(changed, series=self.folder.name))
        self._note(task, folder=run.folder.name)
        return run

    def _begun(self) -> _Begun:
        return _read(self.folder) or _Begun(tasks=_hash(self.tasks))

    def _note(self, task: Task, folder: str = "", failed: str = "") -> None:
        begun = self._begun()
        before = begun.members.get(task.name, _Member())
        member = _Member(folder=folder or before.folder, failed=failed)
        _write(self.folder, begun.model_copy(update={"members": {**begun.members, task.name: member}}))


def begun(session: Session, kind: str, tasks: Sequence[Task]) -> Series:
    """Return the series of these tasks: the one begun where runs go, or a new one in `<date>-<name>-<kind>`.

    Raises RunError when the record of one there is damaged.
    """
    wanted = _hash(tasks)
    for folder in sorted(session.into.glob(f"*-{session.name}-{kind}*")):
        there = _read(folder)
        if there and there.tasks == wanted:
            return Series(session, kind, tuple(tasks), folder)
    folder = prepare.new_folder(session.into, f"{session.name}-{kind}")
    _write(folder, _Begun(tasks=wanted))
    return Series(session, kind, tuple(tasks), folder)


def _hash(tasks: Sequence[Task]) -> str:
    digest = hashlib.sha256()
    for task in tasks:
        digest.update(f"{task.name}\n{task.recipe.model_dump_json()}\n{task.dataset.fingerprint}\n".encode())
    return digest.hexdigest()


def _read(folder: Path) -> _Begun | None:
    try:
        return _Begun.model_validate_json((folder / prepare.SERIES_FILE).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except ValidationError as error:
        raise RunError(
            f"{prepare.SERIES_FILE} is not valid: {first_problem(error)}.",
            hint="Move this folder away to begin anew.",
            path=folder,
        ) from None


def _write(folder: Path, begun: _Begun) -> None:
    files.write_text(folder / prepare.SERIES_FILE, begun.model_dump_json(indent=1) + "\n")
