from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from tensorflow.compat.v1.train import summary_iterator  # not what wrote them

from tests.trainer.results.test_history import row
from trainer.results import boards

if TYPE_CHECKING:
    from pathlib import Path

Points = dict[str, dict[int, float]]


def read(folder: Path) -> Points:
    """Return what TensorBoard would draw: name to step to value, files in the order it reads them."""
    found: Points = {}
    for file in sorted(folder.iterdir()):
        first, *events = summary_iterator(str(file))
        assert first.file_version == "brain.Event:2"
        for event in events:
            for value in event.summary.value:
                found.setdefault(value.tag, {})[event.step] = value.simple_value
    return found


def test_train_and_tune_share_a_chart(tmp_path: Path) -> None:
    for one in [row("head", 1), row("head", 2), row("fit", 1, 0.125)]:
        boards.add(tmp_path, one)
    train, tune = (read(tmp_path / "tensorboard" / side) for side in ("train", "tune"))
    assert train["head/accuracy"] == {1: 0.875, 2: 0.875}
    assert train["fit/photos_per_second"] == {1: 123.5}
    assert tune["head/log_loss"] == {1: 0.5, 2: 0.5}
    assert tune["fit/log_loss"] == {1: 0.125}
    assert set(tune) < set(train)


def test_an_epoch_done_again_replaces_its_points_and_later_ones_go(tmp_path: Path) -> None:
    for one in [row("head", 1), row("fit", 1), row("fit", 2), row("fit", 3), row("fit", 2, 0.125)]:
        boards.add(tmp_path, one)
    tune = read(tmp_path / "tensorboard" / "tune")
    assert tune["fit/log_loss"] == {1: 0.5, 2: 0.125}
    assert tune["head/log_loss"] == {1: 0.5}


def test_what_was_not_measured_is_not_drawn(tmp_path: Path) -> None:
    boards.add(tmp_path, row("fit", 1, float("nan")))
    assert read(tmp_path / "tensorboard" / "tune") == {"fit/accuracy": {1: pytest.approx(0.75)}}


def test_no_file_names_the_machine(tmp_path: Path) -> None:
    boards.add(tmp_path, row("fit", 1))
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert len(files) == 2
    assert not [file for file in files if socket.gethostname() in file.name + str(file.read_bytes())]
