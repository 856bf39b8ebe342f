import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trainer.conftest import SHORT, SMALL, finished
from trainer import prepare, recipes_file, sessions
from trainer.data import datasets
from trainer.results import history, metrics
from trainer.sections import Teacher
from whatsit import locks
from whatsit import run as runs
from whatsit.errors import RunError, UsageError


def _session(name: str, photos: Path, *settings: str) -> prepare.Session:
    recipe = recipes_file.load(name, settings)
    into = photos.parent.parent / "runs"
    return prepare.Session(name, recipe, photos, datasets.read(photos, recipe.data), into, ("tagged",))


def test_a_run_leaves_everything_that_a_run_folder_has(
    photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = sessions.train_one(_session("age-finetune", photos, *SHORT))
    there = {path.name for path in run.folder.iterdir()}
    assert there >= {
        "run.json", "photos.csv", "recipe.json", "model.keras", "history.csv", "metrics.json",
        "predictions.csv", "environment.json", "report.html", "tensorboard",
    }  # fmt: skip
    assert run.info.tags == ("tagged",)
    assert "tune accuracy" in capsys.readouterr().out
    assert json.loads((run.folder / "environment.json").read_text())["seconds"] > 0
    assert [row.epoch for row in history.read(run.folder)] == [0, 1, 2]


def test_two_trainings_never_write_one_run(photos: Path) -> None:
    session = _session("cats-dogs-fused", photos, *SMALL)
    run = prepare.start(session)
    with (
        locks.alone(run.folder / ".lock", RunError("held here.")),
        pytest.raises(RunError, match="another training is writing this run"),
    ):
        sessions.go_on(run, session.recipe)
    assert sessions.go_on(run, session.recipe).finished
    assert not (run.folder / ".lock").exists()
    written = (run.folder / runs.MODEL_FILE).stat().st_mtime_ns
    assert sessions.go_on(run, session.recipe).finished, "read before it was finished, and done once"
    assert (run.folder / runs.MODEL_FILE).stat().st_mtime_ns == written


def test_test_photos_are_looked_at_only_when_asked(photos: Path) -> None:
    session = _session("cats-dogs-fused", photos, *SMALL)
    run = sessions.train_one(session)
    assert set(metrics.read(run.folder)) == {"tune", "calibrate"}
    sessions.evaluate_finally(run, session.recipe)
    assert set(metrics.read(run.folder)) == {"tune", "calibrate", "test"}


@pytest.fixture
def student(photos: Path, monkeypatch: pytest.MonkeyPatch) -> prepare.Session:
    """A session of a student with a teacher; recipes are loaded with a small network."""
    load = recipes_file.load
    session = _session("cats-dogs-edge", photos, *SHORT)
    monkeypatch.setattr(recipes_file, "load", lambda name, rest=(): load(name, (*SMALL, *rest)))
    taught = session.recipe.model_copy(update={"teacher": Teacher(recipe="cats-dogs-fused", folds=2)})
    return replace(session, recipe=taught, tags=())


def _recipes_of(into: Path) -> list[str]:
    return sorted(runs.read(place).info.recipe for place in into.iterdir() if (place / "run.json").exists())


def test_a_missing_teacher_is_trained_first_and_a_run_that_may_not_teach_is_none(
    student: prepare.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    other = recipes_file.load("cats-dogs-fused", ("head.strengths=[0.5]",))
    finished(prepare.start(replace(student, name="cats-dogs-fused", recipe=other)))
    sessions.train_one(student)
    said = capsys.readouterr().out
    assert "cannot teach: it was trained with another head." in said
    assert "it is trained first" in said
    assert _recipes_of(student.into) == ["cats-dogs-edge", "cats-dogs-fused", "cats-dogs-fused"]
    sessions._ensure_teacher(student)
    assert not capsys.readouterr().out


def test_a_teacher_that_was_begun_is_brought_to_its_end(
    student: prepare.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    teacher = recipes_file.load("cats-dogs-fused")
    begun = prepare.start(replace(student, name="cats-dogs-fused", recipe=teacher))
    assert not begun.finished
    sessions._ensure_teacher(student)
    assert runs.read(begun.folder).finished
    assert _recipes_of(student.into) == ["cats-dogs-fused"]
    assert "it is brought to its end first" in capsys.readouterr().out


def test_a_layer_that_is_not_there_is_said_before_anything_is_made(photos: Path) -> None:
    session = _session("age-finetune", photos, *SHORT, "fit.unfreeze=blok_12_add")
    with pytest.raises(UsageError, match="no layer 'blok_12_add'"):
        sessions.train_one(session)
    assert not session.into.exists()


def test_a_sweep_of_a_student_has_every_teacher_trained_first(
    student: prepare.Session, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there: list[list[str]] = []
    monkeypatch.setattr(sessions, "train_one", lambda session: finished(prepare.start(session)))

    def run_sweep(session: prepare.Session, _: object) -> Path:
        there.append(_recipes_of(session.into))
        (session.into / "sweep.md").write_text("| change |")
        return session.into

    monkeypatch.setattr(sessions.sweep, "run_sweep", run_sweep)
    factors = {"fit.learning_rate": (1e-3,), "teacher.recipe": ("cats-dogs-vgg16-frozen",)}
    sessions.train_sweep(replace(student, recipe=student.recipe.model_copy(update={"sweep": factors})))
    assert there == [["cats-dogs-fused", "cats-dogs-vgg16-frozen"]]
    assert "| change |" in capsys.readouterr().out


def test_folds_of_a_student_are_refused_and_nothing_is_trained(student: prepare.Session) -> None:
    with pytest.raises(UsageError, match="--folds: the teacher cats-dogs-fused has learned"):
        sessions.cross_validate(student, 3)
    assert not student.into.exists()
