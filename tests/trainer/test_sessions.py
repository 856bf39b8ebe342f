import json
from pathlib import Path

import pytest

from tests.trainer.conftest import SHORT, SMALL
from trainer import recipes_file, sessions
from trainer.data import datasets
from trainer.results import history, metrics
from trainer.sections import Teacher
from whatsit import run as runs


def _session(name: str, photos: Path, *settings: str) -> sessions.Session:
    recipe = recipes_file.load(name, settings)
    into = photos.parent.parent / "runs"
    return sessions.Session(name, recipe, photos, datasets.read(photos, recipe.data), into, ("tagged",))


def test_a_run_leaves_everything_that_a_run_folder_has(
    photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = sessions.train_one(_session("cats-dogs-edge", photos, *SHORT))
    there = {path.name for path in run.folder.iterdir()}
    assert there >= {
        "run.json", "photos.csv", "recipe.json", "model.keras", "history.csv", "metrics.json",
        "predictions.csv", "environment.json", "report.html", "tensorboard",
    }  # fmt: skip
    assert run.info.tags == ("tagged",)
    assert "tune accuracy" in capsys.readouterr().out
    assert json.loads((run.folder / "environment.json").read_text())["seconds"] > 0
    assert [row.epoch for row in history.read(run.folder)] == [1, 2]


def test_test_photos_are_looked_at_only_when_asked(photos: Path) -> None:
    session = _session("cats-dogs-fused", photos, *SMALL)
    run = sessions.train_one(session)
    assert set(metrics.read(run.folder)) == {"tune", "calibrate"}
    sessions.evaluate_finally(run, session.recipe)
    assert set(metrics.read(run.folder)) == {"tune", "calibrate", "test"}


def test_a_student_s_missing_teacher_is_trained_first(
    photos: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    teacher = recipes_file.load("cats-dogs-fused", SMALL)
    monkeypatch.setattr(sessions.recipes_file, "load", lambda *_: teacher)
    session = _session("cats-dogs-edge", photos, *SHORT)
    taught = session.recipe.model_copy(update={"teacher": Teacher(recipe="cats-dogs-fused", folds=2)})
    session = sessions.Session("cats-dogs-edge", taught, photos, session.dataset, session.into)
    sessions.train_one(session)
    assert "it is trained first" in capsys.readouterr().out
    names = sorted(runs.read(place).info.recipe for place in session.into.iterdir())
    assert names == ["cats-dogs-edge", "cats-dogs-fused"]
    sessions.train_one(session)
    assert "it is trained first" not in capsys.readouterr().out
