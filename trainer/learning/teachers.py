"""The run that teaches a student: which one may, and why another may not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trainer import prepare, recipes_file
from whatsit import run as runs
from whatsit.errors import DataError, RunError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from trainer.data.datasets import Dataset
    from trainer.recipe import Recipe
    from whatsit.run import Run, RunPhoto

# What is left out names a model or judges it, and changes no answer.
_DECIDING: Final = ("seed", "data", "input", "network", "head", "fit", "augment", "teacher")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The teacher that a student needs: its recipe as it would be trained now, and its labels.

    `held_out` are the sha256 of the photos that the student does not learn from: its teacher may not either,
    or what they show would be in the answers that the student learns.
    """

    name: str
    recipe: Recipe
    labels: tuple[str, ...]
    held_out: frozenset[str]

    def learned(self, train: Iterable[RunPhoto]) -> int:
        """Return how many of the photos, from a teacher's train, the student holds out."""
        return sum(photo.sha256 in self.held_out for photo in train)


def wanted(student: Recipe, labels: Sequence[str], photos: Iterable[RunPhoto]) -> Wanted | None:
    """Return the teacher that a student's recipe names, for its labels and photos; None where it names none.

    Raises UsageError when there is no such recipe, or it is none that can teach.
    """
    if student.teacher is None:
        return None
    weights = f"network.weights={student.network.weights}"
    recipe = recipes_file.load(student.teacher.recipe, (*student.teacher.changes, weights))
    if recipe.head is None or recipe.fit is not None:
        raise UsageError(
            f"teacher.recipe: {student.teacher.recipe} cannot teach;",
            hint="a teacher is a recipe with [head] and without [fit], such as breeds-fused.",
        )
    held_out = frozenset(photo.sha256 for photo in photos if photo.split != "train")
    return Wanted(Path(student.teacher.recipe).stem, recipe, tuple(labels), held_out)


def find(teacher: Wanted, among: Path) -> Path | None:
    """Return the newest run in a folder of runs that may teach."""
    found = [place for place in _fitting(teacher, among) if not _unfinished(place)]
    return max(found, key=lambda place: (place / runs.MODEL_FILE).stat().st_mtime, default=None)


def begun(teacher: Wanted, among: Path) -> Path | None:
    """Return the newest run that may teach once it is finished."""
    found = [place for place in _fitting(teacher, among) if _unfinished(place)]
    return max(found, key=lambda place: (place / prepare.RECIPE_FILE).stat().st_mtime, default=None)


def refused(teacher: Wanted, among: Path) -> list[str]:
    """Return a line for each run of the teacher's recipe that may not teach, with the reason."""
    reasons = [(one.name, _why_not(one, teacher) or _unfinished(one)) for one in _called(teacher.name, among)]
    return [f"{name} cannot teach: {reason}." for name, reason in reasons if reason]


def check(teacher: Wanted, dataset: Dataset) -> None:
    """See that a run on these photos could teach; raises DataError when it could not."""
    if dataset.labels != teacher.labels:
        raise DataError(
            f"the teacher {teacher.name} would learn other labels of these photos than its student.",
            hint="Make [data] of both recipes agree.",
            path=dataset.root,
        )
    if count := teacher.learned(dataset.of("train")):
        raise DataError(
            f"the teacher {teacher.name} would learn from {count:,} of its student's held-out photos.",
            hint="Make [data] of both recipes agree, or give a split.csv.",
            path=dataset.root,
        )


def _fitting(teacher: Wanted, among: Path) -> list[Path]:
    return [place for place in _called(teacher.name, among) if not _why_not(place, teacher)]


def _called(name: str, among: Path) -> list[Path]:
    """Return the folders of the runs of a recipe; a damaged run is none."""
    found = []
    for place in sorted(among.iterdir()) if among.is_dir() else []:
        try:
            if runs.read(place).info.recipe == name:
                found.append(place)
        except RunError:
            continue
    return found


def _why_not(place: Path, teacher: Wanted) -> str:
    """Return why a run may not teach, nothing where it may."""
    try:
        run, recipe = prepare.resume(place)
        return _unlike(run, recipe, teacher) or _leak(run, teacher)
    except RunError as error:
        return error.what.removesuffix(".")


def _unfinished(place: Path) -> str:
    return "" if runs.read(place).finished else "it is not finished"


def _unlike(run: Run, recipe: Recipe, teacher: Wanted) -> str:
    if run.info.series:
        return f"it is a part of {run.info.series}"
    if tuple(label.name for label in run.info.labels) != teacher.labels:
        return "its labels are others"
    others = [name for name in _DECIDING if getattr(recipe, name) != getattr(teacher.recipe, name)]
    return f"it was trained with another {' and another '.join(others)}" if others else ""


def _leak(run: Run, teacher: Wanted) -> str:
    count = teacher.learned(run.photos("train"))
    return f"it learned from {count:,} of the photos that are held out here" if count else ""
