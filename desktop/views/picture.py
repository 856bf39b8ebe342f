"""The selected photo, whole, in a frame that keeps its size from photo to photo."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.views.card import paint_missing

if TYPE_CHECKING:
    from desktop.theme import Theme

_RATIO: Final = 0.82  # of the frame's height to its width


class Picture(QWidget):
    """Paints a pixmap as large as it fits; `resized` says that another size is wanted."""

    resized = Signal()

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self._pixmap: QPixmap | None = None
        self._missing = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        dress.changed.connect(self.update)

    def show_pixmap(self, pixmap: QPixmap | None) -> None:
        """Show this, or an empty frame."""
        self._pixmap, self._missing = pixmap, False
        self.update()

    def show_missing(self) -> None:
        """Show that there is nothing to be seen."""
        self._pixmap, self._missing = None, True
        self.update()

    def wanted(self) -> QSize:
        """Return the frame's size in device pixels."""
        return self.size() * self.devicePixelRatioF()

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

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the frame and what is in it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()), theme.RADIUS, theme.RADIUS)
        painter.fillPath(frame, self._dress.color("ground"))
        if self._missing:
            paint_missing(painter, QPointF(self.rect().center()), self._dress.color("muted"), struck=True)
        if self._pixmap is not None and not self._pixmap.isNull():
            place = self._place(self._pixmap)
            painter.drawPixmap(place, self._pixmap, QRectF(self._pixmap.rect()))
            outside = QPainterPath()
            outside.addRect(QRectF(self.rect()))
            painter.fillPath(outside.subtracted(frame), self._dress.color("panel"))

    def _place(self, pixmap: QPixmap) -> QRectF:
        size = QSizeF(pixmap.size()).scaled(QSizeF(self.size()), Qt.AspectRatioMode.KeepAspectRatio)
        natural = QSizeF(pixmap.size()) / self.devicePixelRatioF()
        if natural.width() * 2 < size.width():  # a tiny picture is not blown up to mush
            size = natural * 2
        left, top = (self.width() - size.width()) / 2, (self.height() - size.height()) / 2
        return QRectF(QPointF(left, top), size)
