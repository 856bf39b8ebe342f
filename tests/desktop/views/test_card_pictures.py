from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter

from desktop.state.photo_model import Card
from desktop.theme import Theme
from desktop.views import card_pictures
from desktop.views.card import CardDelegate
from desktop.views.card_pictures import CardPictures
from whatsit.decisions import Answer, Candidate, Status
from whatsit.photos import Photo

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

RECT = QRect(0, 0, 150, 150)
CAT = Answer(Status.ANSWERED, "cat", 0.9, (Candidate("cat", 0.9),))


class NoThumbnails:
    def get(self, path: Path) -> None:
        """Have none."""


class Desk:
    """Counts how often a card is really painted."""

    def __init__(self, qtbot: QtBot, qapp: QApplication) -> None:
        from PySide6.QtWidgets import QWidget  # noqa: PLC0415

        parent = QWidget()
        qtbot.addWidget(parent)
        self.dress, self.painted = Theme(qapp), 0
        delegate = CardDelegate(self.dress, NoThumbnails(), parent)
        self.parent, paint = parent, delegate.paint_card

        def counted(*about: object) -> None:
            self.painted += 1
            paint(*about)

        delegate.paint_card = counted
        self.pictures = CardPictures(delegate, NoThumbnails(), self.dress)

    def shows(self, card: Card) -> tuple[bool, QImage]:
        image = QImage(RECT.size(), QImage.Format.Format_RGB32)
        painter = QPainter(image)
        done = self.pictures.show(painter, RECT, card, 1.0)
        painter.end()
        return done, image


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Desk:
    return Desk(qtbot, qapp)


def card(answer: Answer | None, number: int = 0) -> Card:
    return Card(number, Photo(Path(f"/{number}.jpg"), f"{number}.jpg"), answer)


def test_a_card_is_painted_once_for_each_change(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_pictures, "_SECONDS", 60.0)
    desk.pictures.begin()
    waiting = [desk.shows(card(None)) for _ in range(3)]
    assert desk.painted == 1
    assert [done for done, _ in waiting] == [True] * 3
    assert waiting[0][1] == waiting[2][1]
    answered = desk.shows(card(CAT))
    assert desk.painted == 2
    assert answered[1] != waiting[0][1]
    desk.dress.choose("dark")
    assert desk.shows(card(CAT))[1] != answered[1]
    desk.dress.choose("system")


def test_what_takes_too_long_waits_for_another_turn(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.pictures.begin()
    _, before = desk.shows(card(None))
    monkeypatch.setattr(card_pictures, "_SECONDS", -1.0)
    desk.pictures.begin()
    done, _ = desk.shows(card(CAT, 1))
    assert done  # one at every turn, so that all are painted in the end
    done, stale = desk.shows(card(CAT))
    assert not done
    assert stale == before  # the same photo, as it was
    done, blank = desk.shows(card(CAT, 2))
    assert not done
    assert blank != before
    assert desk.painted == 2
