from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.helpers import colour_run
from trainer.results import predicted
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path


def test_predictions_are_read_by_split_and_more_are_added(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path, ("a", "b", "c"))
    before = predicted.read(run)
    assert {split: len(one.paths) for split, one in before.items()} == {"tune": 12, "calibrate": 6}
    assert before["tune"].right.mean() == 0.75
    test = run.photos("test")
    predicted.append(run, test, np.eye(3, dtype=np.float32)[[photo.label for photo in test]])
    after = predicted.read(run)
    assert after["test"].right.all()
    assert after["tune"].paths == before["tune"].paths
    assert np.array_equal(after["tune"].probabilities, before["tune"].probabilities)
    predicted.append(run, test, np.eye(3, dtype=np.float32)[[0 for _ in test]])  # evaluated twice at once
    again = predicted.read(run)
    assert again["test"].paths == after["test"].paths
    assert (again["test"].probabilities.argmax(axis=1) == 0).all()


def test_metrics_are_those_of_every_split(tmp_path: Path) -> None:
    found = predicted.metrics_of_run(colour_run.make(tmp_path))
    assert {split: (one.photos, one.accuracy) for split, one in found.items()} == {
        "tune": (8, 0.75),
        "calibrate": (4, 1.0),
    }


@pytest.mark.parametrize(
    "line", ["0/tune-0.png,warm,tune,0.5\n", "x.png,fox,tune,1,0\n", "x.png,warm,tune,a,b\n"]
)
def test_damaged_predictions_are_named(tmp_path: Path, line: str) -> None:
    run = colour_run.make(tmp_path)
    with (run.folder / "predictions.csv").open("a") as file:
        file.write(line)
    with pytest.raises(RunError, match=r"predictions\.csv cannot be read"):
        predicted.read(run)
    (run.folder / "predictions.csv").write_text("path,label,split,cat,dog\n")
    with pytest.raises(RunError, match="other columns"):
        predicted.read(run)
