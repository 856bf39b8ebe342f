"""The picture of the camera, the heat map over it, and the square that the model sees."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.language import tr

if TYPE_CHECKING:
    from desktop.theme import Theme
    from desktop.work.part import Part

_STEP: Final = 0.02  # of a side, for an arrow key
_LARGER: Final = 1.08
_STEPS: Final[dict[int, tuple[float, float]]] = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class LivePicture(QWidget):
    """Paints the newest frame; `moved` brings the square where a person drags, turns or steers it."""

    moved = Signal(object)

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self._image: QImage | None = None
        self._heat: QImage | None = None
        self._part: Part | None = None
        self._held: QPointF | None = None
        self.strength = 0.7  # of the heat map
        self.setAccessibleName(tr("Camera picture"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        dress.changed.connect(self.update)

    def show_image(self, image: QImage | None) -> None:
        """Show this frame, or an empty well."""
        self._image = image
        self.update()

    def show_heat(self, heat: QImage | None) -> None:
        """Lay this heat map over what the model sees, or none."""
        if heat is not self._heat:  # the picture is painted with each frame anyway
            self._heat = heat
            self.update()

    def show_part(self, part: Part | None) -> None:
        """Show the square that the model sees, or none when it sees all."""
        self._part = part
        self.setCursor(Qt.CursorShape.OpenHandCursor if part else Qt.CursorShape.ArrowCursor)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size that shows something."""
        return QSize(640, 420)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Take hold of the square."""
        if self._part is not None and self._image is not None:
            self._held = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Move the square along."""
        place = self._place()
        if self._held is None or self._part is None or place.isEmpty():
            return
        way, self._held = event.position() - self._held, event.position()
        self._move(self._part.moved(way.x() / place.width(), way.y() / place.height()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go of the square."""
        self._held = None
        self.show_part(self._part)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Make the square larger or smaller."""
        if self._part is not None and event.angleDelta().y():
            self._move(self._part.scaled(_LARGER if event.angleDelta().y() > 0 else 1 / _LARGER))
            event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Steer the square by the arrows, and make it larger or smaller by plus and minus."""
        key = event.key()  # no member of Qt.Key on every keyboard
        if self._part is not None and key in _STEPS:
            self._move(self._part.moved(*_STEPS[key]))
        elif self._part is not None and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._move(self._part.scaled(1 / _LARGER if key == Qt.Key.Key_Minus else _LARGER))
        else:
            super().keyPressEvent(event)

    def _move(self, part: Part) -> None:
        if self._image is not None:
            self._part = part.inside(self._image.width(), self._image.height())
            self.moved.emit(self._part)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint frame, heat map, square, and the mark of who has the keys."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        place = self._place()
        if self._image is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._dress.color("well"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
            return
        painter.drawImage(place, self._image)
        window = self._window(place)
        if self._heat is not None and self.strength > 0:
            painter.setOpacity(self.strength)
            painter.drawImage(window, self._heat)
            painter.setOpacity(1.0)
        if self._part is not None:
            self._paint_part(painter, place, window)
        if self.hasFocus():
            painter.setPen(QPen(self._dress.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(1, 1, -1, -1))

    def _paint_part(self, painter: QPainter, place: QRectF, window: QRectF) -> None:
        outside = QPainterPath()
        outside.addRect(place)
        hole = QPainterPath()
        hole.addRect(window)
        painter.setOpacity(0.45)
        painter.fillPath(outside.subtracted(hole), Qt.GlobalColor.black)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((Qt.GlobalColor.black, 4), (Qt.GlobalColor.white, 2)):
            painter.setPen(QPen(color, width))
            painter.drawRect(window)

    def _place(self) -> QRectF:
        """Return where the frame is: as large as it fits, in the middle."""
        if self._image is None:
            return QRectF()
        size = QSizeF(self._image.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(QPointF(left, top), size)

    def _window(self, place: QRectF) -> QRectF:
        """Return where the part that the model sees is."""
        if self._image is None or self._part is None:
            return place
        left, top, right, bottom = self._part.box(self._image.width(), self._image.height())
        scale = place.width() / self._image.width()
        corner = place.topLeft() + QPointF(left * scale, top * scale)
        return QRectF(corner, QSizeF((right - left) * scale, (bottom - top) * scale))
