from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.trainer.conftest import SHORT, SMALL, begin
from trainer import recipes_file
from trainer.data import splits
from trainer.learning import distil, training
from trainer.learning.extraction import MIRRORED, PLAIN, Extraction
from trainer.learning.heads import Examples
from trainer.network.tops import Top
from trainer.recipe import Recipe
from trainer.sections import Head, Teacher
from whatsit import home
from whatsit import run as runs
from whatsit.errors import RunError
from whatsit.run import Run

TEACHER = Teacher(recipe="cats-dogs-fused", weight=0.5, folds=3)


@pytest.fixture(autouse=True)
def small_recipes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Load every recipe with a small network: a teacher is the run that its recipe would give."""
    load = recipes_file.load
    settings = (*SMALL, "head.strengths=[1.0]")
    monkeypatch.setattr(recipes_file, "load", lambda name, rest=(): load(name, (*settings, *rest)))


def _teacher(photos: Path) -> Run:
    teacher, recipe = begin("cats-dogs-fused", photos)
    return training.train(teacher, recipe)


def _student(photos: Path) -> tuple[Run, Recipe]:
    run, recipe = begin("cats-dogs-edge", photos, *SHORT)
    return run, recipe.model_copy(update={"teacher": TEACHER})


class _Tells:
    """Stands for a learned top: its probability of the second class is 1 for a photo that it has seen."""

    def __init__(self, seen: set[str], photo_of: dict[bytes, str]) -> None:
        self._seen, self._photo_of = seen, photo_of

    def model(self, width: int) -> "_Tells":  # noqa: ARG002 - a top's shape
        return self

    def predict(self, rows: NDArray[np.float32], **_: object) -> NDArray[np.float32]:
        seen = np.array([self._photo_of[row.tobytes()] in self._seen for row in rows])
        return np.where(np.stack([seen, ~seen], axis=1), -100.0, 100.0).astype(np.float32)


def _photo_of(teacher: Run, *learn: Run) -> dict[bytes, str]:
    """Return which photo, at whatever size, each row of the teacher's features is of, mirrored or not."""
    recipe = recipes_file.load("cats-dogs-fused")
    extraction = Extraction(distil._bodies(teacher, recipe), "average", recipe.input)
    return {
        row.tobytes(): f"{photo.label} {Path(photo.path).stem}"
        for run in (teacher, *learn)
        for view in (PLAIN, MIRRORED)
        for photo, row in zip(run.photos("train"), extraction.of(run, run.photos("train"), view), strict=True)
    }


def _telling(monkeypatch: pytest.MonkeyPatch, photo_of: dict[bytes, str]) -> list[set[str]]:
    """Put heads that tell what they have seen in the place of real ones, and return what each saw."""
    every: list[set[str]] = []

    def learn(top: Top, head: Head, train: Examples, *rest: Any) -> Any:  # noqa: ARG001 - as heads.learn
        every.append({photo_of[row.tobytes()] for row in train[0]})
        return _Tells(every[-1], photo_of)

    monkeypatch.setattr(distil.heads, "learn", learn)
    return every


