"""The dialogs of the real window, by mouse and keyboard: models, device, settings, the report."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, TypeVar

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop.actions import Do
from desktop.settings import Settings
from desktop.views.device import DeviceView
from desktop.views.models import Models
from desktop.views.preferences import Preferences
from tests.helpers import second_bundle
from tests.helpers.windows import OpenWindow, folder_of, shown_counts, wait_until_done
from whatsit import shelf

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QComboBox, QPushButton, QWidget
    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow
    from desktop.views.dialog import Dialog
    from whatsit.bundle import Bundle

D = TypeVar("D", bound="Dialog")


@pytest.fixture
def window(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> MainWindow:
    made = open_window(folder_of(tmp_path / "photos", "red", "blue"))
    wait_until_done(qtbot, made)
    return made


@pytest.fixture
def shades(tmp_path: Path) -> Path:
    """A bundle that nobody added yet."""
    return second_bundle.make(tmp_path / "strangers" / "shades").folder


def opened(qtbot: QtBot, window: MainWindow, keys: Qt.Key, kind: type[D]) -> D:
    qtbot.keyClick(window, keys, Qt.KeyboardModifier.ControlModifier)
    dialog = next(one for one in window.room.dialogs.open.values() if isinstance(one, kind))
    qtbot.waitUntil(dialog.isVisible)
    qtbot.waitUntil(lambda: window.room.dialogs.shelf._job is None)
    return dialog


def click(qtbot: QtBot, button: QPushButton) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def choose(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Choose by the keyboard, as a person does who sees the list."""
    box.setFocus()
    steps = box.findText(text) - box.currentIndex()
    for _ in range(abs(steps)):
        qtbot.keyClick(box, Qt.Key.Key_Down if steps > 0 else Qt.Key.Key_Up)
    assert box.currentText() == text


