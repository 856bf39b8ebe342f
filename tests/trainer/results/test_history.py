from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from trainer.results import history
from trainer.results.history import Row
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.results.history import Stage


def row(stage: Stage, epoch: int, tune_log_loss: float = 0.5) -> Row:
    return Row(stage, epoch, 0.25, 0.875, tune_log_loss, 0.75, 0.001, 123.5)


def test_rows_come_back_as_they_were(tmp_path: Path) -> None:
    assert history.read(tmp_path) == []
    rows = [row("head", 1), row("head", 2), row("fit", 1)]
    for one in rows:
        history.append(tmp_path, one)
    assert history.read(tmp_path) == rows


def test_an_interrupted_epoch_is_done_again_and_later_ones_go(tmp_path: Path) -> None:
    for one in [row("head", 1), row("fit", 1), row("fit", 2), row("fit", 3)]:
        history.append(tmp_path, one)
    history.append(tmp_path, row("fit", 2, 0.125))
    assert history.read(tmp_path) == [row("head", 1), row("fit", 1), row("fit", 2, 0.125)]


def test_what_was_not_measured_stays_so(tmp_path: Path) -> None:
    history.append(tmp_path, row("fit", 1, math.nan))
    assert math.isnan(history.read(tmp_path)[0].tune_log_loss)


@pytest.mark.parametrize("text", ["", "epoch,loss\n1,2\n", "{head}walk,1,1,1,1,1,1,1\n", "{head}fit,1,1\n"])
def test_a_damaged_history_is_named(tmp_path: Path, text: str) -> None:
    history.append(tmp_path, row("fit", 1))
    file = tmp_path / "history.csv"
    head = file.read_text().splitlines()[0] + "\n"
    file.write_text(text.replace("{head}", head))
    with pytest.raises(RunError, match=r"history\.csv"):
        history.read(tmp_path)
