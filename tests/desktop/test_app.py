from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop import app
from tests.helpers.windows import folder_of

if TYPE_CHECKING:
    from whatsit.bundle import Bundle

# Opens the window on photos, waits for the last answer, closes it, and says what was loaded.
JOURNEY = """
import sys, threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from desktop import app as start

app = QApplication(["whatsit"])

def look():
    for window in app.topLevelWidgets():
        if hasattr(window, "room") and window.room.session.phase.value == "done":
            timer.stop()
            print("answered", window.room.session.progress.done)
            window.close()

timer = QTimer(interval=20)
timer.timeout.connect(look)
timer.start()
QTimer.singleShot(60_000, app.quit)
code = start.main(sys.argv[1:])
print("threads", [one.name for one in threading.enumerate() if one is not threading.main_thread()])
print("strangers", sorted({"tensorflow", "keras", "tf2onnx", "trainer", "exporter"} & set(sys.modules)))
sys.exit(code)
"""


def _journey(script: str, folder: Path, tiny: Bundle) -> subprocess.CompletedProcess[str]:
    environment = {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(Path(app.__file__).parent.parent)}
    return subprocess.run(
        [sys.executable, "-c", script, str(folder), "--model", str(tiny.folder), "--device", "cpu"],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_app_answers_closes_and_loads_neither_tensorflow_nor_keras(tmp_path: Path, tiny: Bundle) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "green", each=4)
    ended = _journey(JOURNEY, folder, tiny)
    assert ended.stdout.splitlines() == ["answered 12", "threads []", "strangers []"], ended.stderr
    assert ended.returncode == 0
    assert "Traceback" not in ended.stderr


def test_state_and_work_know_no_widgets() -> None:
    root = Path(app.__file__).parent
    files = [*root.glob("state/*.py"), *root.glob("work/*.py")]
    modules = [f"desktop.{file.parent.name}.{file.stem}" for file in files if file.stem != "__init__"]
    assert len(modules) > 8
    code = f"import sys, {', '.join(modules)}; sys.exit('PySide6.QtWidgets' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=root.parent, timeout=60)


def test_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert app._parse(["a", "b", "--model", "x"]) == app.Start((Path("a"), Path("b")), "x")
    with pytest.raises(SystemExit) as ended:
        app._parse(["--device", "toaster"])
    assert ended.value.code == 2
    assert "toaster" in capsys.readouterr().err


def test_the_command_says_what_it_takes() -> None:
    from typer import Typer  # noqa: PLC0415 - as the command line does
    from typer.testing import CliRunner  # noqa: PLC0415

    from desktop import commands  # noqa: PLC0415

    program = Typer()
    program.command()(commands.app)
    said = CliRunner().invoke(program, ["--help"])
    assert said.exit_code == 0
    assert "FOLDER" in said.output


def test_the_window_stays_small() -> None:
    lines = (Path(app.__file__).parent / "main_window.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 250


def test_an_error_in_a_slot_is_logged_said_in_a_line_and_the_window_goes_on(
    tmp_path: Path, own_home: Path, tiny: Bundle
) -> None:
    broken = JOURNEY.replace(
        "timer = QTimer(interval=20)", "QTimer.singleShot(0, lambda: 1 / 0)\ntimer = QTimer(interval=20)"
    )
    folder = folder_of(tmp_path / "photos", "red")
    ended = _journey(broken, folder, tiny)
    assert ended.stdout.splitlines()[0].startswith("answered")
    assert "division by zero; the log has the details" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert "ZeroDivisionError" in (own_home / "state" / "whatsit.log").read_text()
