"""A student beside its teacher and beside the same student that had none, photo by photo of the test split.

    python benchmarks/taught.py STUDENT TEACHER ALONE --out FILE

Three runs that have seen their test photos, by `whatsit train --final`. ALONE is the student's recipe with
`--set teacher.weight=0`: the same photos, epochs and steps, and only the labels to learn. A difference is the
student's figure minus the other's, with its 95 % interval. This reports; nothing may be chosen by it.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import record

from whatsit import quiet
from whatsit.figures import Z95, log_losses

with quiet.native_noise():
    from trainer import prepare
    from trainer.results import compare
    from whatsit import run as runs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trainer.results.compare import HeldOut
    from whatsit.run import Run


def main() -> None:
    """Compare the three, and write the figures."""
    given = _arguments()
    student, *others = [runs.read(folder) for folder in (given.student, given.teacher, given.alone)]
    names = ("teacher", "alone")
    record.write(
        given.out,
        epochs=_epochs(student, others[1]),
        student=_figures(student),
        **{name: _figures(other) for name, other in zip(names, others, strict=True)},
        differences={name: _difference(student, other) for name, other in zip(names, others, strict=True)},
    )


def _epochs(student: Run, alone: Run) -> int:
    """Return how long both learned; in nothing but what the teacher counts may their recipes differ."""
    differing = compare.recipe_differences([student, alone])
    if set(differing) != {"teacher.weight"}:
        raise SystemExit(f"not the same but for teacher.weight: {', '.join(differing) or 'nothing differs'}")
    _, recipe = prepare.resume(student.folder)
    if recipe.fit is None:
        raise SystemExit(f"{student.folder} learned from no photos by gradient descent")
    return recipe.fit.epochs


def _figures(run: Run) -> dict[str, object]:
    split, (figures,) = compare.figures([run])
    if split != "test":
        raise SystemExit(f"not evaluated on test: whatsit train --resume {run.folder} --final")
    chosen = {"photos", "accuracy", "log_loss", "top5", "intervals95"}
    return {"recipe": run.info.recipe} | figures.model_dump(include=chosen)


def _difference(student: Run, other: Run) -> dict[str, object]:
    paired = compare.photo_by_photo(student, other)
    ours, theirs = compare.held_out(student, "test"), compare.held_out(other, "test")
    shared = [key for key in ours.photos if key in theirs.photos]
    apart = _losses(ours, shared) - _losses(theirs, shared)
    half = Z95 * float(apart.std(ddof=1)) / len(apart) ** 0.5
    middle = float(apart.mean())
    return paired.model_dump(exclude={"largest_differences"}) | {
        "log_loss": middle,
        "log_loss_interval95": (middle - half, middle + half),
    }


def _losses(one: HeldOut, keys: Sequence[str]) -> NDArray[np.float64]:
    rows = np.stack([one.photos[key][1] for key in keys]).astype(np.float64)
    return log_losses(rows, np.array([one.names.index(one.photos[key][0]) for key in keys]))


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
    main()
