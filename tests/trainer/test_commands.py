"""The trainer's commands as typed, up to where Keras would be loaded."""

from pathlib import Path

import pytest

from tests.helpers import labelled_photos
from whatsit import cli


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cats-dog-edge", "--data", "x"], "cats-dogs-edge"),
        (["cats-dogs-edge"], "--data FOLDER"),
        (["cats-dogs-edge", "--data", "x", "--set", "fit.epoch=2"], "fit.epochs"),
        (["cats-dogs-edge", "--data", "x", "--folds", "1"], "greater than or equal to 2"),
        (["--resume", "run", "--set", "fit.epochs=9"], "leave out all but"),
    ],
)
def test_a_mistake_is_said_with_what_to_do(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_test_photos_that_are_not_there_are_missed_before_anything_is_trained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", each=8)
    rows = [
        (
            path.relative_to(folder).as_posix(),
            path.parent.name,
            ("train", "train", "tune", "calibrate")[number % 4],
        )
        for number, path in enumerate(sorted(folder.glob("*/*")))
    ]
    labelled_photos.table(folder / "split.csv", [("path", "label", "split"), *rows])
    asked = ["cats-dogs-cnn", "--data", str(folder), "--runs", str(tmp_path / "runs"), "--final"]
    assert cli.main(["train", *asked]) == 2
    assert "there are none here" in capsys.readouterr().err
    assert not (tmp_path / "runs").exists()


def test_weights_that_no_backbone_takes_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["train", "cats-dogs-cnn", "--data", str(tmp_path / "none"), "--weights", "none"]) == 1
    assert "has no backbones" in capsys.readouterr().err


def test_recipes_are_listed_with_their_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["recipes"]) == 0
    assert "cats-dogs-edge" in capsys.readouterr().out
