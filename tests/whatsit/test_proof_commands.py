from __future__ import annotations

import re
import shutil
import socket
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from tests.helpers import planted
from whatsit import cli, cuda, device, golden, proofs, shelf

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle


@pytest.fixture(autouse=True)
def a_wide_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")


def test_check_passes_a_sound_bundle_and_says_to_trust_it(
    tiny: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cuda, "why_not", lambda: "no NVIDIA GPU with a working driver was found")
    assert cli.main(["check", str(tiny.folder)]) == 0
    said = capsys.readouterr()
    assert "FAILED" not in said.out
    assert "20 of 20 checks passed." in said.out
    assert "Not checked on CUDA: no NVIDIA GPU with a working driver was found." in said.out
    assert re.search(
        r"^Trust tiny here. Whatsit runs it as (fp32|int8) on the CPU, [0-9.e-]+ ms a photo; ",
        said.out,
        re.MULTILINE,
    )
    assert "Checking: 2 of 2 variants" in said.err
    assert cli.main(["check", str(tiny.folder), "--quiet"]) == 0
    assert capsys.readouterr().err == ""


def test_what_check_found_the_app_need_not_find_again(tiny: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cli.main(["check", str(tiny.folder)]) == 0

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(proofs, "prove", never)
    assert device.choose(tiny, "cpu").device.reason == ""


def test_check_names_the_variant_that_is_not_to_be_trusted(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    planted.changed(bundle, planted.scaled("weights", -1.0), ("int8",))
    assert cli.main(["check", str(bundle.folder)]) == 1
    out = capsys.readouterr().out
    assert re.search(r"^FAILED +golden answers +int8 CPU +0 of", out, re.MULTILINE)
    assert "Trust tiny here as fp32 on the CPU, which Whatsit takes" in out
    assert "but not int8 on the CPU ('golden answers' failed)." in out


@pytest.mark.parametrize(
    ("name", "data", "failed"),
    [("labels.txt", b"cold\nwarm\n", "labels"), ("golden/index.json", b"", "golden pictures")],
)
def test_check_of_a_bundle_that_is_not_sound_says_not_to_trust_it(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, failed: str
) -> None:
    bundle = planted.copied(tiny, tmp_path / "copy")
    (bundle.folder / name).write_bytes(data)
    assert cli.main(["check", str(bundle.folder)]) == 1
    out = capsys.readouterr().out
    assert re.search(rf"^FAILED +{failed} ", out, re.MULTILINE)
    assert f"Do not trust tiny here: '{failed}' failed. Get it again from where it came from." in out


def test_check_fails_one_that_gives_other_pixels(
    tiny: Bundle, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(tiny.folder, tmp_path / "copy")
    Image.fromarray(np.full((32, 32, 3), 90, np.uint8)).save(tmp_path / "copy" / "golden" / "red.pixels.png")
    assert cli.main(["check", str(tmp_path / "copy")]) == 1
    assert "FAILED" in capsys.readouterr().out


@pytest.fixture
def right(tiny: Bundle) -> NDArray[np.uint8]:
    """Return what a program of one's own must make of the golden pictures."""
    return np.stack([one.pixels for one in golden.read(tiny)])


def test_the_right_pixels_of_another_program_pass(
    tiny: Bundle, tmp_path: Path, right: NDArray[np.uint8], capsys: pytest.CaptureFixture[str]
) -> None:
    np.save(tmp_path / "a.npy", right)
    assert cli.main(["check", str(tiny.folder), "--pixels", str(tmp_path / "a.npy")]) == 0
    out = capsys.readouterr().out
    assert re.search(r"^same +red.png +0 +0.00 +0.000 +warm +$", out, re.MULTILINE)
    assert "These pixels may be used" in out


def test_other_pixels_of_another_program_fail_with_what_was_probably_done(
    tiny: Bundle, tmp_path: Path, right: NDArray[np.uint8], capsys: pytest.CaptureFixture[str]
) -> None:
    np.save(tmp_path / "a.npy", right[..., ::-1])
    assert cli.main(["check", str(tiny.folder), "--pixels", str(tmp_path / "a.npy")]) == 1
    out = capsys.readouterr().out
    assert re.search(r"^OTHER +red.png +180 .* warm → cold +BGR, not RGB", out, re.MULTILINE)
    assert "2 of 4 pictures have other pixels, 2 another answer. Probably: BGR, not RGB (2 of 4)." in out
    np.save(tmp_path / "a.npy", right // 2 + 60)
    assert cli.main(["check", str(tiny.folder), "--pixels", str(tmp_path / "a.npy")]) == 1
    assert "What was done otherwise could not be recognised." in capsys.readouterr().out


def test_pixels_that_are_no_such_file_are_a_mistake_in_use(
    tiny: Bundle, tmp_path: Path, right: NDArray[np.uint8], capsys: pytest.CaptureFixture[str]
) -> None:
    np.save(tmp_path / "a.npy", right / 255)
    for file, said in (("a.npy", "float64 from 0 to"), ("missing.npy", "there is no such file")):
        assert cli.main(["check", str(tiny.folder), "--pixels", str(tmp_path / file)]) == 2
        assert said in capsys.readouterr().err


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


def test_the_doctor_names_neither_the_person_nor_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home" / "jane-doe-7"
    home.mkdir(parents=True)
    monkeypatch.delenv("WHATSIT_HOME")
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setattr(shelf, "folders", lambda: [shelf.own_folder()])
    assert cli.main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "~/" in out
    assert "jane-doe-7" not in out
    assert str(tmp_path) not in out
    assert not re.search(rf"\b{re.escape(socket.gethostname())}\b", out)


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