def test_no_answer_is_by_a_head_that_saw_the_photo(photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    teacher = _teacher(photos)
    run, student = _student(photos)
    chosen = run.photos("train")
    taught = teacher.photos("train")
    every = _telling(monkeypatch, _photo_of(teacher, run))
    answers = distil._soft_answers(run, student, chosen, TEACHER)
    assert answers.shape == (2, len(chosen), 2)
    names = {f"{photo.label} {Path(photo.path).stem}" for photo in taught}
    assert {f"{photo.label} {Path(photo.path).stem}" for photo in chosen} == names
    assert answers[:, :, 1].tolist() == np.zeros((2, len(chosen))).tolist()
    assert len(every) == TEACHER.folds
    assert all(0 < len(seen) < len(names) for seen in every)


def test_look_alikes_under_other_names_are_answered_by_who_saw_neither(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = _teacher(photos)
    run, student = _student(photos)
    alike = [photo for photo in run.photos("train") if photo.label == 0][:6]
    bound = {photo.path for photo in alike}
    runs.write_photos(run, [replace(one, key="alike") if one.path in bound else one for one in run.photos()])
    chosen = run.photos("train")
    every = _telling(monkeypatch, _photo_of(teacher, run))
    answers = distil._soft_answers(run, student, chosen, TEACHER)
    assert answers[:, :, 1].max() == 0
    names = {f"0 {Path(photo.path).stem}" for photo in alike}
    assert sorted(len(names & seen) for seen in every) == [0, *[len(names)] * (len(every) - 1)]


def test_a_teacher_answers_each_photo_and_its_mirror_and_is_asked_once(photos: Path) -> None:
    _teacher(photos)
    run, student = _student(photos)
    chosen = run.photos("train")
    targets = distil.targets(run, student, chosen)
    assert targets.shape == (2, len(chosen), 2)
    assert np.allclose(targets.sum(axis=2), 1, atol=1e-5)
    assert not np.array_equal(targets[0], targets[1])
    before = (run.folder / distil._KEPT).stat().st_mtime_ns
    assert np.array_equal(distil.targets(run, student, chosen), targets)
    assert (run.folder / distil._KEPT).stat().st_mtime_ns == before


def test_a_teacher_that_is_not_asked_about_mirrors_sees_none(photos: Path) -> None:
    _teacher(photos)
    run, student = _student(photos)
    student = student.model_copy(update={"teacher": TEACHER.model_copy(update={"mirrored": False})})
    targets = distil.targets(run, student, run.photos("train"))
    assert targets.shape == (1, len(run.photos("train")), 2)
    assert not any("mirror" in place.name for place in (home.cache() / "features").iterdir())


def test_a_teacher_of_random_weights_answers_with_its_own(photos: Path) -> None:
    teacher = _teacher(photos)
    kept = home.cache() / "features"
    before = {place.name for place in kept.iterdir()}
    run, student = _student(photos)
    distil.targets(run, student, run.photos("train"))
    after = {place.name for place in kept.iterdir()}
    assert {name for name in after - before if "mirror" not in name} == set()
    assert len(after - before) == 1
    assert teacher.finished


def test_a_model_that_is_damaged_is_named(photos: Path) -> None:
    teacher = _teacher(photos)
    (teacher.folder / runs.MODEL_FILE).write_bytes(b"no model")
    run, student = _student(photos)
    with pytest.raises(RunError, match="the teacher's model cannot be loaded"):
        distil.targets(run, student, run.photos("train"))


def test_a_class_that_one_fold_has_all_of_is_said_before_anything_is_extracted(
    photos: Path, own_home: Path
) -> None:
    teacher = _teacher(photos)
    group = next(f"owner {number}" for number in range(9) if splits.fold_of(f"owner {number}", 3) == 0)
    cats = [replace(one, key=group) if one.label == 0 else one for one in teacher.photos()]
    runs.write_photos(teacher, cats)
    features = {place: place.stat().st_mtime_ns for place in (own_home / "cache").rglob("*")}
    run, student = _student(photos)
    with pytest.raises(RunError, match=r"all photos of class 'cat' .* in one of its 3 folds") as caught:
        distil.targets(run, student, run.photos("train"))
    assert "teacher.folds" in caught.value.hint
    now = {
        place: place.stat().st_mtime_ns
        for place in (own_home / "cache").rglob("*")
        if "features" in str(place)
    }
    assert now.items() <= features.items()


def test_photos_known_by_other_keys_are_in_one_fold_in_both_runs(photos: Path) -> None:
    teacher, _ = begin("cats-dogs-fused", photos)
    taught = teacher.photos("train")
    old = [replace(photo, key="") for photo in taught]  # a run of before keys were kept
    other = [replace(photo, key=f"group {place // 4}") for place, photo in enumerate(taught)]
    for mine, theirs in ((taught, old), (old, other), (other, taught)):
        places, learned = distil._folds(teacher, theirs, mine, 3)
        assert places.tolist() == learned.tolist()
        of_key = {(photo.key, fold) for photo, fold in zip(mine, places.tolist(), strict=True) if photo.key}
        assert len(of_key) == len({key for key, _ in of_key})


def test_a_teacher_answers_as_its_own_model_does_with_its_bias(
    photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    teacher = _teacher(photos)
    run, student = _student(photos)
    chosen = run.photos("train")
    _telling(monkeypatch, _photo_of(teacher, run))
    even = replace(teacher, info=teacher.info.model_copy(update={"temperature": 100.0, "bias": (3.0, 0.0)}))
    runs.write(even.folder, even.info)
    answers = distil._soft_answers(run, student, chosen, TEACHER)
    # All heads say 100 to -100: in hundredths, and with the bias, 4 to -1.
    assert np.allclose(answers[:, :, 1], 1 / (1 + np.exp(5.0)), atol=1e-6)


def test_without_a_teacher_the_labels_are_the_targets(photos: Path) -> None:
    run, recipe = begin("age-finetune", photos, *SHORT)
    targets = distil.targets(run, recipe, run.photos("tune"))
    assert targets.shape == (1, 8, 2)
    assert targets[0].argmax(axis=1).tolist() == [photo.label for photo in run.photos("tune")]


def test_a_missing_teacher_is_named_with_the_way_to_get_it_and_why_others_are_none(photos: Path) -> None:
    run, student = _student(photos)
    begin("cats-dogs-fused", photos)
    with pytest.raises(RunError, match=r"whatsit train cats-dogs-fused .*--weights none") as caught:
        distil.targets(run, student, run.photos("train"))
    assert "cats-dogs-fused cannot teach: it is not finished" in caught.value.what
