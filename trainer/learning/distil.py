"""A teacher's soft answers as targets for a student (Hinton et al. 2015, arXiv:1503.02531)."""

from __future__ import annotations

import shlex
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import keras
import numpy as np

from trainer import prepare
from trainer.data import splits, together
from trainer.learning import heads, teachers
from trainer.learning.extraction import MIRRORED, PLAIN, Extraction
from trainer.network import networks, tops
from trainer.network.scale import Scale
from whatsit import files
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from trainer.network.bodies import Body
    from trainer.recipe import Recipe
    from trainer.sections import Teacher
    from whatsit.run import Run, RunPhoto

_KEPT = "teacher.npz"


@dataclass(frozen=True, slots=True)
class _Lessons:
    """What the teacher learned from, and its way to features."""

    run: Run
    recipe: Recipe
    extraction: Extraction
    train: heads.Examples
    tune: heads.Examples


def targets(run: Run, recipe: Recipe, photos: Sequence[RunPhoto]) -> NDArray[np.float32]:
    """Return the targets [V,N,C]: the labels (V 1), or a teacher's answers mixed with them.

    With a teacher that is asked about mirrors V is 2: a photo's own answer and its mirror's. They are
    computed once and kept in the run.
    """
    labels = np.eye(len(run.info.labels), dtype=np.float32)[[photo.label for photo in photos]]
    if recipe.teacher is None:
        return labels[None]
    kept = run.folder / _KEPT
    if not kept.is_file():
        found = _soft_answers(run, recipe, photos, recipe.teacher)
        with files.replacing(kept) as temporary, temporary.open("wb") as file:
            np.savez(file, answers=found)
    with np.load(kept, allow_pickle=False) as saved:
        answers: NDArray[np.float32] = saved["answers"]
    weight = recipe.teacher.weight
    return np.asarray(weight * answers + (1 - weight) * labels[None], np.float32)


def _soft_answers(
    run: Run, recipe: Recipe, photos: Sequence[RunPhoto], wanted: Teacher
) -> NDArray[np.float32]:
    teacher, own = prepare.resume(_teacher_of(run, recipe))
    places, learned = _folds(teacher, teacher.photos("train"), photos, wanted.folds)
    lessons = _lessons(teacher, own)
    asked = (PLAIN, MIRRORED) if wanted.mirrored else (PLAIN,)
    views = [lessons.extraction.of(run, photos, view) for view in asked]
    answers = np.zeros((len(views), len(photos), len(run.info.labels)), np.float32)
    for fold in np.unique(places):
        here = places == fold
        every = np.concatenate([rows[here] for rows in views])
        answers[:, here] = np.stack(np.split(_taught_without(lessons, learned == fold, every), len(views)))
    return answers


def _teacher_of(run: Run, recipe: Recipe) -> Path:
    assert recipe.teacher is not None  # noqa: S101 - targets saw to it
    labels, among = [label.name for label in run.info.labels], run.folder.parent
    wanted = teachers.wanted(recipe, labels, run.photos())
    assert wanted is not None  # noqa: S101 - targets saw to it
    found = teachers.find(wanted, among)
    if found is None:
        refused = " ".join(teachers.refused(wanted, among))
        weights = wanted.recipe.network.weights
        changes = "".join(f" --set {shlex.quote(change)}" for change in recipe.teacher.changes)
        raise RunError(
            f"no run beside this one is a finished one of the teacher {wanted.name}. {refused}".rstrip(),
            hint=f"Train it first: whatsit train {wanted.name} --data … --weights {weights}{changes}",
            path=run.folder,
        )
    return found


def _folds(
    teacher: Run, taught: Sequence[RunPhoto], photos: Sequence[RunPhoto], folds: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the folds of the student's photos, and of those that the teacher learned from.

    The two may know a photo by different keys, as each has its own from the photos beside it.
    Raises RunError when the head that answers for a fold would have learned from no photo of a class.
    """
    labels = [label.name for label in teacher.info.labels]
    every = [*photos, *taught]
    keys = together.tied(
        [together.key_of(photo, labels) for photo in every], [(photo.sha256,) for photo in every]
    )
    of_every = np.array([splits.fold_of(key, folds) for key in keys], np.int64)
    places, learned = of_every[: len(photos)], of_every[len(photos) :]
    classes = np.array([photo.label for photo in taught])
    for fold in np.unique(places):
        lacking = set(range(len(labels))).difference(classes[learned != fold].tolist())
        if lacking:
            raise RunError(
                f"all photos of class {labels[min(lacking)]!r} that the teacher learned from are in one of "
                f"its {folds} folds: no head that did not see them would know the class.",
                hint="Add photos of it, or choose another number: --set teacher.folds=…",
                path=teacher.folder,
            )
    return places, learned


def _lessons(run: Run, recipe: Recipe) -> _Lessons:
    """Return a teacher's lessons, its backbones being those in its model: random weights are nowhere else."""
    extraction = Extraction(_bodies(run, recipe), recipe.network.layers[0], recipe.input)
    train, tune = extraction.examples(run, "train"), extraction.examples(run, "tune")
    return _Lessons(run, recipe, extraction, train, tune)


def _bodies(run: Run, recipe: Recipe) -> list[Body]:
    built = networks.backbones_of(recipe, recipe.input, loaded=False)
    try:
        model = keras.saving.load_model(run.model_file, compile=False, safe_mode=True)
        return [replace(body, model=model.get_layer(body.choice.name)) for body in built]
    except (ValueError, TypeError, OSError, KeyError) as error:
        raise RunError(
            f"the teacher's model cannot be loaded ({str(error).strip().splitlines()[0]}).",
            hint="Move this run away and train it again.",
            path=run.model_file,
        ) from error


def _taught_without(
    lessons: _Lessons, left_out: NDArray[np.bool_], rows: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the probabilities for features [N,D] by a head like the teacher's that saw not all photos."""
    settings, info = lessons.recipe, lessons.run.info
    top = tops.build(settings.network, len(info.labels), settings.seed)
    assert settings.head is not None  # noqa: S101 - teachers.wanted saw to it
    seen = (lessons.train[0][~left_out], lessons.train[1][~left_out])
    with tempfile.TemporaryDirectory() as folder:
        top = heads.learn(
            top, settings.head, seen, lessons.tune, lessons.extraction.widths, Path(folder), settings.seed
        )
    logits = top.model(rows.shape[1]).predict(rows, batch_size=1024, verbose=0)
    scale = Scale(info.temperature or 1.0, info.bias)
    return np.asarray(scale.probabilities(logits), np.float32)
