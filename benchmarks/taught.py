"""A student beside its teacher and beside the same student that had none, photo by photo of the test split.

    python benchmarks/taught.py STUDENT TEACHER ALONE --out FILE

Three runs that have seen their test photos, by `whatsit train --final`. ALONE is the student's recipe with
`--set teacher.weight=0`: the same photos, epochs and steps, and only the labels to learn. All are the Keras
models of the runs, not exported files. A difference is the student's figure minus the other's, with its 95 %
interval. This reports; nothing may be chosen by it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import record

from whatsit import quiet
from whatsit.errors import RunError, WhatsitError
from whatsit.figures import Z95, log_losses

with quiet.native_noise():
    from trainer import prepare
    from trainer.learning import teachers
    from trainer.results import compare, metrics
    from whatsit import run as runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trainer.recipe import Recipe
    from trainer.results.compare import HeldOut
    from whatsit.run import Run


_NAMES = ("student", "teacher", "alone")
_TOLD = ("sentence", "reported", "source")  # of a recipe; changes no answer


def main() -> None:
    """Compare the three, and write the figures."""
    given = _arguments()
    student, recipe = prepare.resume(given.student)
    alone, teacher = runs.read(given.alone), runs.read(given.teacher)
    _check(student, recipe, teacher, alone)
    tested = {name: _tested(run) for name, run in zip(_NAMES, (student, teacher, alone), strict=True)}
    shared = [key for key in tested["student"].photos if all(key in one.photos for one in tested.values())]
    record.write(
        given.out,
        epochs=recipe.fit.epochs if recipe.fit else 0,
        figures={name: _figures(one, shared) for name, one in tested.items()},
        differences={
            name: compare.photo_by_photo(student, other).model_dump(exclude={"largest_differences"})
            | _lost(tested["student"], tested[name])
            for name, other in (("teacher", teacher), ("alone", alone))
        },
    )


def _check(student: Run, recipe: Recipe, teacher: Run, alone: Run) -> None:
    """Raise RunError where one is not what it is taken for."""
    differing = [
        key for key in compare.recipe_differences([student, alone]) if key.split(".")[0] not in _TOLD
    ]
    untaught = prepare.resume(alone.folder)[1].teacher
    if differing != ["teacher.weight"] or untaught is None or untaught.weight:
        raise RunError(
            f"it differs from the student in {', '.join(differing) or 'nothing'}; in teacher.weight alone it "
            "may, which must be 0.",
            hint="Train it as the student was, with --set teacher.weight=0.",
            path=alone.folder,
        )
    if student.info.data_fingerprint != alone.info.data_fingerprint:
        raise RunError(
            "it learned from other photos than the student.",
            hint="Give it the same --data.",
            path=alone.folder,
        )
    wanted = teachers.wanted(recipe, [label.name for label in student.info.labels], student.photos())
    found = teachers.find(wanted, teacher.folder.parent) if wanted else None
    if found is None or found.resolve() != teacher.folder.resolve():
        hint = f"It is {found}." if found else "There is none beside it."
        raise RunError("it is not the teacher of this student.", hint=hint, path=teacher.folder)


def _tested(run: Run) -> HeldOut:
    found = compare.held_out(run, "test")
    if not found.photos:
        hint = f"whatsit train --resume {run.folder} --final"
        raise RunError("it has not seen its test photos.", hint=hint, path=run.folder)
    return found


def _figures(one: HeldOut, keys: Sequence[str]) -> dict[str, object]:
    probabilities, labels = _rows(one, keys)
    chosen = {"photos", "accuracy", "log_loss", "top5", "intervals95"}
    return metrics.measure(probabilities, labels, seed=1).model_dump(include=chosen)


def _lost(ours: HeldOut, theirs: HeldOut) -> dict[str, object]:
    """Return by how much the log loss of one is above that of the other."""
    shared = [key for key in ours.photos if key in theirs.photos]
    apart = log_losses(*_rows(ours, shared)) - log_losses(*_rows(theirs, shared))
    half = Z95 * float(apart.std(ddof=1)) / len(apart) ** 0.5
    middle = float(apart.mean())
    return {"log_loss": middle, "log_loss_interval95": (middle - half, middle + half)}


def _rows(one: HeldOut, keys: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    rows = np.stack([one.photos[key][1] for key in keys]).astype(np.float64)
    return rows, np.array([one.names.index(one.photos[key][0]) for key in keys], np.int64)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("student", type=Path, help="the run that a teacher taught")
    parser.add_argument("teacher", type=Path, help="its teacher's run")
    parser.add_argument("alone", type=Path, help="the run with teacher.weight=0")
    parser.add_argument("--out", type=Path, required=True, help="where to write the figures")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except WhatsitError as error:
        sys.exit(str(error))
