from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.helpers import colour_run
from trainer.results import environment, metrics, predicted, run_table
from trainer.results.run_table import Line, Order
from whatsit import cli
from whatsit import run as runs

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of four runs: one final, one of tune alone, one unfinished, one damaged."""
    made, place = colour_run.make(tmp_path / "made").folder, tmp_path / "runs"
    for name, tags in (("a-tune", ("[/x]",)), ("b-final", ("good",)), ("c-begun", ()), ("d-damaged", ())):
        shutil.copytree(made, place / name)
        runs.write(place / name, runs.read(made).info.model_copy(update={"tags": tags, "recipe": name[2:]}))
    final = runs.read(place / "b-final")
    tune = predicted.metrics_of_run(final)["tune"]
    metrics.write(final.folder, {"tune": tune, "test": tune.model_copy(update={"accuracy": 0.9375})})
    environment.write(final.folder, ["whatsit", "train", "colours"])
    clock = environment.Clock(final.folder)
    clock._last -= 3720
    clock.lap()
    (place / "c-begun" / "model.keras").unlink()
    (place / "d-damaged" / "run.json").write_text("{}")
    return place


def rows(text: str) -> dict[str, str]:
    return {line.split()[0]: line for line in text.splitlines() if line[1:2] == "-"}


def test_every_run_has_its_row_whatever_is_wrong_with_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["runs", str(folder)]) == 0
    out = capsys.readouterr().out
    found = rows(out)
    assert list(found) == ["a-tune", "b-final", "c-begun", "d-damaged"]
    assert "[/x]" in found["a-tune"]
    assert "0.7500 " in found["a-tune"]
    assert "0.9375*" in found["b-final"]
    assert "1 h 2 min" in found["b-final"]
    assert "MB" in found["b-final"]
    assert "not finished" in found["c-begun"]
    assert "run.json is not valid" in found["d-damaged"]
    assert "* of test" in out


def test_runs_are_sorted_and_chosen_by_tag(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["runs", str(folder), "--sort", "accuracy"]) == 0
    assert list(rows(capsys.readouterr().out)) == ["b-final", "a-tune", "c-begun", "d-damaged"]
    assert cli.main(["runs", str(folder), "--tag", "good"]) == 0
    assert list(rows(capsys.readouterr().out)) == ["b-final"]
    assert cli.main(["runs", str(folder), "--tag", "none"]) == 0
    assert "no such runs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("by", "first"),
    [
        ("log-loss", "b"),
        ("size", "a"),
        ("time", "b"),
        ("photos", "c"),
        ("accuracy", "c"),
        ("recipe", "a"),
        ("run", "a"),
    ],
)
def test_the_best_is_first_and_the_unknown_last(by: str, first: str) -> None:
    lines = [
        Line("b", "y", photos=10, accuracy=0.5, log_loss=0.1, size=300, seconds=1),
        Line("a", "x", photos=20, accuracy=0.6, log_loss=0.2, size=100, seconds=2),
        Line("c", "z", photos=30, accuracy=0.7, log_loss=0.3, size=200, seconds=3),
        Line("d", "~"),
    ]
    found = [line.run for line in run_table.ordered(lines, Order(by))]
    assert (found[0], found[-1]) == (first, "d")


def test_two_runs_side_by_side(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = folder / "b-final" / "recipe.json"
    recipe.write_text(recipe.read_text().replace('"epochs":3', '"epochs":5'))
    assert cli.main(["runs", "compare", str(folder / "a-tune"), str(folder / "b-final")]) == 0
    out = capsys.readouterr().out
    assert "Figures of tune" in out
    assert any(line.split()[:3] == ["accuracy", "0.7500", "(0.3750"] for line in out.splitlines())
    assert any(line.split() == ["fit.epochs", "3", "5"] for line in out.splitlines())
    assert "on 12 photos that both held out" in out
    assert "Only a-tune is right: 0." in out


def test_runs_are_compared_by_the_names_that_the_list_shows(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.rename(folder.parent / "runs")
    monkeypatch.chdir(folder.parent)
    assert cli.main(["runs", "compare", "a-tune", "b-final"]) == 0
    assert "Figures of tune" in capsys.readouterr().out


def test_the_tenth_run_of_a_day_stands_behind_the_second() -> None:
    lines = [run_table.Line(f"2026-01-01-pets{end}") for end in ("-10", "-2", "")]
    assert [line.run[15:] for line in run_table.ordered(lines, Order.RUN)] == ["", "-2", "-10"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["runs", "nowhere"], 1, "no such folder"),
        (["runs", "compare", "nowhere"], 2, "two runs or more"),
        (["runs", "compare", "nowhere", "nowhere"], 1, "there is no such folder"),
        (["runs", "--sort", "beauty"], 2, "accuracy"),
    ],
)
def test_a_mistake_is_said(
    arguments: list[str],
    code: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(arguments) == code
    assert said in capsys.readouterr().err


def test_the_help_names_both(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["runs", "--help"]) == 0
    out = capsys.readouterr().out
    assert "list" in out
    assert "compare" in out
