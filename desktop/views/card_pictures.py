"""Pictures of cards: painted once for each change, a few milliseconds at a time, and then only shown."""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPixmap

if TYPE_CHECKING:
    from desktop.state.photo_model import Card
    from desktop.state.pixmaps import Thumbnails
    from desktop.theme import Theme
    from desktop.views.card import CardDelegate

_SECONDS: Final = (
    0.003  # of the processor's, in one turn: a page is painted over several of them, before an eye sees it
)
_MOST: Final = 96  # some two pages


@dataclass(frozen=True, slots=True)
class _Kept:
    card: Card
    thumbnail: QPixmap | None
    picture: QPixmap


class CardPictures:
    """Pictures by the photos' numbers, the oldest forgotten."""

    def __init__(self, cards: CardDelegate, thumbnails: Thumbnails, dress: Theme) -> None:
        self._cards, self._thumbnails, self._dress = cards, thumbnails, dress
        self._kept: OrderedDict[int, _Kept] = OrderedDict()
        self._none_yet, self._until = True, 0.0
        dress.changed.connect(self._kept.clear)

    def begin(self) -> None:
        """Begin a turn; one card is painted in each, however long it takes."""
        self._none_yet = True
        self._until = time.thread_time() + _SECONDS

    def show(self, painter: QPainter, rect: QRect, card: Card, ratio: float) -> bool:
        """Paint a card; return whether it is as it should be, or waits for another turn."""
        kept, thumbnail = self._kept.get(card.number), self._thumbnails.get(card.photo.path)
        fits = kept is not None and kept.picture.deviceIndependentSize().toSize() == rect.size()
        if kept is not None and fits and kept.thumbnail is thumbnail and kept.card == card:
            self._kept.move_to_end(card.number)
        elif self._none_yet or time.thread_time() < self._until:
            self._none_yet = False
            kept = self._kept[card.number] = _Kept(card, thumbnail, self._painted(rect.size(), card, ratio))
            self._kept.move_to_end(card.number)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        else:
            # What it was before is better than nothing, of the same photo.
            if kept is not None and fits and kept.card.photo == card.photo:
                painter.drawPixmap(rect.topLeft(), kept.picture)
            else:
                self._cards.paint_blank(painter, rect)
            return False
        painter.drawPixmap(rect.topLeft(), kept.picture)
        return True

    def _painted(self, size: QSize, card: Card, ratio: float) -> QPixmap:
        picture = QPixmap(size * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._dress.color("ground"))
        painter = QPainter(picture)
        self._cards.paint_card(painter, QRect(QPoint(0, 0), size), card)
        painter.end()
        return picture
