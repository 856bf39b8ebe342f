"""`benchmarks/taught.py`: a student beside its teacher and beside itself untaught, on real short runs."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.trainer.conftest import SHORT, SMALL
from trainer import prepare, recipes_file, sessions
from trainer.data import datasets
from trainer.sections import Teacher
from whatsit.errors import RunError

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def taught(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("taught", BENCHMARKS / "taught.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def trained(photos: Path, weight: float, *settings: str) -> Path:
    """Train a student whose teacher counts so much, look at its test photos, and return its folder."""
    recipe = recipes_file.load("cats-dogs-edge", (*SHORT, *settings))
    teacher = Teacher(recipe="cats-dogs-fused", changes=SMALL[:-1], folds=2, weight=weight)
    recipe = recipe.model_copy(update={"teacher": teacher})
    into = photos.parent.parent / "runs"
    session = prepare.Session("cats-dogs-edge", recipe, photos, datasets.read(photos, recipe.data), into)
    run = sessions.train_one(session)
    sessions.evaluate_finally(run, recipe)
    return run.folder


def test_a_student_is_compared_with_its_teacher_and_with_itself_untaught(
    photos: Path, taught: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    student, alone = trained(photos, 0.7), trained(photos, 0)
    (teacher,) = (one for one in student.parent.iterdir() if one.name.endswith("cats-dogs-fused"))
    run, recipe = prepare.resume(teacher)
    out = student.parent / "taught.json"

    def compared(*runs: Path) -> Any:
        monkeypatch.setattr(sys, "argv", ["taught.py", *map(str, runs), "--out", str(out)])
        taught.main()
        return json.loads(out.read_text())

    with pytest.raises(RunError, match="has not seen its test photos"):
        compared(student, teacher, alone)
    sessions.evaluate_finally(run, recipe)
    found = compared(student, teacher, alone)
    assert found["epochs"] == 2
    assert found["figures"].keys() == {"student", "teacher", "alone"}
    assert {one["photos"] for one in found["figures"].values()} == {4}
    for name, one in found["differences"].items():
        if name == "teacher":  # both students have looked at photos of a second folder too
            for figure, difference in (("accuracy", "difference"), ("log_loss", "log_loss")):
                apart = found["figures"]["student"][figure] - found["figures"]["teacher"][figure]
                assert one[difference] == pytest.approx(apart, abs=1e-6)
        low, high = one["log_loss_interval95"]
        assert low <= one["log_loss"] <= high
    with pytest.raises(RunError, match=r"in nothing; in teacher\.weight alone"):
        compared(student, teacher, student)
    with pytest.raises(RunError, match="not the teacher of this student"):
        compared(student, alone, alone)
