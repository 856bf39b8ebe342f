"""Where the cards of the grid lie: arithmetic only, the same for ten photos and for a hundred thousand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

from PySide6.QtCore import QPoint, QRect, QSize

MARGIN: Final = 16
GAP: Final = 13
LEAST_CARD: Final = 146
CAPTION: Final = 34
_RATIO: Final = 0.78  # of a picture's height to its width


@dataclass(frozen=True, slots=True)
class GridShape:
    """Cards of one size in columns that fill the width; places are counted from the top of all cards."""

    columns: int = 1
    card: QSize = QSize(LEAST_CARD, LEAST_CARD)  # noqa: RUF009 - never changed

    @classmethod
    def fit(cls, width: int) -> Self:
        """Return the shape with as many columns as fit into `width`."""
        room = max(width - 2 * MARGIN, LEAST_CARD)
        columns = max(1, (room + GAP) // (LEAST_CARD + GAP))
        card = (room - (columns - 1) * GAP) // columns
        return cls(columns, QSize(card, round(card * _RATIO) + CAPTION))

    @property
    def picture(self) -> QSize:
        """The size of the picture on a card."""
        return QSize(self.card.width(), self.card.height() - CAPTION)

    @property
    def step(self) -> int:
        """From the top of one line of cards to the next."""
        return self.card.height() + GAP

    def height(self, count: int) -> int:
        """Return the height of all cards with their margins."""
        lines = -(-count // self.columns)
        return 2 * MARGIN + lines * self.step - GAP if count else 0

    def rect(self, place: int) -> QRect:
        """Return where a card lies."""
        line, column = divmod(place, self.columns)
        left = MARGIN + column * (self.card.width() + GAP)
        return QRect(QPoint(left, MARGIN + line * self.step), self.card)

    def place_at(self, point: QPoint, count: int) -> int:
        """Return which card is at a point, -1 where there is none."""
        column = (point.x() - MARGIN) // (self.card.width() + GAP)
        line = (point.y() - MARGIN) // self.step
        place = line * self.columns + column
        if not (0 <= column < self.columns and 0 <= place < count):
            return -1
        return place if self.rect(place).contains(point) else -1

    def places(self, top: int, bottom: int, count: int) -> range:
        """Return the cards that are seen between two heights."""
        first = max(0, (top - MARGIN + GAP) // self.step) * self.columns
        last = max(0, (bottom - MARGIN) // self.step + 1) * self.columns
        return range(min(first, count), min(last, count))


def with_ring(card: QRect) -> QRect:
    """Return a card's place with the ring that it has when it is selected."""
    return card.adjusted(-GAP // 2, -GAP // 2, GAP // 2, GAP // 2)
