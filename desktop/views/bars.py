"""The labels that a photo may have, best first, each with a bar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop import theme
from desktop.language import tr
from desktop.state import words
from whatsit.decisions import Answer, Candidate, Status

if TYPE_CHECKING:
    from desktop.theme import Theme

_ROW: Final = 25
_THICK: Final = 7
_ONE_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class RankedBars(QWidget):
    """Bars in the accent colour; grey where they are not to be believed, without figures nobody measured."""

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self._answer: Answer | None = None
        self._font, self._small = theme.font(), theme.font(0.94)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        dress.changed.connect(self.update)

    def show_answer(self, answer: Answer | None) -> None:
        """Show an answer's candidates; nothing when it has none."""
        before = len(self._answer.candidates) if self._answer else 0
        self._answer = answer
        self.setVisible(answer is not None and bool(answer.candidates))
        said = words.ranked_spoken(answer) if answer else ""
        self.setAccessibleName(tr("Ranked labels: {labels}").format(labels=said))
        if before != (len(answer.candidates) if answer else 0):  # a webcam brings an answer with each frame
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for one line a candidate."""
        return QSize(200, _ROW * len(self._answer.candidates) if self._answer else 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least room."""
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint label, bar and percentage of each candidate."""
        if self._answer is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, candidate in enumerate(self._answer.candidates):
            row = QRect(0, place * _ROW, self.width(), _ROW)
            self._paint_row(painter, row, candidate, measured=self._answer.calibrated)

    def _paint_row(self, painter: QPainter, row: QRect, candidate: Candidate, *, measured: bool) -> None:
        names, figures = round(row.width() * 0.36), 48 if measured else 0
        painter.setFont(self._font)
        painter.setPen(self._dress.color("text"))
        room = QRect(row.left(), row.top(), names - 10, row.height())
        text = painter.fontMetrics().elidedText(
            words.said_label(candidate.label), Qt.TextElideMode.ElideRight, room.width()
        )
        painter.drawText(room, _ONE_LINE, text)
        if measured:
            painter.setFont(self._small)
            painter.setPen(self._dress.color("muted"))
            said = words.percent(candidate.confidence)
            painter.drawText(row, _ONE_LINE | Qt.AlignmentFlag.AlignRight, said)
        track = QRectF(names, row.center().y() - _THICK / 2 + 0.5, row.width() - names - figures, _THICK)
        self._paint_bar(painter, track, candidate.confidence)

    def _paint_bar(self, painter: QPainter, track: QRectF, confidence: float) -> None:
        believed = self._answer is not None and self._answer.status is not Status.UNKNOWN
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._dress.color("track"))
        painter.drawRoundedRect(track, _THICK / 2, _THICK / 2)
        filled = QRectF(track)
        filled.setWidth(max(_THICK, track.width() * confidence))
        painter.setBrush(self._dress.color("accent" if believed else "skipped"))
        painter.drawRoundedRect(filled, _THICK / 2, _THICK / 2)
