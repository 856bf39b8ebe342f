"""The trainer's commands as typed, up to where Keras would be loaded."""

import pytest

from whatsit import cli


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["cats-dog-edge", "--data", "x"], "cats-dogs-edge"),
        (["cats-dogs-edge"], "--data FOLDER"),
        (["cats-dogs-edge", "--data", "x", "--set", "fit.epoch=2"], "fit.epochs"),
        (["--resume", "run", "--set", "fit.epochs=9"], "leave out all but"),
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