def drop(target: QWidget, *places: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(place)) for place in places])
    keys, place = Qt.KeyboardModifier.NoModifier, QPoint(20, 20)
    buttons, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(place, copy, data, buttons, keys)
    QApplication.sendEvent(target, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(target, QDropEvent(QPointF(place), copy, data, buttons, keys))


def titles(models: Models) -> list[str]:
    return [models.list.item(row).text().splitlines()[0] for row in range(models.list.count())]


def test_a_model_is_looked_at_and_checked_on_this_machine(window: MainWindow, qtbot: QtBot) -> None:
    models = opened(qtbot, window, Qt.Key.Key_M, Models)
    assert "Cats and dogs" in titles(models)
    assert titles(models)[-1] == "Warm or cold  ·  in use"
    models.list.setFocus()
    qtbot.keyClick(models.list, Qt.Key.Key_Home)
    assert models.page.title.text() == titles(models)[0]
    qtbot.keyClick(models.list, Qt.Key.Key_End)
    assert "Tells red pictures from blue ones." in models.page.card.toPlainText()
    assert not models.page.tabs.isTabEnabled(2)
    click(qtbot, models.check)
    assert "Checking tiny" in models.doing.text()
    qtbot.waitUntil(lambda: "Trust tiny here" in models.page.standing.text())
    checks = models.page.checks
    assert models.page.tabs.currentWidget() is checks
    results = {checks.topLevelItem(row).text(0) for row in range(checks.topLevelItemCount())}
    assert results == {"passed"}
    assert not models.doing.text()


def test_a_model_is_added_by_a_drop_used_and_removed(window: MainWindow, qtbot: QtBot, shades: Path) -> None:
    models = opened(qtbot, window, Qt.Key.Key_M, Models)
    drop(models, shades)
    qtbot.waitUntil(lambda: models.page.title.text() == "Shades")
    qtbot.waitUntil(models.use.isEnabled)
    assert "shades" in shelf.names()
    click(qtbot, models.use)
    qtbot.waitUntil(lambda: shown_counts(window).get("Rose") == 1)
    wait_until_done(qtbot, window)
    assert shown_counts(window)["Ice"] == 1
    assert "Warm" not in shown_counts(window)
    assert not models.use.isEnabled()
    click(qtbot, models.remove)
    qtbot.waitUntil(lambda: "Shades" not in " ".join(titles(models)))
    assert "shades" not in shelf.names()


def test_a_model_that_was_tampered_with_is_refused_and_said(
    window: MainWindow, qtbot: QtBot, shades: Path
) -> None:
    data = bytearray((shades / "model.onnx").read_bytes())
    data[-1] ^= 1
    (shades / "model.onnx").write_bytes(data)
    drop(window, shades)  # on the photos: a bundle is told from photos
    models = window.room.dialogs.open[Do.MODELS]
    qtbot.waitUntil(lambda: bool(models.problem.text()))
    assert "not the file that was proven" in models.problem.text()
    assert "shades" not in shelf.names()
    assert window.room.session.paths[0].name == "photos"


def test_a_name_that_is_taken_is_said(window: MainWindow, qtbot: QtBot, shades: Path) -> None:
    models = opened(qtbot, window, Qt.Key.Key_M, Models)
    drop(models, shades)
    qtbot.waitUntil(lambda: "shades" in shelf.names() and models.add.isEnabled())
    drop(models, shades / "bundle.json")
    qtbot.waitUntil(lambda: "you have a model named shades already" in models.problem.text().lower())


def test_a_model_that_came_with_whatsit_stays(window: MainWindow, qtbot: QtBot) -> None:
    models = opened(qtbot, window, Qt.Key.Key_M, Models)
    models.list.setCurrentRow(0)
    assert not models.remove.isEnabled()
    qtbot.keyClick(models, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.room.dialogs.open)


def test_the_gpu_that_is_not_there_is_said_and_the_switch_goes_back(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("whatsit.cuda.why_not", lambda: "no NVIDIA GPU with a working driver was found")
    device = opened(qtbot, window, Qt.Key.Key_D, DeviceView)
    assert device.runs.text() == "Warm or cold: fp32, CPU"
    choose(qtbot, device.device, "The GPU (CUDA)")
    qtbot.waitUntil(lambda: "NVIDIA" in device.problem.text())
    assert device.runs.text() == "Nothing: the model is not open"
    choose(qtbot, device.device, "The fastest that is proven")
    qtbot.waitUntil(lambda: "NVIDIA GPU" in device.why.text())
    assert not device.problem.text()
    wait_until_done(qtbot, window)
    assert shown_counts(window)["Warm"] == 1


def test_a_file_is_chosen_and_its_speed_measured(window: MainWindow, qtbot: QtBot) -> None:
    device = opened(qtbot, window, Qt.Key.Key_D, DeviceView)
    choose(qtbot, device.variant, "int8")
    qtbot.waitUntil(lambda: device.runs.text() == "Warm or cold: int8, CPU")
    wait_until_done(qtbot, window)
    click(qtbot, device.certify)
    qtbot.waitUntil(lambda: "Trust tiny here" in device.verdict.text())
    assert "fp32, CPU: " in device.speeds.text()
    assert "ms a photo" in device.speeds.text()
    assert device.checks.topLevelItemCount() > 10


def test_settings_hold_at_once_and_are_kept(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    settings = opened(qtbot, window, Qt.Key.Key_Comma, Preferences)
    light = QApplication.palette().window().color().lightness()
    choose(qtbot, settings.scheme, "Dark")
    assert QApplication.palette().window().color().lightness() < light
    choose(qtbot, settings.scheme, "As the system")
    choose(qtbot, settings.language, "Русский")
    assert "opened again" in settings.later.text()
    settings._choose_folder(str(tmp_path / "kept"))
    qtbot.keyClick(settings, Qt.Key.Key_Escape)
    window.close()
    again = Settings()
    assert (again.scheme, again.language, again.snapshots) == ("system", "ru", tmp_path / "kept")


def test_a_report_is_copied_and_the_log_shown(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, own_home: Path
) -> None:
    places: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: places.append(url.toLocalFile()))
    QGuiApplication.clipboard().clear()
    settings = opened(qtbot, window, Qt.Key.Key_Comma, Preferences)
    window.actions_by_name[Do.SHOW_LOG].trigger()
    assert places == [str(own_home / "state")]
    window.actions_by_name[Do.REPORT].trigger()
    qtbot.waitUntil(lambda: "in the clipboard" in settings.doing.text(), timeout=60_000)
    report = QGuiApplication.clipboard().text()
    assert report.startswith("Whatsit")
    assert "CUDA" in report
    assert str(own_home) not in report


def test_the_window_closes_while_a_model_is_checked(window: MainWindow, qtbot: QtBot, shades: Path) -> None:
    models = opened(qtbot, window, Qt.Key.Key_M, Models)
    drop(models, shades)
    window.close()
    assert not window.room.dialogs.open
    shutil.rmtree(shades)


def test_models_work_while_a_folder_is_answered(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, tiny: Bundle, strangers: list[str]
) -> None:
    window = open_window(folder_of(tmp_path / "many", "red", "blue", each=100))
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)
    models = opened(qtbot, window, Qt.Key.Key_M, Models)
    click(qtbot, models.check)
    qtbot.waitUntil(lambda: tiny.manifest.name in window.room.dialogs.shelf.certificates)
    wait_until_done(qtbot, window)
    assert shown_counts(window)["Warm"] == 100
    assert not strangers
