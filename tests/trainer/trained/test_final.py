from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers import colour_run
from trainer.learning import batches
from trainer.results import metrics, predicted
from trainer.trained import final
from whatsit import run as runs
from whatsit.errors import DataError, RunError

if TYPE_CHECKING:
    from pathlib import Path


def refuse(*_: object) -> None:
    raise AssertionError("test is predicted a second time")


def test_test_is_evaluated_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = colour_run.make(tmp_path)
    metrics.write(run.folder, predicted.metrics_of_run(run))
    run = final.evaluate(run)
    assert "test: 6 photos, accuracy 100.00%" in capsys.readouterr().out
    found = metrics.read(run.folder)
    assert (set(found), found["test"].accuracy) == ({"tune", "calibrate", "test"}, 1.0)
    assert len(predicted.read(run)["test"].paths) == 6
    kept = runs.read(run.folder).info
    assert kept.training is not None
    assert kept.training.metrics["test_accuracy"] == 1.0
    assert kept.training.metrics["tune_accuracy"] == 0.75
    assert kept == run.info
    assert "which was evaluated once" in (run.folder / "report.html").read_text()
    monkeypatch.setattr(batches, "predict", refuse)
    before = {file: file.read_bytes() for file in run.folder.iterdir() if file.is_file()}
    assert final.evaluate(run) == run
    said = capsys.readouterr().out
    assert "evaluated already" in said
    assert "accuracy 100.00%" in said
    assert before == {file: file.read_bytes() for file in run.folder.iterdir() if file.is_file()}


def test_stopped_before_its_figures_it_goes_on_with_the_same_predictions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = final.evaluate(colour_run.make(tmp_path))
    whole = metrics.read(run.folder)
    metrics.write(run.folder, {"tune": whole["tune"], "calibrate": whole["calibrate"]})
    monkeypatch.setattr(batches, "predict", refuse)
    final.evaluate(run)
    assert metrics.read(run.folder) == whole


def test_a_run_without_its_model_is_not_finished(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    run.model_file.unlink()
    with pytest.raises(RunError, match="not finished"):
        final.evaluate(run)


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    run.model_file.write_bytes(b"no model")
    with pytest.raises(RunError, match="cannot be loaded"):
        final.evaluate(run)


def test_no_test_photos_are_said(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    runs.write_photos(run, run.photos("train", "tune", "calibrate"))
    with pytest.raises(DataError, match="no test photos"):
        final.evaluate(run)
