"""Whatever the keyboard reaches has a name for a screen reader, in the window, the webcam and the dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop.actions import Do
from desktop.state import camera_choice
from tests.helpers.cameras import FRONT, FakeCameras
from tests.helpers.windows import OpenWindow, folder_of, wait_until_done

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow


@pytest.fixture
def window(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    cameras = FakeCameras(FRONT)
    monkeypatch.setattr(camera_choice, "_cameras", lambda: cameras)
    made = open_window(folder_of(tmp_path / "photos", "red", "blue"))
    wait_until_done(qtbot, made)
    return made


def nameless(top: QWidget) -> list[str]:
    """Return what Tab reaches and a screen reader has no name for."""
    found = []
    for widget in top.findChildren(QWidget):
        reached = widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if (
            reached
            and not isinstance(widget, QScrollArea)
            and widget.objectName() != "qt_scrollarea_viewport"
        ):
            spoken = QAccessible.queryAccessibleInterface(widget)
            if spoken is None or not spoken.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


def test_all_of_the_window_and_the_webcam_has_names(window: MainWindow, qtbot: QtBot) -> None:
    assert not nameless(window)
    window.actions_by_name[Do.WEBCAM].setChecked(True)
    qtbot.waitUntil(lambda: window.room.webcam.live.answers.seen is not None)
    assert not nameless(window)


@pytest.mark.parametrize("name", [Do.MODELS, Do.DEVICE, Do.SETTINGS])
def test_all_of_the_dialogs_has_names(window: MainWindow, qtbot: QtBot, name: Do) -> None:
    window.actions_by_name[name].trigger()
    qtbot.waitUntil(lambda: name in window.room.dialogs.open and window.room.dialogs.shelf._job is None)
    assert not nameless(window.room.dialogs.open[name])


@pytest.mark.parametrize("name", [Do.MODELS, Do.DEVICE, Do.SETTINGS])
def test_dialogs_follow_light_and_dark_while_they_are_open(
    window: MainWindow, qtbot: QtBot, name: Do
) -> None:
    window.actions_by_name[name].trigger()
    dialog = window.room.dialogs.open[name]
    dress = window.room.dialogs._dress
    light = dialog.grab().toImage().pixelColor(3, 3).lightness()
    dress.choose("dark")
    qtbot.waitUntil(lambda: dialog.grab().toImage().pixelColor(3, 3).lightness() < light)
    dress.choose("system")
    qtbot.waitUntil(lambda: dialog.grab().toImage().pixelColor(3, 3).lightness() == light)
