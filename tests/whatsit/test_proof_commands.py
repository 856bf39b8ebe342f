from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from whatsit import cli, shelf

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from whatsit.bundle import Bundle


def test_check_passes_a_sound_bundle(tiny: Bundle, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(tiny.folder)]) == 0
    out = capsys.readouterr().out
    assert "8 of 8 checks passed" in out
    assert "FAILED" not in out


def test_check_fails_one_that_gives_other_pixels(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(tiny.folder, tmp_path / "copy")
    Image.fromarray(np.full((32, 32, 3), 90, np.uint8)).save(tmp_path / "copy" / "golden" / "red.pixels.png")
    assert cli.main(["check", str(tmp_path / "copy")]) == 1
    assert "FAILED" in capsys.readouterr().out


def test_check_of_no_bundle(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(tmp_path)]) == 1
    assert "no bundle here" in capsys.readouterr().err


def test_the_doctor_says_what_works_and_nothing_private(
    tiny: Bundle, own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shelf, "folders", lambda: [shelf.own_folder()])
    shelf.add(tiny.folder)
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    for topic in ("Whatsit", "Python", "Processor", "Providers", "CUDA", "Model", "Speed", "State", "Log"):
        assert f"\n{topic}" in f"\n{out}"
    assert "tiny: fp32 on cpu" in out
    assert "photos per second" in out
    assert "$WHATSIT_HOME/state" in out
    assert str(own_home) not in out


def test_the_doctor_goes_on_where_something_is_missing(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shelf, "folders", lambda: [shelf.own_folder()])
    assert cli.main(["doctor"]) == 0
    assert "whatsit models add" in capsys.readouterr().out
    (shelf.add(tiny.folder).folder / "model.onnx").write_bytes(b"changed")
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "not the file that was proven" in out
    assert "\nState" in out
