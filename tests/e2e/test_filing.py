"""Sort, undo a sort and export, in the real window."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from desktop.state.chosen import SELECTED
from desktop.state.task import Stage
from desktop.views.export_dialog import ExportDialog
from desktop.views.sort_dialog import SortDialog
from desktop.views.undo_dialog import UndoDialog
from tests.helpers.windows import OpenWindow, folder_of, wait_until_done
from whatsit.sorting import Mode

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from desktop.main_window import MainWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton


def sorting(qtbot: QtBot, window: MainWindow, mode: Mode = Mode.COPY) -> SortDialog:
    qtbot.keyClick(window.room.grid, Qt.Key.Key_S, CONTROL)
    dialog = window.room.filing.dialog
    assert isinstance(dialog, SortDialog)
    dialog.mode.setCurrentIndex(dialog.mode.findData(mode))
    qtbot.waitUntil(lambda: not dialog.busy() and not dialog._wait.isActive())
    return dialog


def exporting(qtbot: QtBot, window: MainWindow) -> ExportDialog:
    window.activateWindow()  # a window manager does, where there is one
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.room.grid, Qt.Key.Key_E, CONTROL)
    dialog = window.room.filing.dialog
    assert isinstance(dialog, ExportDialog)
    return dialog


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_photos_are_moved_and_moved_back(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", "grey", "green", each=2)
    before = files_below(folder)
    window = open_window(folder)
    wait_until_done(qtbot, window)
    window.room.grid.select_row(1)
    qtbot.keyClick(window.room.grid, Qt.Key.Key_1)  # blue is said to be warm
    dialog = sorting(qtbot, window, Mode.MOVE)
    assert dialog.tree.said() == [
        "cold/: 1", "warm/: 3", "_not sure/: 2", "_unknown/: 2", "By your word, not the model's: 1",
    ]  # fmt: skip
    assert files_below(folder) == before  # nothing was touched yet
    assert dialog.order().mode is Mode.MOVE
    qtbot.mouseClick(dialog.primary, LEFT)
    tall = dialog.height()
    qtbot.waitUntil(lambda: dialog.task.stage is Stage.DONE)
    assert dialog.height() < tall / 2  # nothing is left to be seen but how it ended
    assert dialog.cancel.hasFocus()
    moved = window.room.session.photos.card(0).photo.path
    assert window.room.thumbnails.get(moved) is not None  # and no photo is blank for a moment
    sorted_into = tmp_path / "photos sorted"
    assert not files_below(folder)
    assert len(files_below(sorted_into / "warm")) == 3
    photos = window.room.session.photos.collection.photos
    assert photos[0].path == sorted_into / "warm" / "0000-red.png"
    assert dialog.said.text().startswith("8 of 8 files done.")

    qtbot.mouseClick(dialog.undo, LEFT)
    qtbot.waitUntil(
        lambda: isinstance(window.room.filing.dialog, UndoDialog) and not window.room.filing.dialog.busy()
    )
    undo = window.room.filing.dialog
    assert isinstance(undo, UndoDialog)
    qtbot.mouseClick(undo.primary, LEFT)
    qtbot.waitUntil(lambda: undo.task.stage is Stage.DONE)
    assert undo.said.text() == "8 of 8 files undone."
    assert files_below(folder) == before
    assert not sorted_into.exists()
    assert photos[0].path == folder / "0000-red.png"
    qtbot.keyClick(undo, Qt.Key.Key_Escape)
    assert window.room.filing.dialog is None


def test_what_changed_since_is_left_and_named(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue")
    window = open_window(folder)
    wait_until_done(qtbot, window)
    dialog = sorting(qtbot, window)
    (folder / "0001-blue.png").write_bytes(b"another")
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.task.stage is Stage.DONE)
    assert dialog.tree.said() == ["Left as they are: 1"]
    assert "changed" in dialog.tree._branches[0].lines[0]
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_destination_that_cannot_be_is_said_and_nothing_is_done(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    window = open_window(folder_of(tmp_path / "photos", "red"))
    wait_until_done(qtbot, window)
    dialog = sorting(qtbot, window)
    dialog.into.selectAll()
    qtbot.keyClicks(dialog.into, str(tmp_path / "file"))
    qtbot.waitUntil(lambda: not dialog._wait.isActive() and not dialog.busy())
    assert dialog.problem.text()
    assert not dialog.primary.isEnabled()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_answers_are_exported(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue", "grey", each=2))
    wait_until_done(qtbot, window)
    window.room.grid.select_row(0)
    qtbot.keyClick(window.room.grid, Qt.Key.Key_2)
    window.room.grid.select_row(0)
    qtbot.keyClick(window.room.grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    for kind in ("csv", "json", "jsonl", "xlsx"):
        dialog = exporting(qtbot, window)
        assert dialog.photos.count() == 2
        dialog.kind.setCurrentIndex(dialog.kind.findData(kind))
        qtbot.mouseClick(dialog.primary, LEFT)
        qtbot.waitUntil(lambda: dialog.task.stage is Stage.DONE)  # noqa: B023 - waited for here
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    rows = list(csv.DictReader((tmp_path / "photos answers.csv").read_text().splitlines()))
    assert [(row["path"], row["label"], row["person_label"]) for row in rows[:2]] == [
        ("0000-red.png", "warm", "cold"), ("0001-blue.png", "cold", ""),
    ]  # fmt: skip
    whole = json.loads((tmp_path / "photos answers.json").read_text())
    assert whole["counts"]["found"] == len(whole["photos"]) == 6
    assert (tmp_path / "photos answers.xlsx").read_bytes()[:2] == b"PK"

    dialog = exporting(qtbot, window)
    dialog.photos.setCurrentIndex(1)
    assert dialog.photos.chosen().which == SELECTED
    dialog.file.setText(str(tmp_path / "photos" / "0000-red.png" / "x.csv"))  # no folder
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.task.error is not None)
    assert "Choose another place." in dialog.problem.text()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_nothing_is_undone_under_photos_that_are_being_answered(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue", each=2))
    window.room.session.pause()
    qtbot.keyClick(window.room.grid, Qt.Key.Key_U, CONTROL)
    assert window.room.filing.dialog is None
    window.room.session.pause()
    wait_until_done(qtbot, window)
    qtbot.keyClick(window.room.grid, Qt.Key.Key_U, CONTROL)
    assert isinstance(window.room.filing.dialog, UndoDialog)
    qtbot.keyClick(window.room.filing.dialog, Qt.Key.Key_Escape)


def test_closing_the_window_ends_a_sort_between_two_files(
    open_window: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", each=150)
    window = open_window(folder)
    wait_until_done(qtbot, window)
    dialog = sorting(qtbot, window, Mode.MOVE)
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.task.done > 0)
    window.close()
    assert len(files_below(folder)) + len(files_below(tmp_path / "photos sorted")) == 300


def test_a_sorted_folder_is_known_at_once(open_window: OpenWindow, qtbot: QtBot, tmp_path: Path) -> None:
    window = open_window(folder_of(tmp_path / "photos", "red", "blue", "grey", each=2))
    wait_until_done(qtbot, window)
    assert window.room.status.pace.text()
    dialog = sorting(qtbot, window, Mode.MOVE)
    qtbot.mouseClick(dialog.primary, LEFT)
    qtbot.waitUntil(lambda: dialog.task.stage is Stage.DONE)
    qtbot.mouseClick(dialog.cancel, LEFT)
    (tmp_path / "photos sorted" / "notes.txt").write_text("no picture")
    window.open([tmp_path / "photos sorted"])
    wait_until_done(qtbot, window)
    progress = window.room.session.progress
    assert (progress.done, progress.at_once) == (7, 7)
    assert not window.room.status.pace.text()  # no model ran, so that there is none
