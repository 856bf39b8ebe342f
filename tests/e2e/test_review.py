"""Putting right by keyboard, and the threshold, in the real window."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from desktop.state.filters import ALL, Filter, Reviewed
from desktop.state.orders import Order
from desktop.state.session import Phase
from tests.helpers.windows import OpenWindow, filter_row, folder_of, shown_counts, wait_until_done
from whatsit import bundle as bundles
from whatsit import reviews
from whatsit.decisions import Status
from whatsit.manifest import Decision, OperatingPoint
from whatsit.reviews import Review, Reviews

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow
    from whatsit.bundle import Bundle

WARM = Filter(Status.ANSWERED, "warm")
UNSURE = Filter(Status.NOT_SURE)
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def movable(tiny: Bundle, tmp_path: Path) -> str:
    """The tiny bundle with three thresholds to choose from."""
    folder = tmp_path / "movable"
    folder.mkdir()
    for file in ("model.onnx", "model.int8.onnx"):
        os.link(tiny.folder / file, folder / file)
    points = tuple(
        OperatingPoint(threshold=threshold, wrong_at_most=wrong, set_aside=aside)
        for threshold, wrong, aside in ((0.5, 0.02, 0.0), (0.8, 0.01, 0.03), (0.999, 0.004, 0.5))
    )
    decision = Decision(threshold=0.8, novelty_limit=1.0, photos=400, points=points)
    variants = {
        name: one.model_copy(update={"decision": decision}) for name, one in tiny.manifest.variants.items()
    }
    bundles.write(folder, tiny.manifest.model_copy(update={"variants": variants}))
    return str(folder)


def choose(qtbot: QtBot, window: MainWindow, chosen: Filter) -> None:
    filters = window.room.sidebar.filters
    place = filters.visualRect(window.room.filters.index(filter_row(window, chosen))).center()
    qtbot.mouseClick(filters.viewport(), Qt.MouseButton.LeftButton, pos=place)


def current(window: MainWindow) -> str:
    return window.room.session.photos.card(window.room.grid.currentIndex().row()).photo.name


def press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.room.grid, key)


def test_the_unsure_ones_are_looked_through_by_keyboard(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "grey", "green", "blue", each=2))
    wait_until_done(qtbot, window)
    press(qtbot, window, Qt.Key.Key_F2)
    assert window.room.session.photos.shown.order is Order.UNSURE_FIRST
    assert current(window) == "0001-grey.png"
    press(qtbot, window, Qt.Key.Key_Return)
    assert current(window) == "0005-grey.png"
    press(qtbot, window, Qt.Key.Key_U)
    assert current(window) == "0002-green.png"
    press(qtbot, window, Qt.Key.Key_1)
    counts = shown_counts(window)
    assert (counts["Accepted"], counts["Put right"]) == (1, 2)
    assert (counts["Not sure"], counts["Unknown"]) == (0, 2)
    assert "2 answered" not in window.room.status.said.text()
    assert "4 answered + 2 not sure + 2 unknown" in window.room.status.said.text()  # the model's own states
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert current(window) == "0002-green.png"
    assert window.room.panel.heading.text() == "Unknown"
    assert shown_counts(window)["Put right"] == 1
    qtbot.keyClick(window, Qt.Key.Key_Y, CONTROL)
    assert window.room.panel.heading.text() == "Warm"
    assert window.room.panel.said.text() == "You put it right. The model says: Unknown."


def test_a_photo_that_is_put_right_leaves_the_filter_and_the_next_one_is_at_hand(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "grey", each=3))
    wait_until_done(qtbot, window)
    choose(qtbot, window, UNSURE)
    window.room.grid.setFocus()
    assert [current(window)] == ["0001-grey.png"]
    press(qtbot, window, Qt.Key.Key_2)
    assert current(window) == "0003-grey.png"
    assert window.room.session.photos.rowCount() == 2
    press(qtbot, window, Qt.Key.Key_2, Qt.Key.Key_2)
    assert window.room.session.photos.rowCount() == 0
    choose(qtbot, window, Filter(reviewed=Reviewed.ACCEPTED))
    choose(qtbot, window, Filter(Status.ANSWERED, "cold"))
    assert window.room.session.photos.rowCount() == 3


def test_another_label_is_typed(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue"))
    wait_until_done(qtbot, window)
    press(qtbot, window, Qt.Key.Key_R)
    picker = window.room.reviewer.picker
    assert picker.isVisible()
    assert [picker.list.item(row).text() for row in range(picker.list.count())] == ["Warm", "Cold"]
    qtbot.keyClicks(picker.line, "co")
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert not picker.isVisible()
    assert current(window) == "0001-blue.png"
    press(qtbot, window, Qt.Key.Key_R)
    qtbot.keyClicks(picker.line, "rusty  ")
    assert picker.list.item(0).text() == "“rusty”, a new label"
    qtbot.keyClick(picker.line, Qt.Key.Key_Return)
    assert shown_counts(window)["Rusty"] == 1
    assert shown_counts(window)["Cold"] == 1
    assert window.room.reviewer.reviewing.recent == ["warm", "cold", "rusty"]
    press(qtbot, window, Qt.Key.Key_R)
    qtbot.keyClick(picker.line, Qt.Key.Key_Escape)
    assert not picker.isVisible()


def test_many_are_put_right_at_once(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", each=6))
    wait_until_done(qtbot, window)
    window.room.grid.select_row(1)
    shift = Qt.KeyboardModifier.ShiftModifier
    for _ in range(2):
        qtbot.keyClick(window.room.grid, Qt.Key.Key_Right, shift)
    place = window.room.grid.visualRect(window.room.session.photos.index(5)).center()
    qtbot.mouseClick(window.room.grid.viewport(), Qt.MouseButton.LeftButton, CONTROL, place)
    assert window.room.grid.selected_numbers() == [1, 2, 3, 5]
    assert window.room.review.note.text() == "For the 4 photos that are selected"
    press(qtbot, window, Qt.Key.Key_2)
    assert shown_counts(window)["Cold"] == 4
    qtbot.keyClick(window, Qt.Key.Key_Z, CONTROL)
    assert shown_counts(window)["Warm"] == 6


def test_letters_that_are_typed_into_the_search_put_nothing_right(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue", each=3))
    wait_until_done(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_F, CONTROL)
    assert QApplication.focusWidget() is window.toolbar.search
    qtbot.keyClicks(window.toolbar.search, "Blu1")
    qtbot.keyClick(window.toolbar.search, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: window.room.session.photos.rowCount() == 3)
    assert "blue" in current(window)
    assert window.room.session.photos.collection.said == {}
    qtbot.keyClick(window.toolbar.search, Qt.Key.Key_Return)
    assert window.room.session.photos.collection.said == {}
    window.toolbar.search.setFocus()
    qtbot.keyClick(window.toolbar.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.room.session.photos.rowCount() == 6)
    assert window.room.session.phase is Phase.DONE


def test_a_rerun_keeps_what_a_person_said(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "grey")
    window = open_window(folder)
    wait_until_done(qtbot, window)
    press(qtbot, window, Qt.Key.Key_U)
    window.close()
    (folder / "0000-red.png").rename(folder / "renamed.png")
    again = open_window(folder)
    wait_until_done(qtbot, again)
    assert shown_counts(again)["Put right"] == 1
    choose(qtbot, again, Filter(reviewed=Reviewed.PUT_RIGHT))
    assert current(again) == "renamed.png"
    assert again.room.panel.said.text() == "You put it right. The model says: Warm."
    with Reviews("tiny") as said:
        assert said.of(again.room.session.photos.card(0).photo) == Review(reviews.UNKNOWN, "warm")


def test_the_threshold_files_anew_at_once_and_runs_nothing(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, movable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "grey", "green", each=4), model=movable)
    wait_until_done(qtbot, window)
    slider = window.room.threshold
    assert slider.sentence.text() == "At most 1 in 100 wrong · 3 in 100 set aside"
    assert shown_counts(window)["Not sure"] == 4
    monkeypatch.setattr("whatsit.classifier.Classifier.predict", lambda *_: pytest.fail("the model ran"))
    slider.slider.setFocus()
    qtbot.keyClick(slider.slider, Qt.Key.Key_Left)
    assert slider.sentence.text() == "At most 2 in 100 wrong · none set aside"
    counts = shown_counts(window)
    assert (counts["Not sure"], counts["Unknown"], counts["Warm"] + counts["Cold"]) == (0, 4, 8)
    assert "8 answered + 0 not sure + 4 unknown" in window.room.status.said.text()
    qtbot.keyClick(slider.slider, Qt.Key.Key_End)
    assert shown_counts(window)["Not sure"] == 4
    assert window.room.session.photos.filter == ALL


@pytest.mark.parametrize(
    ("decision", "said"),
    [
        (Decision(threshold=0.0), "Not calibrated: how often it is wrong was never measured"),
        (Decision(threshold=0.8, photos=9), "This model says nothing of other thresholds"),
    ],
)
def test_a_threshold_that_cannot_be_moved_says_why(
    open_window: OpenWindow, qtbot: QtBot, tiny: Bundle, movable: str, decision: Decision, said: str
) -> None:
    manifest = tiny.manifest
    variants = {
        name: one.model_copy(update={"decision": decision}) for name, one in manifest.variants.items()
    }
    folder = bundles.read(tiny.folder.__class__(movable)).folder
    bundles.write(folder, manifest.model_copy(update={"variants": variants}))
    window = open_window(model=movable)
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)
    qtbot.waitUntil(lambda: window.room.threshold.sentence.text() == said)
    assert not window.room.threshold.slider.isEnabled()


def test_a_pause_holds_the_answers_and_a_stopped_folder_goes_on_where_it_was(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)
    window.open([folder_of(tmp_path / "photos", "red", "blue", each=500)])
    qtbot.waitUntil(lambda: window.room.session.progress.done > 0)
    qtbot.mouseClick(window.room.status.pause, Qt.MouseButton.LeftButton)
    assert window.room.session.phase is Phase.PAUSED
    qtbot.wait(300)
    done = window.room.session.progress.done
    qtbot.wait(200)
    assert window.room.session.progress.done == done < 1000
    assert window.room.status.pause.text() == "Go on"
    assert window.room.status.said.text() == f"Paused: {done:,} of 1,000 done"
    qtbot.mouseClick(window.room.status.pause, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.room.session.progress.done > done)
    qtbot.mouseClick(window.room.status.stop, Qt.MouseButton.LeftButton)
    done = window.room.session.progress.done
    assert window.room.session.phase is Phase.STOPPED
    qtbot.mouseClick(window.room.status.pause, Qt.MouseButton.LeftButton)
    wait_until_done(qtbot, window)
    assert shown_counts(window)["Warm"] == shown_counts(window)["Cold"] == 500
