"""The window between its first sight and the room for photos: nothing that is asked for is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop import app, furnishing
from desktop.actions import Do
from desktop.furnishing import Furnishing
from desktop.main_window import MainWindow
from desktop.settings import Settings
from desktop.state import camera_choice
from desktop.state.orders import Order
from desktop.state.session import ModelChoice, Phase, Session
from desktop.theme import Theme
from tests.helpers.cameras import FRONT, FakeCameras
from tests.helpers.windows import folder_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from whatsit.bundle import Bundle

# Says what is loaded when the window is painted for the first time, and at the end of a sitting.
SIGHT = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication
from desktop import app as start

LATER = {"numpy", "pydantic", "onnxruntime", "PIL", "sqlite3", "PySide6.QtMultimedia", "desktop.workroom"}
app = QApplication(["whatsit"])

class Watch(QObject):
    painted = False
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and not self.painted:
            self.painted = True
            QTimer.singleShot(0, say)
        return False

def say():
    seen = [one.windowTitle() for one in app.topLevelWidgets() if one.isVisible()]
    print("seen with", sorted(LATER & set(sys.modules)), *seen)
    timer.start()

def look():
    for window in app.topLevelWidgets():
        if hasattr(window, "room") and window.room.session.phase.value == "done":
            timer.stop()
            print("answered", window.room.session.progress.done)
            print("still", sorted({"PySide6.QtMultimedia", "desktop.views.webcam", "desktop.views.models",
                "desktop.views.sort_dialog"} & set(sys.modules)))
            window.close()

timer = QTimer(interval=20)
timer.timeout.connect(look)
watch = Watch()
app.installEventFilter(watch)
QTimer.singleShot(60_000, app.quit)
sys.exit(start.main(sys.argv[1:]))
"""

Begin = "Callable[[], MainWindow]"


@pytest.fixture
def begin(nothing_left: None, qtbot: QtBot, qapp: QApplication, tiny: Bundle) -> Iterator[Begin]:
    """Show the window as the program does; its room comes when the event loop runs."""
    del nothing_left, qtbot
    opened: list[MainWindow] = []

    def make() -> MainWindow:
        window = MainWindow(Theme(qapp), Settings())
        Furnishing(window, lambda: Session(ModelChoice(str(tiny.folder), "cpu", "fp32")))
        opened.append(window)
        window.show()
        return window

    yield make
    for window in opened:
        window.close()
        window.deleteLater()


def furnished(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.waitUntil(lambda: hasattr(window, "room"), timeout=20_000)


def press(qtbot: QtBot, window: MainWindow, name: Do) -> None:
    qtbot.mouseClick(window.toolbar.buttons[window.actions_by_name[name]], Qt.MouseButton.LeftButton)


def drop(window: MainWindow, folder: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(folder))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))


def test_the_window_is_seen_before_anything_that_takes_a_while_is_loaded(
    tmp_path: Path, tiny: Bundle
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue")
    home = str(Path(app.__file__).parent.parent)
    ended = subprocess.run(
        [sys.executable, "-c", SIGHT, str(folder), "--model", str(tiny.folder), "--device", "cpu"],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": home},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ended.stdout.splitlines() == ["seen with [] photos – Whatsit", "answered 2", "still []"], (
        ended.stderr
    )
    assert ended.returncode == 0


def test_what_is_pressed_at_once_is_done_once_it_can_be(
    begin: Callable[[], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras = FakeCameras(FRONT)
    monkeypatch.setattr(camera_choice, "_cameras", lambda: cameras)
    window = begin()
    press(qtbot, window, Do.WEBCAM)
    assert not hasattr(window, "room")
    furnished(qtbot, window)
    assert window.pages.currentWidget() is window.room.webcam
    qtbot.waitUntil(lambda: window.room.webcam.live.answers.seen is not None)


def test_what_is_dropped_at_once_is_opened_reviewed_and_searched(
    begin: Callable[[], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "grey")
    window = begin()
    drop(window, folder)
    press(qtbot, window, Do.REVIEW)
    qtbot.keyClicks(window.toolbar.search, "blue")
    furnished(qtbot, window)
    qtbot.waitUntil(lambda: window.room.session.phase is Phase.DONE)
    assert window.windowTitle() == "photos – Whatsit"
    assert window.room.session.photos.shown.order is Order.UNSURE_FIRST
    assert window.toolbar.search.text() == "blue"
    qtbot.waitUntil(lambda: window.room.session.photos.rowCount() == 1)


def test_a_folder_is_named_and_said_to_be_on_its_way(
    begin: Callable[[], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    window = begin()
    window.open([folder_of(tmp_path / "photos", "red")])
    assert window.notice.title.text() == "photos"
    assert window.notice.sentence.text() == "Getting ready…"
    assert window.side.text.text() == "Getting ready…"
    for name in (Do.SORT, Do.EXPORT, Do.STOP):
        assert not window.actions_by_name[name].isEnabled()
    furnished(qtbot, window)
    qtbot.waitUntil(lambda: window.room.session.phase is Phase.DONE)
    assert window.centre.shows_photos
    assert window.actions_by_name[Do.SORT].isEnabled()


def test_a_folder_can_be_asked_for_before_the_room_is_there(
    begin: Callable[[], MainWindow], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path / "photos", "red")
    window = begin()
    press(qtbot, window, Do.OPEN)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(folder))
    dialog.close()
    furnished(qtbot, window)
    qtbot.waitUntil(lambda: window.room.session.phase is Phase.DONE)
    assert window.room.session.progress.done == 1


def test_the_window_closes_before_its_room_is_there(begin: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = begin()
    window.close()
    window = begin()
    window.seen.connect(window.close)  # while the parts are being loaded
    qtbot.waitUntil(lambda: not window.isVisible())
    qtbot.wait(200)
    assert not hasattr(window, "room")


def test_a_part_that_cannot_be_loaded_is_said(
    begin: Callable[[], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(furnishing, "_PARTS", ("desktop.no_such_part",))
    window = begin()
    qtbot.waitUntil(lambda: window.notice.title.text() == "Something went wrong inside Whatsit")
    assert window.notice.sentence.text() == "The log has the details."


def test_what_had_the_keys_keeps_them(begin: Callable[[], MainWindow], qtbot: QtBot) -> None:
    window = begin()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.toolbar.search.setFocus()
    furnished(qtbot, window)
    assert QApplication.focusWidget() is window.toolbar.search
