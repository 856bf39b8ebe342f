from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import whatsit
from tests.conftest import ROOT
from tests.helpers.tiny_bundle import picture
from whatsit import cli, home
from whatsit.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from whatsit.bundle import Bundle

HEAVY = (
    "dataclasses",
    "inspect",
    "keras",
    "numpy",
    "onnxruntime",
    "PIL",
    "PySide6",
    "pydantic",
    "rich",
    "tensorflow",
    "typer",
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "whatsit", *arguments], capture_output=True, text=True, check=False, cwd=ROOT
    )


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """Note which command would be called instead of calling it."""
    noted: list[tuple[str, list[str]]] = []

    def note(name: str, arguments: Sequence[str]) -> int:
        noted.append((name, list(arguments)))
        return 0

    monkeypatch.setattr(cli, "_call", note)
    return noted


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_version_and_help_load_nothing_heavy(option: str) -> None:
    code = f"import sys; from whatsit.cli import main; main([{option!r}]); print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert loaded.isdisjoint(HEAVY)


def test_classify_loads_nothing_that_only_others_need(tiny: Bundle, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(picture((220, 30, 40)))
    given = ["classify", str(tmp_path), "--model", str(tiny.folder), "-q", "--format", "csv"]
    code = f"import sys; from whatsit.cli import main; code = main({given!r}); print(code, *sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    code, *loaded = ran.stdout.splitlines()[-1].split()
    assert code == "0"
    assert {"whatsit.batch", "onnxruntime", "typer"} <= set(loaded)
    others = {"desktop", "exporter", "trainer", "xlsxwriter", "sklearn", "scipy", "rawpy", "pi_heif"}
    assert not others & {name.partition(".")[0] for name in loaded}


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"whatsit {whatsit.__version__}\n"


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    out = capsys.readouterr().out
    assert all(f"\n  {name} " in out for name in cli.COMMANDS)
    assert max(map(len, out.splitlines())) <= 100


def test_no_command_or_a_folder_opens_the_window(tmp_path: Path, calls: list[tuple[str, list[str]]]) -> None:
    cli.main([])
    cli.main([str(tmp_path)])
    cli.main(["app", str(tmp_path)])
    assert calls == [("app", []), ("app", [str(tmp_path)]), ("app", [str(tmp_path)])]


def test_quiet_may_stand_before_the_command_and_debug_anywhere(calls: list[tuple[str, list[str]]]) -> None:
    cli.main(["-q", "classify", "x", "--debug"])
    assert calls == [("classify", ["-q", "x"])]


@pytest.mark.parametrize("before", ["-q", "--quiet", "--debug"])
def test_help_and_version_are_there_behind_other_options(
    before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([before, "--help"]) == 0
    assert capsys.readouterr().out == cli.usage()
    assert cli.main([before, "--version"]) == 0
    assert capsys.readouterr().out == f"whatsit {whatsit.__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["-q", "models"], ["-q", "models", "--help"], ["-q", "check", "--help"]]
)
def test_quiet_does_no_harm_where_there_is_no_progress(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(arguments) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("clasify", "Did you mean: whatsit classify"),
        ("docter", "Did you mean: whatsit doctor"),
        ("qqqqqq", "See: whatsit --help"),
        ("--bad", "there is no option --bad"),
        ("caf\udce9", "\\udce9"),
    ],
)
def test_a_mistyped_command_gets_the_nearest(
    word: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([word]) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["classify"],
        ["classify", "--bad"],
        ["classify", "x", "--device", "tpu"],
        ["evaluate", "tiny"],
        ["models", "shw"],
        ["doctor", "x"],
    ],
)
def test_bad_usage_exits_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.err
    assert "Traceback" not in captured.err


@pytest.mark.parametrize("name", ["classify", "evaluate", "check", "models", "doctor"])
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([name, "--help"]) == 0
    assert f"whatsit {name}" in capsys.readouterr().out


@pytest.mark.parametrize(("name", "module"), [(name, one.module) for name, one in cli.COMMANDS.items()])
def test_every_command_is_where_the_table_says(name: str, module: str) -> None:
    place = ROOT / f"{module.replace('.', '/')}.py"
    text = place.read_text(encoding="utf-8")
    assert f"def {cli.COMMANDS[name].name}(" in text or f"\n{cli.COMMANDS[name].name} = " in text


@pytest.mark.parametrize(
    ("name", "missing", "extra"),
    [("train", "keras", "train"), ("export", "keras", "export"), ("export", "tf2onnx", "export")],
)
def test_a_missing_extra_gets_the_line_that_installs_it(
    name: str, missing: str, extra: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def call(_name: str, _arguments: Sequence[str]) -> int:
        raise ModuleNotFoundError(f"No module named {missing!r}", name=f"{missing}.layers")

    monkeypatch.setattr(cli, "_call", call)
    assert cli.main([name, "x"]) == 2
    assert f"pip install 'whatsit[{extra}]'" in capsys.readouterr().err


def failing(error: BaseException, monkeypatch: pytest.MonkeyPatch) -> None:
    def call(_name: str, _arguments: Sequence[str]) -> int:
        raise error

    monkeypatch.setattr(cli, "_call", call)


def test_an_error_is_a_line_and_a_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(DeviceError("no such thing.", hint="Do this."), monkeypatch)
    assert cli.main(["doctor"]) == 1
    assert capsys.readouterr().err == "whatsit: no such thing. Do this.\n"


def test_being_stopped_exits_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    failing(KeyboardInterrupt(), monkeypatch)
    assert cli.main(["doctor"]) == 130
    assert capsys.readouterr().err == "Stopped.\n"


def test_a_file_that_cannot_be_written_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(PermissionError(13, "Permission denied", "/out.csv"), monkeypatch)
    assert cli.main(["doctor"]) == 1
    assert capsys.readouterr().err == "whatsit: /out.csv: Permission denied.\n"


def test_what_nobody_foresaw_is_a_line_with_the_traceback_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing(ZeroDivisionError("a bug"), monkeypatch)
    assert cli.main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert "ZeroDivisionError: a bug" in said
    assert "$WHATSIT_HOME/state/whatsit.log" in said
    assert "Traceback" not in said
    assert "Traceback" in (home.state() / "whatsit.log").read_text(encoding="utf-8")
    assert cli.main(["doctor", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_has_seen_enough_is_no_error(tiny: Bundle) -> None:
    command = f"{sys.executable} -m whatsit classify {tiny.folder} --model {tiny.folder} -q | head -c 1"
    ran = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Traceback" not in ran.stderr
    assert "Exception" not in ran.stderr


def test_the_module_is_the_command_line() -> None:
    ran = run("clasify")
    assert ran.returncode == 2
    assert "whatsit classify" in ran.stderr
