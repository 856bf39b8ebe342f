from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtWidgets import QApplication

from desktop.state.photo_list import entries
from desktop.state.photo_model import PhotoModel
from desktop.state.pixmaps import Thumbnails
from desktop.theme import Theme
from desktop.views.grid import PhotoGrid
from tests.helpers.windows import folder_of
from whatsit import photos as found
from whatsit.decisions import Answer, Candidate, Status
from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pytestqt.qtbot import QtBot

MANY = 100_000


class Asked(Thumbnails):
    """Notes what is wanted, and makes it as well."""

    def __init__(self) -> None:
        super().__init__()
        self.lists: list[list[Path]] = []

    def want(self, paths: Sequence[Path], size: QSize, ratio: float) -> None:
        self.lists.append(list(paths))
        super().want(paths, size, ratio)


@pytest.fixture
def thumbnails(nothing_left: None, qtbot: QtBot) -> Iterator[Asked]:
    del nothing_left, qtbot
    made = Asked()
    yield made
    made.close()


@pytest.fixture
def grid(thumbnails: Asked, qtbot: QtBot, qapp: QApplication) -> PhotoGrid:
    made = PhotoGrid(PhotoModel(), thumbnails, Theme(qapp))
    made.resize(900, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def fill(grid: PhotoGrid, count: int) -> None:
    grid._photos.add(
        list(entries([Photo(Path(f"/nowhere/{number}.jpg"), f"{number}.jpg") for number in range(count)]))
    )
    QApplication.processEvents()


def test_of_a_hundred_thousand_photos_only_those_near_sight_are_asked_for(
    grid: PhotoGrid, thumbnails: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    data = PhotoModel.data

    def counted(model: PhotoModel, index: QModelIndex, role: int = 0) -> object:
        read.append(index.row())
        return data(model, index, role)

    monkeypatch.setattr(PhotoModel, "data", counted)
    fill(grid, MANY)
    assert len(read) < 10_000
    qtbot.waitUntil(lambda: bool(thumbnails.lists and thumbnails.lists[-1]))
    assert thumbnails.lists[-1][0] == Path("/nowhere/0.jpg")
    assert len(thumbnails.lists[-1]) < 120
    qtbot.keyClick(grid, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: thumbnails.lists[-1][-1] == Path(f"/nowhere/{MANY - 1}.jpg"))
    assert all(len(wanted) < 120 for wanted in thumbnails.lists)
    assert grid.currentIndex().row() == MANY - 1
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))


def test_an_answer_repaints_its_card_alone(grid: PhotoGrid, qtbot: QtBot) -> None:
    fill(grid, MANY)
    seen = [grid._photos.card(row).photo.path for row in grid._seen()]
    qtbot.waitUntil(lambda: seen[-1] in grid._thumbnails._kept)
    qtbot.wait(100)
    painted: list[int] = []
    paint = grid._cards.paint_card
    grid._cards.paint_card = lambda painter, rect, card: (
        painted.append(card.number),
        paint(painter, rect, card),
    )
    grid._photos.answer(
        [(3, Answer(Status.ANSWERED, "cat", 0.9, (Candidate("cat", 0.9),))), (70_000, Answer(Status.FAILED))]
    )
    qtbot.waitUntil(lambda: bool(painted))
    assert set(painted) == {3}


def test_photos_that_come_below_what_is_seen_paint_nothing(grid: PhotoGrid, qtbot: QtBot) -> None:
    fill(grid, 500)
    seen = [grid._photos.card(row).photo.path for row in grid._seen()]
    qtbot.waitUntil(lambda: seen[-1] in grid._thumbnails._kept)
    qtbot.wait(300)
    painted: list[int] = []
    paint = grid.paintEvent
    grid.paintEvent = lambda event: (painted.append(1), paint(event))[1]  # type: ignore[method-assign]
    bottom = grid.verticalScrollBar().maximum()
    fill(grid, 500)
    qtbot.wait(100)
    assert not painted
    assert grid.verticalScrollBar().maximum() > bottom
    grid.verticalScrollBar().setValue(grid.verticalScrollBar().maximum())
    fill(grid, 3)
    qtbot.waitUntil(lambda: bool(painted))


def test_keys_move_from_photo_to_photo(grid: PhotoGrid, qtbot: QtBot) -> None:
    fill(grid, 23)
    columns = grid._shape.columns
    assert columns > 2
    steps = [
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Left, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Up, 1),
        (Qt.Key.Key_End, 22),
        (Qt.Key.Key_Right, 22),
        (Qt.Key.Key_Down, 22),
    ]
    for key, row in steps:
        qtbot.keyClick(grid, key)
        assert grid.currentIndex().row() == row, key
        assert grid.selectionModel().isSelected(grid.currentIndex())


def test_down_from_above_a_short_last_line_leads_to_the_last_photo(grid: PhotoGrid, qtbot: QtBot) -> None:
    columns = grid._shape.columns
    fill(grid, columns + 1)
    grid.setCurrentIndex(grid._photos.index(columns - 1))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == columns


def test_a_click_selects_the_photo_under_it(grid: PhotoGrid, qtbot: QtBot) -> None:
    fill(grid, 12)
    place = grid.visualRect(grid._photos.index(4)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.currentIndex().row() == 4
    assert [index.row() for index in grid.selectedIndexes()] == [4]


def test_the_first_photo_seen_stays_in_sight_when_the_width_changes(grid: PhotoGrid) -> None:
    fill(grid, 5000)
    grid.scrollTo(grid._photos.index(3000))
    first = grid._seen().start
    grid.resize(500, 700)
    QApplication.processEvents()
    assert first in grid._seen()


def test_pictures_are_kept_within_bounds(qtbot: QtBot, tmp_path: Path, nothing_left: None) -> None:
    del nothing_left
    folder = folder_of(tmp_path / "photos", "red", "blue", each=100)
    paths = [photo.path for photo in found.scan([folder])]
    thumbnails = Thumbnails(most_bytes=0)
    thumbnails.want(paths, QSize(20, 16), 1.0)
    qtbot.waitUntil(lambda: thumbnails.get(paths[-1]) is not None, timeout=20_000)
    assert len(thumbnails._kept) == 64
    assert thumbnails.get(paths[0]) is None
    thumbnails.close()


def test_what_is_settled_without_decoding_is_never_opened(
    grid: PhotoGrid, thumbnails: Asked, qtbot: QtBot
) -> None:
    pipe = Photo(Path("/nowhere/pipe"), "pipe", settled=Answer(Status.SKIPPED, reason="a pipe"))
    grid._photos.add(list(entries([pipe, Photo(Path("/nowhere/1.jpg"), "1.jpg")])))
    qtbot.waitUntil(lambda: bool(thumbnails.lists and thumbnails.lists[-1]))
    assert all(pipe.path not in wanted for wanted in thumbnails.lists)
