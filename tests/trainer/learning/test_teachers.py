"""Which runs may teach: none is trained here, they are written as finished."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.trainer.conftest import SMALL, finished
from trainer import prepare, recipes_file
from trainer.data import datasets, splits
from trainer.learning import teachers
from trainer.prepare import Session
from trainer.sections import Teacher
from whatsit import run as runs
from whatsit.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.learning.teachers import Wanted
    from whatsit.run import Run


def _small(name: str) -> tuple[str, ...]:
    return (*SMALL, "fit.side=48") if name == "cats-dogs-edge" else SMALL


@pytest.fixture
def session(photos: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    """What trains the teacher as its student wants it; recipes are loaded with a small network."""
    load = recipes_file.load
    monkeypatch.setattr(recipes_file, "load", lambda name, rest=(): load(name, (*_small(name), *rest)))
    recipe = recipes_file.load("cats-dogs-fused")
    return Session("cats-dogs-fused", recipe, photos, datasets.read(photos), photos.parent.parent / "runs")


def _wanted(session: Session, recipe: str = "cats-dogs-fused") -> Wanted:
    student = recipes_file.load("cats-dogs-edge").model_copy(update={"teacher": Teacher(recipe=recipe)})
    found = teachers.wanted(student, session.dataset.labels, session.dataset.photos)
    assert found is not None
    return found


def _finished(session: Session) -> Run:
    """Write a run as one that has come to its end, later than all before."""
    run = finished(prepare.start(session))
    later = 1_000_000_000 + len(list(session.into.iterdir()))
    os.utime(run.folder / runs.MODEL_FILE, (later, later))
    return run


def test_the_newest_finished_run_of_the_recipe_teaches(session: Session) -> None:
    wanted = _wanted(session)
    assert teachers.find(wanted, session.into) is None
    _finished(session)
    newest = _finished(session)
    begun = prepare.start(session)
    (session.into / "no run").mkdir()
    (session.into / "damaged").mkdir()
    (session.into / "damaged" / runs.RUN_FILE).write_text("{}")
    _finished(replace(session, name="cats-dogs-other"))
    assert teachers.find(wanted, session.into) == newest.folder
    assert teachers.begun(wanted, session.into) == begun.folder
    assert [line.partition(": ")[2] for line in teachers.refused(wanted, session.into)] == [
        "it is not finished."
    ]


def test_other_words_about_the_model_make_no_other_teacher(session: Session) -> None:
    named = session.recipe.model.model_copy(update={"title": "Another title"})
    run = _finished(replace(session, recipe=session.recipe.model_copy(update={"model": named})))
    assert teachers.find(_wanted(session), session.into) == run.folder


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (("head.strengths=[7.0]",), "another head"),
        (("network.weights=imagenet",), "another network"),
        (("data.photos=10",), "another data"),
        (("seed=9", "input.height=64"), "another seed and another input"),
    ],
)
def test_a_run_with_other_settings_does_not_teach(
    session: Session, changed: tuple[str, ...], reason: str
) -> None:
    right = _finished(session)
    other = _finished(replace(session, recipe=recipes_file.load("cats-dogs-fused", changed)))
    wanted = _wanted(session)
    assert teachers.find(wanted, session.into) == right.folder
    (line,) = teachers.refused(wanted, session.into)
    assert line == f"{other.folder.name} cannot teach: it was trained with {reason}."


def test_changes_to_the_teacher_s_recipe_say_which_run_teaches(session: Session) -> None:
    _finished(session)
    changed = _finished(replace(session, recipe=recipes_file.load("cats-dogs-fused", ("seed=9",))))
    teacher = Teacher(recipe="cats-dogs-fused", changes=("seed=9",))
    student = recipes_file.load("cats-dogs-edge").model_copy(update={"teacher": teacher})
    wanted = teachers.wanted(student, session.dataset.labels, session.dataset.photos)
    assert wanted is not None
    assert teachers.find(wanted, session.into) == changed.folder


def test_a_fold_does_not_teach_what_it_has_seen_of_the_student_s_held_out_photos(session: Session) -> None:
    right = _finished(session)
    for number in range(3):
        dataset = replace(session.dataset, photos=tuple(splits.fold(session.dataset.photos, 3, number)))
        _finished(replace(session, dataset=dataset))
    wanted = _wanted(session)
    assert teachers.find(wanted, session.into) == right.folder
    assert all(
        "of the photos that are held out here" in line for line in teachers.refused(wanted, session.into)
    )
    assert len(teachers.refused(wanted, session.into)) == 3


def test_what_belongs_to_a_series_does_not_teach(session: Session) -> None:
    _finished(replace(session, series="today-cats-dogs-fused-folds"))
    wanted = _wanted(session)
    assert teachers.find(wanted, session.into) is None
    assert "a part of today-cats-dogs-fused-folds" in teachers.refused(wanted, session.into)[0]


@pytest.mark.parametrize("split", ["tune", "calibrate", "test"])
def test_one_photo_that_the_student_holds_out_is_enough_under_whatever_name(
    session: Session, split: runs.Split
) -> None:
    photos = list(session.dataset.photos)
    place = next(place for place, photo in enumerate(photos) if photo.split == split)
    photos[place] = replace(photos[place], path="elsewhere/other.jpg", split="train")
    _finished(replace(session, dataset=replace(session.dataset, photos=tuple(photos))))
    wanted = _wanted(session)
    assert teachers.find(wanted, session.into) is None
    assert "it learned from 1 of the photos" in teachers.refused(wanted, session.into)[0]


def test_other_labels_or_a_damaged_recipe_do_not_teach(session: Session) -> None:
    _finished(replace(session, dataset=replace(session.dataset, labels=("cat", "wolf"))))
    damaged = _finished(session)
    (damaged.folder / prepare.RECIPE_FILE).write_text("{}")
    wanted = _wanted(session)
    assert teachers.find(wanted, session.into) is None
    said = " ".join(teachers.refused(wanted, session.into))
    assert "its labels are others" in said
    assert "recipe.json cannot be read" in said


def test_a_recipe_that_learns_from_photos_is_refused_as_a_teacher(session: Session) -> None:
    with pytest.raises(UsageError, match=r"teacher\.recipe: cats-dogs-edge cannot teach"):
        _wanted(session, "cats-dogs-edge")


def test_photos_that_make_no_teacher_are_refused_before_it_is_trained(session: Session) -> None:
    wanted = _wanted(session)
    teachers.check(wanted, session.dataset)
    learned = tuple(replace(photo, split="train") for photo in session.dataset.photos)
    with pytest.raises(DataError, match="would learn from 24 of its student's held-out photos"):
        teachers.check(wanted, replace(session.dataset, photos=learned))
    with pytest.raises(DataError, match="other labels"):
        teachers.check(wanted, replace(session.dataset, labels=("old", "young")))
