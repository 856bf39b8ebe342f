"""The trainer's commands as typed, up to where Keras would be loaded."""

from pathlib import Path

import pytest

from tests.trainer.conftest import SMALL
from trainer import prepare, recipe
from whatsit import cli


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cats-dog-edge", "--data", "x"], "cats-dogs-edge"),
        (["cats-dogs-edge"], "--data FOLDER"),
        (["cats-dogs-edge", "--data", "x", "--set", "finetune.epoch=2"], "finetune.epochs"),
        (["--resume", "run", "--set", "finetune.epochs=9"], "leave out all else"),
    ],
)
def test_a_mistake_is_said_with_what_to_do(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_recipes_are_listed_with_their_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["recipes"]) == 0
    assert "cats-dogs-edge" in capsys.readouterr().out


def test_runs_are_listed_whatever_their_tags_and_a_damaged_one_hides_no_other(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    small = recipe.load("cats-dogs-edge", SMALL)
    prepare.start("one", small, photos, tmp_path / "runs", ("[/x]",))
    broken = prepare.start("two", small, photos, tmp_path / "runs")
    (broken.folder / "run.json").write_text("{}")
    assert cli.main(["runs", str(tmp_path / "runs")]) == 0
    listed = capsys.readouterr().out
    assert "[/x]" in listed
    assert "not valid" in listed
