"""A photo's card in the grid: picture, badge, answer, how sure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.state import words
from desktop.views.grid_shape import CAPTION, GAP
from whatsit import reviews
from whatsit.decisions import Status

if TYPE_CHECKING:
    from desktop.state.photo_model import Card, Index
    from desktop.state.pixmaps import Thumbnails
    from desktop.theme import Theme

DOT: Final = 8
_PAD: Final = 10
_ONE_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
_AT_RIGHT: Final = _ONE_LINE | Qt.AlignmentFlag.AlignRight


@dataclass(frozen=True, slots=True)
class Look:
    """How a card stands among the others."""

    selected: bool
    focused: bool
    under_mouse: bool


class CardDelegate(QStyledItemDelegate):
    """Paints one card."""

    def __init__(self, dress: Theme, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._dress, self._thumbnails = dress, thumbnails
        self._font, self._small = theme.font(), theme.font(0.92)
        self._metrics, self._small_metrics = QFontMetrics(self._font), QFontMetrics(self._small)
        self._corners, self._outline = QPainterPath(), QPainterPath()
        self._shaped = QSize()

    def paint_card(self, painter: QPainter, rect: QRect, card: Card) -> None:
        """Paint a card; `paint`, with Qt's options and flags, takes as long again."""
        self._shape(rect.size())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        painter.fillPath(self._outline, self._dress.color("card"))
        self._paint_picture(painter, card, QRect(0, 0, rect.width(), rect.height() - CAPTION))
        painter.fillPath(self._corners, self._dress.color("ground"))
        painter.strokePath(self._outline, QPen(self._dress.color("line"), 1))
        self._paint_caption(painter, card, QRect(0, rect.height() - CAPTION, rect.width(), CAPTION))
        painter.restore()

    def _shape(self, size: QSize) -> None:
        if size == self._shaped:
            return
        self._shaped = QSize(size)
        outline, whole = QPainterPath(), QPainterPath()
        outline.addRoundedRect(
            QRectF(0.5, 0.5, size.width() - 1, size.height() - 1), theme.RADIUS, theme.RADIUS
        )
        whole.addRect(QRectF(0, 0, size.width(), size.height()))
        self._outline, self._corners = outline, whole.subtracted(outline)

    def _paint_picture(self, painter: QPainter, card: Card, place: QRect) -> None:
        pixmap = self._thumbnails.get(card.photo.path)
        painter.fillRect(place, self._dress.color("well"))
        if pixmap is not None:
            _draw(painter, pixmap, place)
        elif card.answer is not None and card.answer.status in (Status.FAILED, Status.SKIPPED):
            self._paint_missing(painter, card, place)

    def _paint_missing(self, painter: QPainter, card: Card, place: QRect) -> None:
        middle = QPointF(place.center()) - QPointF(0, 10)
        color = self._dress.color("muted")
        paint_missing(
            painter, middle, color, struck=card.answer is None or card.answer.status is Status.FAILED
        )
        name = card.photo.name.rpartition("/")[2]
        painter.setFont(self._small)
        painter.setPen(color)
        room = place.adjusted(_PAD, 0, -_PAD, -_PAD)
        cut = self._small_metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, room.width())
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, cut)

    def paint_blank(self, painter: QPainter, rect: QRect) -> None:
        """Paint what a card looks like before anything is on it."""
        self._shape(rect.size())
        painter.translate(rect.topLeft())
        painter.fillPath(self._outline, self._dress.color("card"))
        painter.translate(-rect.topLeft())

    def paint_edge(self, painter: QPainter, rect: QRect, look: Look) -> None:
        """Paint over a card's edge how it stands among the others."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(rect.topLeft())
        if look.under_mouse:
            painter.strokePath(self._outline, QPen(self._dress.color("muted"), 1))
        if look.selected:
            color = self._dress.color("accent")
            if not look.focused:
                color.setAlphaF(0.55)
            away = 3
            ring = QRectF(-away, -away, self._shaped.width() + 2 * away, self._shaped.height() + 2 * away)
            painter.setPen(QPen(color, 2.2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, theme.RADIUS + away, theme.RADIUS + away)
        painter.restore()

    def _paint_caption(self, painter: QPainter, card: Card, place: QRect) -> None:
        middle = QPointF(place.left() + _PAD + DOT / 2, place.center().y() + 0.5)
        room = place.adjusted(_PAD + DOT + 8, 0, -_PAD, 0)
        if card.answer is None:
            paint_waiting(painter, middle, room, self._dress.color("track"))
            return
        paint_dot(painter, middle, self._dress.badge(badge(card)))
        if card.said is not None:
            agreed = card.said.label == card.said.guess
            color = self._dress.badge(Status.ANSWERED if agreed else Status.NOT_SURE)  # as in the sidebar
            paint_check(painter, QPointF(room.right() - 6, middle.y()), color)
            room.setRight(room.right() - 19)
        answer = card.answer if card.said else words.furthest(card.answer)
        if figure := words.figure(answer) if answer else "":
            painter.setFont(self._small)
            painter.setPen(self._dress.color("muted"))
            painter.drawText(room, _AT_RIGHT, figure)
            room.setRight(room.right() - self._small_metrics.horizontalAdvance(figure) - 6)
        painter.setFont(self._font)
        painter.setPen(self._dress.color("text"))
        cut = self._metrics.elidedText(words.caption(card), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _ONE_LINE, cut)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return the size of a card; the grid, which knows its width, decides it."""
        del option, index
        return self._shaped if self._shaped.isValid() else QSize(GAP, GAP)


def badge(card: Card) -> Status | None:
    """Return the status whose badge a photo has: a person's word wins."""
    if card.said is not None:
        return Status.UNKNOWN if card.said.label == reviews.UNKNOWN else Status.ANSWERED
    return card.answer.status if card.answer else None


def paint_check(painter: QPainter, middle: QPointF, color: QColor) -> None:
    """Paint the mark of a photo that a person looked at."""
    painter.setPen(QPen(color, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.drawPolyline([middle + QPointF(x, y) for x, y in ((-4, 0), (-1, 3.5), (5, -4))])


def paint_dot(painter: QPainter, middle: QPointF, color: QColor) -> None:
    """Paint a badge."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(middle, DOT / 2, DOT / 2)


def paint_waiting(painter: QPainter, middle: QPointF, room: QRect, color: QColor) -> None:
    """Paint the place where an answer will stand."""
    paint_dot(painter, middle, color)
    bar = QRectF(room.left(), middle.y() - 4, min(56, room.width()), 8)
    painter.drawRoundedRect(bar, 4, 4)


def paint_missing(painter: QPainter, middle: QPointF, color: QColor, *, struck: bool) -> None:
    """Paint a picture's frame for a photo that cannot be shown; struck out when it should have been."""
    frame = QRectF(middle.x() - 15, middle.y() - 12, 30, 24)
    painter.setPen(
        QPen(color, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, 4, 4)
    hills = [(-11, 7), (-4, -1), (1, 4), (5, 0), (11, 7)]
    painter.drawPolyline([middle + QPointF(x, y) for x, y in hills])
    painter.drawEllipse(middle + QPointF(6, -5), 2.2, 2.2)
    if struck:
        painter.drawLine(middle + QPointF(-19, 15), middle + QPointF(19, -15))


def _draw(painter: QPainter, pixmap: QPixmap, place: QRect) -> None:
    if pixmap.deviceIndependentSize().toSize() == place.size():
        painter.drawPixmap(place.topLeft(), pixmap)
    else:  # made for another width: shown until the one for this width is there
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, pixmap)
