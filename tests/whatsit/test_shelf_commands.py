from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from whatsit import bundle as bundles
from whatsit import cli, shelf
from whatsit.manifest import Check, Measurement

if TYPE_CHECKING:
    from whatsit.bundle import Bundle


@pytest.fixture(autouse=True)
def own_shelf_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "folders", lambda: [shelf.own_folder()])


def test_add_list_show_remove(tiny: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models"]) == 0
    assert "no models" in capsys.readouterr().out
    assert cli.main(["models", "add", str(tiny.folder)]) == 0
    assert cli.main(["models"]) == 0
    listed = capsys.readouterr().out.splitlines()[-1].split()
    assert listed[:4] == ["tiny", "Warm", "or", "cold"]
    assert {"fp32", "int8"} <= {part.strip(",") for part in listed}
    assert cli.main(["models", "show", "tiny"]) == 0
    shown = capsys.readouterr().out
    assert "CC0-1.0" in shown
    assert tiny.sha256 in shown
    assert "Tells red pictures from blue ones." in shown
    assert cli.main(["models", "remove", "tiny"]) == 0
    assert shelf.names() == []


def test_figures_without_a_limit_are_no_passed_checks(
    tiny: Bundle, capsys: pytest.CaptureFixture[str]
) -> None:
    added = shelf.add(tiny.folder)
    checks = (Check(name="loads", passed=True, measured="yes"),)
    measurements = tuple(Measurement(name=name, measured="1") for name in ("size", "time"))
    more = {"checks": checks, "measurements": measurements}
    bundles.write(added.folder, added.manifest.model_copy(update=more))
    assert cli.main(["models", "show", "tiny"]) == 0
    assert "1 of 1 passed, 2 figures measured only" in capsys.readouterr().out


def test_a_damaged_model_is_listed_as_such(tiny: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    (shelf.add(tiny.folder).folder / "bundle.json").write_text("{}", encoding="utf-8")
    assert cli.main(["models"]) == 0
    assert "damaged: bundle.json is not valid" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["show", "remove"])
def test_a_model_that_is_not_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["models", command, "nothing"]) == 1
    assert "no model named 'nothing'" in capsys.readouterr().err


def test_a_card_cannot_steer_the_terminal(tiny: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    card = shelf.add(tiny.folder).folder / "README.md"
    card.write_text("# Title\n\n\x1b[2Jgone [red]not markup[/red]\n", encoding="utf-8")
    assert cli.main(["models", "show", "tiny"]) == 0
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "[red]not markup[/red]" in shown
