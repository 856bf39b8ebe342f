"""Labels that show text as it is: never as markup, cut in the middle where there is no room."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop import theme
from desktop.state.spelling import plain

Tone = Literal["plain", "muted", "failed"]


class Text(QLabel):
    """Plain text that may take several lines."""

    def __init__(
        self,
        text: str = "",
        *,
        scale: float = 1.0,
        weight: QFont.Weight = QFont.Weight.Normal,
        tone: Tone = "plain",
    ) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(scale, weight))
        self.setWordWrap(True)
        self.setProperty("tone", tone)
        self.setText(text)

    def say(self, text: str) -> None:
        """Show this text; take no room when there is none."""
        self.setText(text)
        self.setVisible(bool(text))


class Line(QWidget):
    """One line of plain text, cut in the middle where there is no room; the whole is in its tooltip."""

    def __init__(
        self, *, scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal, tone: Tone = "plain"
    ) -> None:
        super().__init__()
        self.setFont(theme.font(scale, weight))
        self._text, self._tone = "", tone
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def say(self, text: str) -> None:
        """Show this text; take no room when there is none."""
        if text == self._text and self.isHidden() is not bool(text):
            return
        self._text = text
        self.setAccessibleName(text)
        self.setToolTip(plain(text) if text else "")
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for the whole text."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for a few letters."""
        return QSize(min(40, self.sizeHint().width()), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint as much of the text as there is room for."""
        role = QPalette.ColorRole.PlaceholderText if self._tone == "muted" else QPalette.ColorRole.WindowText
        painter = QPainter(self)
        painter.setPen(self.palette().color(role))
        cut = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideMiddle, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)
