"""Where a picture is seen: fitted into a frame, or larger around a point; arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt

MOST: Final = 16.0
STEP: Final = 1.25


@dataclass(frozen=True, slots=True)
class Zoom:
    """How much larger than fitted, and which point of the picture, as parts of its sides, is amid."""

    factor: float = 1.0
    x: float = 0.5
    y: float = 0.5

    def place(self, frame: QSizeF, natural: QSizeF) -> QRectF:
        """Return where the picture lies in a frame; one that fits is in its middle."""
        fitted = natural.scaled(frame, Qt.AspectRatioMode.KeepAspectRatio)
        if natural.width() * 2 < fitted.width():  # a tiny picture is not blown up to mush
            fitted = natural * 2
        size = fitted * self.factor
        return QRectF(
            QPointF(_edge(frame.width(), size.width(), self.x), _edge(frame.height(), size.height(), self.y)),
            size,
        )

    def around(self, point: QPointF, by: float, frame: QSizeF, natural: QSizeF) -> Zoom:
        """Return this, so much larger, with what is seen at a point of the frame staying there."""
        factor = min(max(self.factor * by, 1.0), MOST)
        before = self.place(frame, natural)
        if factor == 1.0 or before.isEmpty():
            return Zoom()
        x = (point.x() - before.left()) / before.width()
        y = (point.y() - before.top()) / before.height()
        size = before.size() * (factor / self.factor)
        away = QPointF(frame.width() / 2, frame.height() / 2) - point
        aimed = Zoom(factor, x + away.x() / size.width(), y + away.y() / size.height())
        return aimed.inside(frame, natural)

    def moved(self, way: QPointF, frame: QSizeF, natural: QSizeF) -> Zoom:
        """Return this with the picture moved by so many pixels."""
        size = self.place(frame, natural).size()
        moved = replace(self, x=self.x - way.x() / size.width(), y=self.y - way.y() / size.height())
        return moved.inside(frame, natural)

    def inside(self, frame: QSizeF, natural: QSizeF) -> Zoom:
        """Return this with no more seen beyond the picture than must be."""
        size = self.place(frame, natural).size()
        half_x = min(0.5, frame.width() / 2 / size.width())
        half_y = min(0.5, frame.height() / 2 / size.height())
        return replace(self, x=min(max(self.x, half_x), 1 - half_x), y=min(max(self.y, half_y), 1 - half_y))


def _edge(frame: float, size: float, middle: float) -> float:
    return (frame - size) / 2 if size <= frame else frame / 2 - middle * size
