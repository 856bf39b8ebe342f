"""The webcam view of the real window, by mouse and keyboard, with a fake camera behind Qt's own classes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QFileDialog

from desktop.actions import Do
from desktop.state import camera_choice
from desktop.state.live import LivePhase
from tests.helpers.cameras import BLUE, FRONT, REAR, RED, FakeCameras, image_of, video
from tests.helpers.windows import OpenWindow, folder_of, wait_until_done

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow

NO_KEYS = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def cameras(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> FakeCameras:
    del qtbot
    made = FakeCameras(FRONT, REAR)
    monkeypatch.setattr(camera_choice, "_cameras", lambda: made)
    return made


def click_webcam(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(window.toolbar.buttons[window.actions_by_name[Do.WEBCAM]], Qt.MouseButton.LeftButton)


def wait_for(qtbot: QtBot, window: MainWindow, heading: str) -> None:
    qtbot.waitUntil(lambda: window.room.webcam.panel.heading.text() == heading)


def test_watch_freeze_keep_and_go_back_to_the_photos(
    open_window: OpenWindow, cameras: FakeCameras, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue"))
    wait_until_done(qtbot, window)
    window.settings.snapshots = tmp_path / "kept"
    click_webcam(qtbot, window)
    webcam = window.room.webcam
    wait_for(qtbot, window, "Warm")
    assert webcam.boxes.camera.currentText() == "Front camera"
    assert webcam.boxes.mode.currentText() == "1280 × 720"
    qtbot.waitUntil(lambda: "pictures a second" in webcam.panel.figures.text())
    assert "ms an answer" in webcam.panel.figures.text()
    assert webcam.panel.bars.accessibleName().startswith("Ranked labels: warm")

    qtbot.keyClick(webcam, Qt.Key.Key_Space)
    cameras.image = image_of(BLUE)
    qtbot.wait(100)
    assert webcam.panel.heading.text() == "Warm"
    assert webcam.freeze.text() == "Go on"
    qtbot.keyClick(webcam, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: webcam.said.text().startswith("Saved as"))
    assert len(list((tmp_path / "kept").glob("*Warm.png"))) == 1
    qtbot.keyClick(webcam, Qt.Key.Key_Space)
    wait_for(qtbot, window, "Cold")

    click_webcam(qtbot, window)
    assert webcam.live.phase is LivePhase.OFF
    assert not cameras.feeds[0].running
    assert window.pages.currentWidget() is window.splitter
    assert window.room.session.photos.rowCount() == 2


def test_the_heat_map_and_the_square(open_window: OpenWindow, cameras: FakeCameras, qtbot: QtBot) -> None:
    half = image_of(RED, 400, 300)
    for x in range(200, 400):
        for y in range(300):
            half.setPixel(x, y, 0xFF143CC8)
    cameras.image = half
    window = open_window()
    qtbot.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    picture, panel = window.room.webcam.picture, window.room.webcam.panel
    qtbot.waitUntil(lambda: window.room.webcam.live.answers.seen is not None)
    assert window.room.webcam.live.answers.seen.heat is None  # none is made that nobody wants to see
    qtbot.keyClick(window.room.webcam, Qt.Key.Key_H)
    qtbot.waitUntil(lambda: picture._heat is not None)
    assert panel.heat.isChecked()
    qtbot.mouseClick(panel.heat, Qt.MouseButton.LeftButton, pos=QPoint(10, panel.heat.height() // 2))
    assert picture._heat is None

    qtbot.keyClick(window.room.webcam, Qt.Key.Key_A)
    assert window.room.webcam.live.part is not None
    middle = picture.rect().center()
    qtbot.mousePress(picture, Qt.MouseButton.LeftButton, pos=middle)
    qtbot.mouseMove(picture, middle - QPoint(picture.width() // 3, 0))
    qtbot.mouseRelease(picture, Qt.MouseButton.LeftButton)
    for _ in range(12):
        wheel = QWheelEvent(
            QPointF(middle), QPointF(middle), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, NO_KEYS,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(picture, wheel)
    wait_for(qtbot, window, "Warm")
    for _ in range(40):
        qtbot.keyClick(picture, Qt.Key.Key_Right)
    wait_for(qtbot, window, "Cold")
    side = window.room.webcam.live.part.side
    qtbot.keyClick(picture, Qt.Key.Key_Plus)
    assert window.room.webcam.live.part.side > side
    qtbot.keyClick(window.room.webcam, Qt.Key.Key_A)
    assert window.room.webcam.live.part is None


def test_another_camera_and_resolution_are_chosen(
    open_window: OpenWindow, cameras: FakeCameras, qtbot: QtBot
) -> None:
    window = open_window()
    click_webcam(qtbot, window)
    wait_for(qtbot, window, "Warm")
    webcam = window.room.webcam
    webcam.boxes.mode.setFocus()
    qtbot.keyClick(webcam.boxes.mode, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: cameras.feeds[-1].mode == FRONT.modes[1])
    webcam.boxes.camera.setFocus()
    qtbot.keyClick(webcam.boxes.camera, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: cameras.feeds[-1].camera == REAR)
    wait_for(qtbot, window, "Warm")
    window.close()
    again = open_window()
    click_webcam(qtbot, again)
    wait_for(qtbot, again, "Warm")
    assert again.room.webcam.boxes.camera.currentText() == "Rear camera"


def test_what_goes_wrong_is_said_with_a_way_on(
    open_window: OpenWindow, cameras: FakeCameras, qtbot: QtBot
) -> None:
    cameras.allowed = False
    window = open_window()
    click_webcam(qtbot, window)
    problem = window.room.webcam.problem
    assert problem.isVisible()
    assert problem.title.text() == "Whatsit may not use the camera"
    assert problem.sentence.text()
    cameras.allowed = True
    cameras.plugged = []
    qtbot.keyClick(window.room.webcam, Qt.Key.Key_F5)
    assert "camera" in problem.title.text()
    assert window.room.webcam.boxes.camera.placeholderText() == "No camera"
    cameras.plug(FRONT)
    wait_for(qtbot, window, "Warm")
    assert not problem.isVisible()
    cameras.plug()
    assert problem.title.text() == "Front camera was unplugged"
    assert not window.room.webcam.boxes.mode.isVisible()
    assert not window.room.webcam.actions_by_name[Do.SNAPSHOT].isEnabled()


def test_a_video_plays_through_the_same_view(
    open_window: OpenWindow,
    cameras: FakeCameras,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    file = tmp_path / "video.avi"
    file.write_bytes(video(RED, BLUE, each=30))
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(file)))
    cameras.plugged = []
    window = open_window()
    click_webcam(qtbot, window)
    qtbot.keyClick(window.room.webcam, Qt.Key.Key_V)
    assert window.room.webcam.said.text() == "video.avi"
    wait_for(qtbot, window, "Cold")
    wait_for(qtbot, window, "Warm")


def test_no_pixel_is_made_on_the_windows_thread(
    open_window: OpenWindow, cameras: FakeCameras, qtbot: QtBot, tmp_path: Path, strangers: list[str]
) -> None:
    window = open_window()
    window.settings.snapshots = tmp_path
    click_webcam(qtbot, window)
    wait_for(qtbot, window, "Warm")
    window.room.webcam.actions_by_name[Do.LIVE_HEAT].trigger()
    window.room.webcam.actions_by_name[Do.PART].trigger()
    window.room.webcam.actions_by_name[Do.SNAPSHOT].trigger()
    qtbot.waitUntil(lambda: any(tmp_path.iterdir()))
    cameras.image = image_of(BLUE)
    wait_for(qtbot, window, "Cold")
    assert strangers == []


def test_closing_the_window_switches_the_camera_off(
    open_window: OpenWindow, cameras: FakeCameras, qtbot: QtBot
) -> None:
    window = open_window()
    click_webcam(qtbot, window)
    wait_for(qtbot, window, "Warm")
    window.close()
    assert not cameras.feeds[0].running
