"""Whole journeys through the real window, by mouse and keyboard."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel

from desktop.actions import Do
from desktop.settings import Settings
from desktop.state import spelling
from desktop.state.filters import ALL, Filter
from desktop.state.session import Phase
from tests.helpers import hostile
from tests.helpers.windows import COLOURS, OpenWindow, filter_row, folder_of, shown_counts, wait_until_done
from whatsit import batch, photos, shelf
from whatsit import bundle as bundles
from whatsit.classifier import Classifier
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow
    from whatsit.bundle import Bundle

WARM = Filter(Status.ANSWERED, "warm")


def drop(window: MainWindow, paths: Sequence[Path]) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, keys = QPointF(700, 400), Qt.KeyboardModifier.NoModifier
    buttons, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(700, 400), copy, data, buttons, keys)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(place, copy, data, buttons, keys))


def choose(qtbot: QtBot, window: MainWindow, chosen: Filter) -> None:
    filters = window.room.sidebar.filters
    place = filters.visualRect(window.room.filters.index(filter_row(window, chosen))).center()
    qtbot.mouseClick(filters.viewport(), Qt.MouseButton.LeftButton, pos=place)


def names(window: MainWindow) -> list[str]:
    model = window.room.session.photos
    return [model.card(row).photo.name for row in range(model.rowCount())]


def test_open_watch_filter_select(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue", "grey", "green", each=5))
    wait_until_done(qtbot, window)
    assert shown_counts(window) == {
        "All photos": 20, "Warm": 5, "Cold": 5, "Not sure": 5, "Unknown": 5, "Failed": 0, "Skipped": 0,
    }  # fmt: skip
    assert window.room.status.said.text().startswith(
        "20 found = 10 answered + 5 not sure + 5 unknown + 0 failed + 0 skipped · "
    )
    assert "photos/s" in window.room.status.pace.text()
    assert window.room.status.device.text().startswith("CPU, fp32")
    assert window.room.sidebar.card._title.text() == "Warm or cold"

    choose(qtbot, window, WARM)
    assert [name.partition("-")[2] for name in names(window)] == ["red.png"] * 5
    qtbot.keyClick(window.room.grid, Qt.Key.Key_Right)
    assert window.room.grid.currentIndex().row() == 1
    assert window.room.panel.heading.text() == "Warm"
    assert window.room.panel.sureness.text().endswith("% sure")
    assert window.room.panel.bars.accessibleName().startswith("Ranked labels: warm")
    assert window.room.panel.name.text() == names(window)[1]
    qtbot.waitUntil(lambda: "64 × 48" in window.room.panel.facts.text())

    choose(qtbot, window, Filter(Status.NOT_SURE))
    assert window.room.panel.heading.text().endswith("?")
    assert "it takes 80% to answer" in window.room.panel.sentence.text()
    choose(qtbot, window, ALL)
    assert len(names(window)) == 20
    assert window.room.panel.name.text().endswith("grey.png")
    choose(qtbot, window, Filter(Status.FAILED))
    assert window.room.nothing.isVisible()
    assert window.room.nothing.text() == "No photo is here now."
    choose(qtbot, window, ALL)
    assert not window.room.nothing.isVisible()
    window.toolbar.search.setText("zzz")
    qtbot.waitUntil(window.room.nothing.isVisible)
    assert window.room.nothing.text() == "No file name here has “zzz”."


def test_answers_arrive_while_the_work_goes_on_and_stop_keeps_them(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window()
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)
    window.open([folder_of(tmp_path / "photos", "red", "blue", each=600)])
    qtbot.waitUntil(lambda: 0 < window.room.session.progress.done < 1200)
    assert window.room.session.phase is Phase.WORKING
    assert window.room.status.stop.isVisible()
    qtbot.mouseClick(window.room.status.stop, Qt.MouseButton.LeftButton)
    assert window.room.session.phase is Phase.STOPPED
    qtbot.waitUntil(lambda: window.room.session._answering.over)
    done = window.room.session.progress.done
    assert 0 < done < 1200
    counts = shown_counts(window)
    assert counts["Warm"] + counts["Cold"] == done
    assert (
        window.room.status.said.text() == f"Stopped: {done:,} of {window.room.session.progress.found:,} done"
    )
    assert not window.room.status.stop.isVisible()


def test_photos_and_folders_are_dropped(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window()
    folder, other = folder_of(tmp_path / "a", "red", each=3), folder_of(tmp_path / "b", "blue", each=2)
    drop(window, [folder])
    wait_until_done(qtbot, window)
    assert len(names(window)) == 3
    drop(window, [*sorted(other.iterdir()), folder])
    wait_until_done(qtbot, window)
    assert shown_counts(window)["Cold"] == 2
    assert shown_counts(window)["Warm"] == 3


def test_a_folder_is_opened_by_keyboard(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_of(tmp_path / "photos", "red", each=2)
    monkeypatch.setattr(QFileDialog, "open", lambda dialog: dialog.fileSelected.emit(str(folder)))
    window = open_window()
    qtbot.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(names(window)) == 2)
    wait_until_done(qtbot, window)
    assert window.windowTitle() == "photos – Whatsit"


def test_another_folder_takes_the_place_of_one_at_work(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "many", "red", each=800))
    qtbot.waitUntil(lambda: window.room.session.progress.done > 0)
    window.open([folder_of(tmp_path / "few", "blue", each=4)])
    wait_until_done(qtbot, window)
    assert len(names(window)) == 4
    assert shown_counts(window)["Cold"] == 4
    assert shown_counts(window)["Warm"] == 0


def test_a_folder_of_everything_that_goes_wrong(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "hostile"
    folder.mkdir()
    expected = hostile.make(folder)
    window = open_window(folder)
    wait_until_done(qtbot, window)
    counts = shown_counts(window)
    assert counts["All photos"] == sum(count for name, count in counts.items() if name != "All photos")
    assert counts["All photos"] == len(expected)
    collection = window.room.session.photos.collection
    for number, photo in enumerate(collection.photos):
        wanted, answer = expected[photo.raw_name], collection.answer(number)
        assert answer is not None
        if wanted == "no permission" and os.geteuid() == 0:
            continue  # nothing is unreadable to root
        assert wanted == "answer" or wanted in answer.reason, photo.name
    choose(qtbot, window, Filter(Status.FAILED))
    for row in range(window.room.session.photos.rowCount()):
        window.room.grid.select_row(row)
        reason = window.room.session.photos.card(row).answer.reason
        assert window.room.panel.sentence.text().lower() == f"{reason}.".lower()
    qtbot.wait(200)  # the grid asks for what is seen, and opens no pipe


def test_neither_decoding_nor_inference_runs_on_the_windows_thread(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, strangers: list[str]
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "grey", each=30)
    (folder / "bad.jpg").write_bytes(b"\xff\xd8\xff bad")
    window = open_window(folder)
    wait_until_done(qtbot, window)
    for row in range(0, window.room.session.photos.rowCount(), 7):
        window.room.grid.select_row(row)
        qtbot.wait(20)
    choose(qtbot, window, WARM)
    window.resize(900, 700)
    qtbot.waitUntil(
        lambda: window.room.thumbnails.get(window.room.session.photos.card(0).photo.path) is not None
    )
    qtbot.waitUntil(lambda: "64 × 48" in window.room.panel.facts.text())
    assert strangers == []


def test_the_watch_on_the_windows_thread_sees_what_it_should(strangers: list[str], tiny: Bundle) -> None:
    classifier = Classifier.open(tiny, "cpu", "fp32")
    pixels = classifier.pixels_of(next((tiny.folder / "golden").glob("red.png")))
    classifier.predict(pixels[None])
    assert {"read", "decode", "open", "load", "resize", "run"} <= set(strangers)


def test_closing_during_work_leaves_no_thread(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue", each=600))
    qtbot.waitUntil(lambda: window.room.session.progress.done > 0)
    window.close()
    assert [one.name for one in threading.enumerate() if one.name.startswith("whatsit")] == []


def test_closing_before_the_model_is_open_leaves_no_thread(open_window: OpenWindow, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red"))
    window.close()
    assert [one.name for one in threading.enumerate() if one.name.startswith("whatsit")] == []


def test_the_first_photo_is_selected_not_a_file_that_lies_beside_it(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path / "photos", "red")
    (folder / ".DS_Store").write_bytes(b"notes")
    window = open_window(folder)
    wait_until_done(qtbot, window)
    assert window.room.panel.name.text() == "0000-red.png"
    assert window.room.panel.heading.text() == "Warm"


def test_a_folder_that_is_gone_is_said_and_another_one_opens(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(tmp_path / "gone")
    wait_until_done(qtbot, window)
    assert window.centre.currentWidget() is window.notice
    assert window.notice.title.text() == "There is no such file or folder"
    assert str(tmp_path / "gone") in window.notice.sentence.text()
    assert window.settings.recent == []  # nor is the folder that it would be in
    window.open([folder_of(tmp_path / "photos", "red")])
    wait_until_done(qtbot, window)
    assert window.centre.shows_photos
    assert len(names(window)) == 1


def test_a_model_that_is_not_there_is_said(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red"), model="no-such-model")
    qtbot.waitUntil(lambda: window.room.session.model_error is not None)
    wait_until_done(qtbot, window)
    assert window.room.session.phase is Phase.FAILED
    assert "no-such-model" in window.notice.title.text()
    assert not window.notice.open.isVisible()
    assert "Traceback" not in window.notice.sentence.text()
    assert not window.notice.recent.isVisible()
    qtbot.mouseClick(window.notice.models, Qt.MouseButton.LeftButton)  # the way on: another model
    assert Do.MODELS in window.room.dialogs.open


def test_an_empty_folder_is_said(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    window = open_window(tmp_path / "empty")
    qtbot.waitUntil(lambda: window.room.session.phase is Phase.DONE)
    assert window.notice.title.text() == "No photos here"


def test_the_first_sight_is_an_invitation(open_window: OpenWindow, qtbot: QtBot) -> None:
    window = open_window()
    assert window.notice.title.text() == "Drop a folder of photos here"
    assert window.notice.open.isVisible()
    assert not window.room.panel.isVisible()
    assert not window.actions_by_name[Do.STOP].isEnabled()
    qtbot.waitUntil(lambda: window.room.session.classifier is not None)


def test_labels_and_names_are_text_never_markup(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, tiny: Bundle
) -> None:
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    for file in ("model.onnx", "model.int8.onnx"):
        os.link(tiny.folder / file, stranger / file)
    labels = tuple(
        label.model_copy(update={"name": f"<b>{label.name}</b> & co"}) for label in tiny.manifest.labels
    )
    bundles.write(stranger, tiny.manifest.model_copy(update={"labels": labels, "title": "<h1>Big</h1>"}))
    folder = tmp_path / "photos"
    folder_of(folder, "red")
    (folder / "0000-red.png").rename(folder / "<img src=x>.png")
    window = open_window(folder, model=str(shelf.find(stranger).folder))
    wait_until_done(qtbot, window)
    assert window.room.panel.heading.text() == "<b>warm</b> & co"
    assert window.room.sidebar.card._title.text() == "<h1>Big</h1>"
    assert window.room.panel.name.text() == "<img src=x>.png"
    for label in window.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
    assert "&lt;img" in window.room.panel.name.toolTip()


def test_the_window_is_where_it_was(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    first = open_window()
    first.resize(780, 520)
    first.splitter.setSizes([230, 280, 270])
    first.open([folder_of(tmp_path / "photos", "red")])
    wait_until_done(qtbot, first)
    first.close()
    widths = first.splitter.sizes()  # as kept: before, a layout may be under way
    again = open_window()
    assert again.size() == first.size()
    again.open([tmp_path / "photos"])
    wait_until_done(qtbot, again)
    qtbot.waitUntil(lambda: again.splitter.sizes() == widths)
    assert again.settings.folder == tmp_path / "photos"


def test_every_widget_that_takes_the_keys_has_a_name(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red"))
    wait_until_done(qtbot, window)
    seen = set()
    for _ in range(20):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.accessibleName() or focused.text(), focused
        seen.add(focused)
    assert {window.room.grid, window.room.sidebar.filters, window.toolbar.search} <= seen


def test_the_window_and_the_classifier_agree_on_real_photos(
    open_window: OpenWindow, qtbot: QtBot, tiny: Bundle, cat_and_dog_photos: Path
) -> None:
    window = open_window(cat_and_dog_photos)
    wait_until_done(qtbot, window)
    classifier = Classifier.open(tiny, "cpu", "fp32")
    expected = {
        one.photo.name: one.answer for one in batch.classify(photos.scan([cat_and_dog_photos]), classifier)
    }
    collection = window.room.session.photos.collection
    shown = {one.name: collection.answer(number) for number, one in enumerate(collection.photos)}
    assert len(shown) == 200
    assert {name: (one.status, one.label) for name, one in shown.items()} == {
        name: (one.status, one.label) for name, one in expected.items()
    }


def test_a_part_of_the_photo_is_asked_about_and_the_heat_map_shown(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    picture = Image.new("RGB", (80, 40), COLOURS["red"])
    picture.paste(COLOURS["blue"], (40, 0, 80, 40))
    (tmp_path / "photos").mkdir()
    picture.save(tmp_path / "photos" / "halves.png")
    window = open_window(tmp_path / "photos")
    wait_until_done(qtbot, window)
    panel, frame = window.room.panel, window.room.panel.picture
    qtbot.waitUntil(lambda: "80 × 40" in panel.facts.text())
    whole = panel.heading.text()
    place = frame._place()

    def drag(start: float, end: float) -> None:
        corners = [QPointF(place.left() + x * place.width(), place.top() + y * place.height()).toPoint()
                   for x, y in ((start, 0.02), (end, 0.98))]  # fmt: skip
        qtbot.mousePress(frame, Qt.MouseButton.LeftButton, pos=corners[0])
        qtbot.mouseMove(frame, corners[1])
        qtbot.mouseRelease(frame, Qt.MouseButton.LeftButton, pos=corners[1])

    drag(0.55, 0.98)
    qtbot.waitUntil(lambda: panel.heading.text() == "Cold")
    drag(0.45, 0.02)
    qtbot.waitUntil(lambda: panel.heading.text() == "Warm")
    assert panel.heat.whole.isVisible()
    qtbot.keyClick(frame, Qt.Key.Key_Escape)
    assert panel.heading.text() == whole
    assert not panel.heat.whole.isVisible()

    window.room.grid.setFocus()
    qtbot.keyClick(window.room.grid, Qt.Key.Key_H)
    assert panel.heat.box.isChecked()
    qtbot.waitUntil(lambda: frame._heat is not None)
    panel.heat.strength.setValue(30)
    assert frame.strength == 0.3
    qtbot.keyClick(window.room.grid, Qt.Key.Key_H)
    assert frame._heat is None

    qtbot.mouseDClick(frame, Qt.MouseButton.LeftButton, pos=frame.rect().center())
    assert frame._zoom.factor == 4.0
    qtbot.keyClick(frame, Qt.Key.Key_0)
    assert frame._zoom.factor == 1.0


def test_folders_are_opened_again_from_the_list_of_recent_ones(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    one, other = folder_of(tmp_path / "one", "red"), folder_of(tmp_path / "a & b", "blue")
    window = open_window(one)
    window.open([other])
    wait_until_done(qtbot, window)
    qtbot.mouseClick(window.toolbar.buttons[window.actions_by_name[Do.RECENT]], Qt.MouseButton.LeftButton)
    menu = window.room.folders.recent
    assert [action.text() for action in menu.actions()] == [
        spelling.place(other).replace("&", "&&"),
        spelling.place(one),
    ]
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Down)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert window.room.session.paths == [one]
    wait_until_done(qtbot, window)
    assert Settings().recent == [one, other]


def test_what_is_like_a_photo_comes_first_and_folders_are_shown(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: shown.append(url.toLocalFile()))
    folder = folder_of(tmp_path / "photos", "red", "blue", each=3)
    window = open_window(folder)
    wait_until_done(qtbot, window)
    window.room.grid.setFocus()
    window.room.grid.select_row(3)
    qtbot.keyClick(window.room.grid, Qt.Key.Key_L)
    assert window.room.head.orders.currentText() == "More like this"
    assert [name.partition("-")[2] for name in names(window)] == ["blue.png"] * 3 + ["red.png"] * 3
    assert names(window)[0] == "0003-blue.png"
    assert window.room.grid.currentIndex().row() == 0
    qtbot.keyClick(window.room.grid, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert window.room.grid.selected_count() == 6
    qtbot.keyClick(window.room.grid, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert shown == [str(folder)]
    place = window.room.grid.visualRect(window.room.session.photos.index(0)).center()
    window.room.grid.customContextMenuRequested.emit(place)
    offered = [action.text() for action in window.room.folders.offers.actions() if action.text()]
    looks = ["Fill the window", "Ask about a part", "More like this", "Show in folder"]
    assert offered == ["Accept", "Relabel", "Unknown", *looks]
    window.room.folders.offers.close()
