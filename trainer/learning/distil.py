"""A teacher's soft answers as targets for a student (Hinton et al. 2015, arXiv:1503.02531)."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import softmax

from trainer import prepare
from trainer.learning import batches, heads, teachers
from trainer.learning.extraction import Extraction
from trainer.network import networks, tops
from whatsit import files
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

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
    photos: list[RunPhoto]
    train: heads.Examples
    tune: heads.Examples


def targets(run: Run, recipe: Recipe, photos: Sequence[RunPhoto]) -> NDArray[np.float32]:
    """Return the targets [V,N,C]: the labels (V 1), or a teacher's answers mixed with them.

    With a teacher V is 2: a photo's own answer and its mirror's. They are computed once and kept in the run.
    """
    labels = np.eye(len(run.info.labels), dtype=np.float32)[[photo.label for photo in photos]]
    if recipe.teacher is None:
        return labels[None]
    kept = run.folder / _KEPT
    if not kept.is_file():
        found = _soft_answers(run, recipe.teacher, photos)
        with files.replacing(kept) as temporary, temporary.open("wb") as file:
            np.savez(file, answers=found)
    with np.load(kept, allow_pickle=False) as saved:
        answers: NDArray[np.float32] = saved["answers"]
    weight = recipe.teacher.weight
    return np.asarray(weight * answers + (1 - weight) * labels[None], np.float32)


def _soft_answers(run: Run, teacher: Teacher, photos: Sequence[RunPhoto]) -> NDArray[np.float32]:
    folder = teachers.find(teacher.recipe, run.folder.parent, [label.name for label in run.info.labels])
    if folder is None:
        raise RunError(
            f"no finished run of the teacher {teacher.recipe} is beside this run.",
            hint=f"Train it first: whatsit train {teacher.recipe} --data …",
            path=run.folder,
        )
    lessons = _lessons(*prepare.resume(folder))
    views = [lessons.extraction.of(run, photos, view) for view in (batches.plain, batches.mirrored)]
    places = np.array([_fold(photo.path, teacher.folds) for photo in photos])
    learned = np.array([_fold(photo.path, teacher.folds) for photo in lessons.photos])
    answers = np.zeros((2, len(photos), len(run.info.labels)), np.float32)
    for fold in range(teacher.folds):
        here = places == fold
        if here.any():
            both = np.concatenate([rows[here] for rows in views])
            answers[:, here] = np.stack(np.split(_taught_without(lessons, learned == fold, both), 2))
    return answers


def _lessons(run: Run, recipe: Recipe) -> _Lessons:
    if recipe.head is None or recipe.fit is not None:
        raise RunError("a teacher is a head on frozen backbones; this run is none.", path=run.folder)
    parts = networks.backbones_of(recipe, recipe.input)
    extraction = Extraction(parts, recipe.network.layers[0], recipe.input)
    train, tune = extraction.examples(run, "train"), extraction.examples(run, "tune")
    return _Lessons(run, recipe, extraction, run.photos("train"), train, tune)


def _taught_without(
    lessons: _Lessons, left_out: NDArray[np.bool_], rows: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the probabilities for features [N,D] by a head like the teacher's that saw not all photos."""
    settings, info = lessons.recipe, lessons.run.info
    top = tops.build(settings.network, len(info.labels), settings.seed)
    seen = (lessons.train[0][~left_out], lessons.train[1][~left_out])
    assert settings.head is not None  # noqa: S101 - _lessons saw to it
    with tempfile.TemporaryDirectory() as folder:
        top = heads.learn(top, settings.head, seen, lessons.tune, Path(folder), settings.seed)
    logits = top.model(rows.shape[1]).predict(rows, batch_size=1024, verbose=0)
    return np.asarray(softmax(logits / (info.temperature or 1.0), axis=1), np.float32)


def _fold(path: str, folds: int) -> int:
    """Return the fold of a photo: copies of it, at other sizes, have its name and so its fold."""
    digest = hashlib.sha256(PurePosixPath(path).stem.encode("utf-8", "surrogateescape")).hexdigest()
    return int(digest, 16) % folds
