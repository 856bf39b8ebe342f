"""The selected photo, whole or larger, the heat map over it, and a rectangle to ask about that part alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)  # fmt: skip
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.views.card import paint_missing
from desktop.views.zoom import STEP, Zoom
from desktop.work.asking import WHOLE, Area

if TYPE_CHECKING:
    from desktop.theme import Theme

_RATIO: Final = 0.82  # of the frame's height to its width
_MOST: Final = 4096  # pixels of a side that are asked for, however large it is shown
_IN: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_STEP: Final = 0.02  # of a side, for an arrow key
_STEPS: Final[dict[int, tuple[float, float]]] = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class Picture(QWidget):
    """`resized` says that another size is wanted, `drawn` which part a person drew round, None for none.

    Dragging draws where all is seen, and moves where the photo is larger; with Shift it always draws.
    """

    resized = Signal()
    drawn = Signal(object)

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self._pixmap: QPixmap | None = None
        self._own: QSizeF | None = None
        self._missing = False
        self._heat: QImage | None = None
        self._covers = WHOLE
        self._area: Area | None = None
        self._zoom = Zoom()
        self._held: QPointF | None = None
        self._corner: tuple[float, float] | None = None
        self.strength = 0.7  # of the heat map
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        dress.changed.connect(self.update)

    def show_photo(self, pixmap: QPixmap | None) -> None:
        """Show another photo, fitted, with nothing over it."""
        self._heat, self._area, self._zoom = None, None, Zoom()
        self.show_pixmap(pixmap)

    def show_pixmap(self, pixmap: QPixmap | None, own: tuple[int, int] | None = None) -> None:
        """Show this of a photo whose `own` size may be larger, or an empty frame."""
        self._pixmap, self._missing = pixmap, False
        self._own = QSizeF(*own) if own else None
        self.update()

    def show_missing(self) -> None:
        """Show that there is nothing to be seen."""
        self._pixmap, self._missing = None, True
        self.update()

    def show_heat(self, heat: QImage | None, covers: Area = WHOLE) -> None:
        """Lay this heat map over a part of the photo, or none."""
        self._heat, self._covers = heat, covers
        self.update()

    def show_area(self, area: Area | None) -> None:
        """Show the part that is asked about, or none."""
        self._area = area
        self.update()

    def wanted(self) -> QSize:
        """Return the size of the whole photo as it is shown, in device pixels."""
        size = QSizeF(self.size()) * self.devicePixelRatioF() * self._zoom.factor
        return size.boundedTo(QSizeF(_MOST, _MOST)).toSize()

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """Return the frame's height."""
        return round(width * _RATIO)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that shows something."""
        return QSize(320, self.heightForWidth(320))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Tell that the photo is wanted in another size."""
        super().resizeEvent(event)
        self.resized.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Show the photo larger or smaller around the mouse."""
        if event.angleDelta().y():
            self._enlarge(event.position(), STEP if event.angleDelta().y() > 0 else 1 / STEP)
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Zoom by plus, minus and 0; steer the rectangle by the arrows, take it away by Esc."""
        middle = QPointF(self.rect().center())
        if self._area is not None and event.key() in _STEPS:
            large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            steer = self._area.stretched if large else self._area.moved
            self.drawn.emit(steer(*_STEPS[event.key()]))
        elif event.key() in _IN:
            self._enlarge(middle, STEP)
        elif event.key() == Qt.Key.Key_Minus:
            self._enlarge(middle, 1 / STEP)
        elif event.key() == Qt.Key.Key_0:
            self._look(Zoom())
        elif event.key() == Qt.Key.Key_Escape and self._area is not None:
            self.drawn.emit(None)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window, for which it stops the work, while it takes the rectangle away."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self._area:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Show the photo four times as large where the mouse is, or fitted again."""
        if self._zoom == Zoom():
            self._enlarge(event.position(), 4.0)
        else:
            self._look(Zoom())

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the photo, or begin a rectangle."""
        self._held = event.position()
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._corner = self._part(event.position()) if shift or self._zoom.factor == 1.0 else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the photo, or the corner of the rectangle."""
        if self._pixmap is None or self._held is None:
            return
        if self._corner is not None:
            self.show_area(Area.between(self._corner, self._part(event.position())))
        else:
            way, self._held = event.position() - self._held, event.position()
            self._look(self._zoom.moved(way, QSizeF(self.size()), self._natural()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Tell which part was drawn round; a click takes it away."""
        if self._corner is not None and self._pixmap is not None:
            self.drawn.emit(Area.between(self._corner, self._part(event.position())))
        self._held = self._corner = None

    def _enlarge(self, point: QPointF, by: float) -> None:
        if self._pixmap is not None:
            self._look(self._zoom.around(point, by, QSizeF(self.size()), self._natural()))

    def _look(self, zoom: Zoom) -> None:
        larger, self._zoom = zoom.factor != self._zoom.factor, zoom
        self.setCursor(Qt.CursorShape.OpenHandCursor if zoom.factor > 1 else Qt.CursorShape.CrossCursor)
        self.update()
        if larger:
            self.resized.emit()

    def _part(self, point: QPointF) -> tuple[float, float]:
        place = self._place()
        return (point.x() - place.left()) / place.width(), (point.y() - place.top()) / place.height()

    def _natural(self) -> QSizeF:
        if self._pixmap is None:
            return QSizeF(1, 1)
        return (self._own or QSizeF(self._pixmap.size())) / self.devicePixelRatioF()

    def _place(self) -> QRectF:
        return self._zoom.place(QSizeF(self.size()), self._natural())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame and what is in it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.fillPath(frame, self._dress.color("ground"))
        if self._missing:
            paint_missing(painter, QPointF(self.rect().center()), self._dress.color("muted"), struck=True)
        if self._pixmap is None or self._pixmap.isNull():
            return
        place = self._place()
        painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
        if self._heat is not None and self.strength > 0:
            painter.setOpacity(self.strength)
            painter.drawImage(_within(place, self._covers), self._heat)
            painter.setOpacity(1.0)
        if self._area is not None:
            self._paint_area(painter, place, _within(place, self._area))
        outside = QPainterPath()
        outside.addRect(QRectF(self.rect()))
        painter.fillPath(outside.subtracted(frame), self._dress.color("panel"))

    def _paint_area(self, painter: QPainter, place: QRectF, area: QRectF) -> None:
        outside, inside = QPainterPath(), QPainterPath()
        outside.addRect(place)
        inside.addRect(area)
        painter.setOpacity(0.45)
        painter.fillPath(outside.subtracted(inside), QColor("black"))
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in (("black", 3.5), ("white", 1.6)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawRect(area)


def _within(place: QRectF, area: Area) -> QRectF:
    return QRectF(
        place.left() + area.left * place.width(), place.top() + area.top * place.height(),
        area.width * place.width(), area.height * place.height(),
    )  # fmt: skip
