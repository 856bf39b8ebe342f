"""Looking closely, by keyboard and mouse: one photo over the whole window, and a part of it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.actions import Do
from desktop.state import camera_choice, words
from desktop.state.session import Phase
from tests.helpers import second_bundle, six_labels
from tests.helpers.cameras import FRONT, FakeCameras
from tests.helpers.tiny_bundle import picture
from tests.helpers.windows import COLOURS, OpenWindow, folder_of, shown_counts, wait_until_done
from whatsit import heatmap

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow

KEY = Qt.Key


def press(qtbot: QtBot, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keys are."""
    focused = QApplication.focusWidget()
    assert focused is not None
    qtbot.keyClick(focused, key, keys)


def opened(open_window: OpenWindow, qtbot: QtBot, folder: Path) -> MainWindow:
    window = open_window(folder)
    wait_until_done(qtbot, window)
    window.room.grid.setFocus()
    return window


def test_a_photo_fills_the_window_and_the_arrows_go_on(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(open_window, qtbot, folder_of(tmp_path / "photos", "red", "blue", "red"))
    picture = window.room.panel.picture
    press(qtbot, KEY.Key_F)
    view = window.room.enlarger.view
    assert view is not None
    assert view.isVisible()
    assert view.geometry() == window.rect()
    assert picture.parentWidget() is view
    assert picture.width() > 0.9 * window.width()
    assert (view.heading.text(), view.name.text(), view.place.text()) == ("Warm", "0000-red.png", "1 of 3")
    press(qtbot, KEY.Key_Left)  # there is none before it
    press(qtbot, KEY.Key_Right)
    assert (view.heading.text(), view.name.text(), view.place.text()) == ("Cold", "0001-blue.png", "2 of 3")
    press(qtbot, KEY.Key_U)  # review goes on in the large view, to the next that nobody looked at
    assert view.name.text() == "0002-red.png"
    qtbot.mouseClick(view.back, Qt.MouseButton.LeftButton)
    assert (view.heading.text(), view.place.text()) == ("Unknown", "2 of 3")
    window.resize(900, 640)
    assert view.geometry() == window.rect()
    press(qtbot, KEY.Key_Tab)
    assert view.isVisible()
    press(qtbot, KEY.Key_Escape)
    assert not view.isVisible()
    assert window.room.panel.layout().itemAt(0).widget() is picture
    assert window.room.grid.hasFocus()
    assert window.room.grid.currentIndex().row() == 1


def test_look_alikes_are_said_to_look_most_alike_where_an_answer_is_read_by_itself(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cameras = FakeCameras(FRONT)
    monkeypatch.setattr(camera_choice, "_cameras", lambda: cameras)
    shades = second_bundle.make(tmp_path / "shades", group="tint")
    window = open_window(folder_of(tmp_path / "photos", "red", "green"), model=str(shades.folder))
    wait_until_done(qtbot, window)
    window.settings.snapshots = tmp_path / "kept"
    panel, photos = window.room.panel, window.room.session.photos
    qtbot.waitUntil(lambda: panel.heading.text() == "Looks most like rose")
    assert photos.index(0).data() == "Looks most like rose, >99% sure, 0000-red.png"
    assert photos.index(1).data() == "Unknown, 0001-green.png"
    assert words.caption(photos.card(0)) == "Rose"
    assert shown_counts(window)["Rose"] == 1
    window.room.grid.setFocus()
    press(qtbot, KEY.Key_F)
    assert window.room.enlarger.view is not None
    assert window.room.enlarger.view.heading.text() == "Looks most like rose"
    press(qtbot, KEY.Key_Escape)
    window.actions_by_name[Do.WEBCAM].setChecked(True)
    live = window.room.webcam.panel
    qtbot.waitUntil(lambda: live.heading.text() == "Looks most like rose")
    qtbot.keyClick(window.room.webcam, Qt.Key.Key_S)  # a file's name has the label alone
    qtbot.waitUntil(lambda: len(list((tmp_path / "kept").glob("*Rose.png"))) == 1)
    assert not list((tmp_path / "kept").glob("*Looks*"))


def test_a_photo_fills_the_window_at_once_before_more_of_its_pixels_are_there(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    Image.new("RGB", (1600, 1200), COLOURS["red"]).save(tmp_path / "photos" / "large.png")
    window = opened(open_window, qtbot, tmp_path / "photos")
    qtbot.waitUntil(lambda: "1,600 × 1,200" in window.room.panel.facts.text())
    press(qtbot, KEY.Key_F)
    picture = window.room.panel.picture
    assert picture._place().height() > 0.95 * picture.height()


def test_a_double_click_fills_the_window_and_what_takes_the_keys_ends_it(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(open_window, qtbot, folder_of(tmp_path / "photos", "red", "blue"))
    place = window.room.grid.visualRect(window.room.session.photos.index(1)).center()
    qtbot.mouseClick(window.room.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(window.room.grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view = window.room.enlarger.view
    assert view is not None
    assert view.name.text() == "0001-blue.png"
    press(qtbot, KEY.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert not view.isVisible()
    assert window.toolbar.search.hasFocus()
    window.room.grid.setFocus()
    press(qtbot, KEY.Key_F)
    assert view.isVisible()
    window.open([folder_of(tmp_path / "others", "red")])
    assert not view.isVisible()
    wait_until_done(qtbot, window)
    assert window.room.panel.picture.parentWidget() is window.room.panel


def test_esc_comes_back_while_photos_are_answered_and_stops_nothing(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)
    window.open([folder_of(tmp_path / "photos", "red", "blue", each=400)])
    qtbot.waitUntil(lambda: window.room.session.progress.done > 0)
    window.room.session.pause()
    window.room.grid.setFocus()
    press(qtbot, KEY.Key_F)
    press(qtbot, KEY.Key_Escape)
    press(qtbot, KEY.Key_A)
    assert window.room.panel.picture._area is not None
    press(qtbot, KEY.Key_Escape)
    assert window.room.panel.picture._area is None
    assert window.room.session.phase is Phase.PAUSED


def test_a_part_is_asked_about_by_keyboard(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    halves = Image.new("RGB", (80, 40), COLOURS["red"])
    halves.paste(COLOURS["blue"], (40, 0, 80, 40))
    (tmp_path / "photos").mkdir()
    halves.save(tmp_path / "photos" / "halves.png")
    window = opened(open_window, qtbot, tmp_path / "photos")
    panel = window.room.panel
    whole = panel.heading.text()
    press(qtbot, KEY.Key_A)
    assert panel.picture.hasFocus()
    assert "Arrows move it" in panel.heat.part.text()
    for _ in range(40):
        press(qtbot, KEY.Key_Left)
    for _ in range(8):
        press(qtbot, KEY.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    area = panel.picture._area
    assert area is not None
    assert (area.left, round(area.width, 6), area.top) == (0.0, 0.34, 0.25)
    qtbot.waitUntil(lambda: panel.heading.text() == "Warm")
    for _ in range(40):
        press(qtbot, KEY.Key_Right)
    qtbot.waitUntil(lambda: panel.heading.text() == "Cold")
    press(qtbot, KEY.Key_Escape)
    assert panel.picture._area is None
    assert panel.heading.text() == whole
    press(qtbot, KEY.Key_A)
    press(qtbot, KEY.Key_A)  # the same key takes it away again
    assert window.actions_by_name[Do.ASK_PART].isEnabled()
    assert panel.picture._area is None


def test_a_heat_map_on_which_nothing_is_seen_says_why(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(open_window, qtbot, folder_of(tmp_path / "photos", "red", "blue"))
    note = window.room.panel.heat.note
    monkeypatch.setattr(heatmap, "heat", lambda *_: np.full((2, 2), -1.0, np.float32))
    press(qtbot, KEY.Key_H)
    said = "No part of it speaks for the best label: the map is empty."
    qtbot.waitUntil(lambda: note.text() == said)
    press(qtbot, KEY.Key_Right)
    assert not note.text()  # that was of the photo before
    qtbot.waitUntil(lambda: note.text() == said)
    press(qtbot, KEY.Key_H)
    assert not note.text()
    monkeypatch.setattr(heatmap, "heat", lambda *_: None)
    press(qtbot, KEY.Key_H)
    qtbot.waitUntil(lambda: note.text() == "This model has no heat map.")


def test_the_invitation_offers_the_folders_that_were_open_lately(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first = open_window(folder_of(tmp_path / "one & other", "red"))
    wait_until_done(qtbot, first)
    first.open([folder_of(tmp_path / "later", "blue")])
    wait_until_done(qtbot, first)
    first.close()
    again = open_window()
    recent = again.notice.recent
    assert [one.accessibleName().rpartition("/")[2] for one in recent.buttons] == ["later", "one & other"]
    assert recent.buttons[1].text().endswith("one && other")
    qtbot.mouseClick(recent.buttons[1], Qt.MouseButton.LeftButton)
    wait_until_done(qtbot, again)
    assert again.windowTitle() == "one & other – Whatsit"
    assert again.room.panel.heading.text() == "Warm"


def test_how_often_a_short_list_is_right_is_said_at_the_threshold_it_was_measured_at(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "list.png").write_bytes(picture(six_labels.COLOURS["list.png"]))
    window = open_window(tmp_path / "photos", model=str(six_labels.make(tmp_path / "six").folder))
    wait_until_done(qtbot, window)
    listed, slider = window.room.panel.listed, window.room.threshold.slider
    said = listed.text()
    assert said.startswith("The right one is ")
    assert said.endswith(" for 95 in 100 photos that get such a list.")
    slider.setFocus()
    press(qtbot, KEY.Key_End)
    assert window.room.session.threshold == 0.9
    assert not listed.text()
    press(qtbot, KEY.Key_Home)
    assert listed.text() == said
