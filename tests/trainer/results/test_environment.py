from __future__ import annotations

import getpass
import shlex
import socket
import sys
from typing import TYPE_CHECKING

import keras
import pytest

from trainer.results import environment
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/robin")
    monkeypatch.setenv("USERPROFILE", "/home/robin")


def test_it_says_with_what_and_by_which_command(tmp_path: Path) -> None:
    environment.write(tmp_path, ["/opt/bin/whatsit", "train", "cats-dogs-edge", "--data", "my photos"])
    found = environment.read(tmp_path)
    assert found is not None
    assert found.commands == ("whatsit train cats-dogs-edge --data 'my photos'",)
    assert found.versions["keras"] == keras.__version__
    assert found.backend in found.versions
    assert set(found.versions) >= {"python", "whatsit", "numpy", "pillow", "scikit-learn"}
    assert found.cores >= 1


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("bin/whatsit", "whatsit age"),
        ("lib/whatsit/__main__.py", "whatsit age"),
        ("setup/model.py", "python setup/model.py age"),
    ],
)
def test_the_command_is_one_that_can_be_typed_again(
    program: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bundle that ships is made by a script: its run once named a `whatsit age`, which there is not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [str(tmp_path / program), "age"])
    assert environment.shown(environment.asked()) == said


def test_nobody_and_no_machine_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WHATSIT_HOME", "/home/robin/own")
    command = [
        "whatsit",
        "train",
        "x",
        "--data",
        "/home/robin/a b",
        "--set",
        "network.weights=/home/robin/own/w",
    ]
    environment.write(tmp_path, [*command, "/home/robinson/y"])
    text = (tmp_path / "environment.json").read_text()
    assert "~/'a b'" in text
    assert "network.weights=$WHATSIT_HOME/w" in text
    assert "/home/robinson/y" in text  # somebody else's, or a folder of that name
    assert "/home/robin/" not in text
    for name in (socket.gethostname(), getpass.getuser()):
        assert f"/{name}/" not in text
    assert socket.gethostname() not in text


def test_a_shown_command_means_the_same_when_typed() -> None:
    words = ["train", "it's", "--set", "data.also=[]", "", "a;b"]
    assert shlex.split(environment.shown(["whatsit", *words])) == ["whatsit", *words]


def test_going_on_adds_the_command_and_keeps_the_time(tmp_path: Path) -> None:
    environment.write(tmp_path, ["whatsit", "train", "x"])
    began = environment.read(tmp_path)
    assert began is not None
    clock = environment.Clock(tmp_path)
    clock._last -= 60
    clock.lap()
    environment.write(tmp_path, ["whatsit", "train", "--resume", "run"])
    second = environment.Clock(tmp_path)
    second._last -= 30
    second.lap()
    second.lap()
    found = environment.read(tmp_path)
    assert found is not None
    assert found.commands == ("whatsit train x", "whatsit train --resume run")
    assert found.begun == began.begun
    assert 90 <= found.seconds < 95


def test_a_clock_without_a_record_is_silent(tmp_path: Path) -> None:
    environment.Clock(tmp_path).lap()
    assert environment.read(tmp_path) is None


def test_a_damaged_record_is_named(tmp_path: Path) -> None:
    (tmp_path / "environment.json").write_text("{}")
    with pytest.raises(RunError, match=r"environment\.json is not valid"):
        environment.read(tmp_path)


def test_a_home_that_is_the_root_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/")
    assert environment.without_home("/data/x") == "/data/x"
