from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trainer.conftest import SHORT, SMALL, begin
from trainer.learning import distil, training
from trainer.learning.heads import Examples
from trainer.network.tops import Top
from trainer.recipe import Recipe
from trainer.sections import Head, Teacher
from whatsit.errors import RunError

TEACHER = Teacher(recipe="cats-dogs-fused", weight=0.5, folds=3)


def _student(photos: Path) -> tuple[object, Recipe]:
    run, recipe = begin("cats-dogs-edge", photos, *SHORT)
    return run, recipe.model_copy(update={"teacher": TEACHER})


def test_a_teacher_answers_each_photo_and_its_mirror_out_of_fold(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher, recipe = begin("cats-dogs-fused", photos, *SMALL, "head.strengths=[1.0]")
    teacher = training.train(teacher, recipe)
    seen: list[set[bytes]] = []
    learn = distil.heads.learn

    def noting(top: Top, head: Head, train: Examples, *rest: Any) -> Top:
        seen.append({row.tobytes() for row in train[0]})
        return learn(top, head, train, *rest)

    monkeypatch.setattr(distil.heads, "learn", noting)
    run, student = _student(photos)
    chosen = run.photos("train")
    targets = distil.targets(run, student, chosen)
    assert targets.shape == (2, len(chosen), 2)
    assert np.allclose(targets.sum(axis=2), 1, atol=1e-5)
    assert not np.array_equal(targets[0], targets[1])
    every = set.union(*seen)
    folds = [distil._fold(photo.path, TEACHER.folds) for photo in teacher.photos("train")]
    assert [len(every - one) for one in seen] == [folds.count(fold) for fold in range(TEACHER.folds)]
    assert sum(len(every - one) for one in seen) == len(set.union(*(every - one for one in seen)))
    before = (run.folder / distil._KEPT).stat().st_mtime_ns
    assert np.array_equal(distil.targets(run, student, chosen), targets)
    assert (run.folder / distil._KEPT).stat().st_mtime_ns == before


def test_copies_of_a_photo_are_in_one_fold() -> None:
    assert distil._fold("full/cat/cat.17.png", 5) == distil._fold("small/cat.17.jpg", 5)
    assert {distil._fold(f"cat.{number}.jpg", 5) for number in range(100)} == {0, 1, 2, 3, 4}


def test_without_a_teacher_the_labels_are_the_targets(photos: Path) -> None:
    run, recipe = begin("cats-dogs-edge", photos, *SHORT)
    targets = distil.targets(run, recipe, run.photos("tune"))
    assert targets.shape == (1, 16, 2)
    assert targets[0].argmax(axis=1).tolist() == [photo.label for photo in run.photos("tune")]


def test_a_missing_teacher_is_named_with_the_way_to_get_it(photos: Path) -> None:
    run, student = _student(photos)
    with pytest.raises(RunError, match="whatsit train cats-dogs-fused"):
        distil.targets(run, student, run.photos("train"))
