"""What stands in the middle when there are no photos to show: an invitation, or what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import tr
from desktop.state import problems
from desktop.views.recent import RecentFolders
from desktop.views.texts import Text
from desktop.views.toolbar import button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.theme import Theme
    from whatsit.errors import WhatsitError

_MIDDLE: Final = Qt.AlignmentFlag.AlignHCenter


class Notice(QWidget):
    """A drawing, a title, a sentence, and the way on."""

    def __init__(self, open_action: QAction, models: QAction, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self._dropping = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.drawing = _Prints(dress)
        self.title = Text(scale=1.5, weight=QFont.Weight.DemiBold)
        self.sentence = Text(tone="muted")
        self.foot = Text(scale=0.9, tone="muted")
        self.open, self.models = button(open_action, "primary"), button(models, "primary")
        self.recent = RecentFolders()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(60, 40, 60, 40)
        layout.setSpacing(10)
        layout.addStretch(4)
        layout.addWidget(self.drawing, 0, _MIDDLE)
        layout.addSpacing(10)
        for text in (self.title, self.sentence):
            text.setAlignment(_MIDDLE)
            layout.addWidget(text)
        layout.addSpacing(10)
        for way in (self.open, self.models):
            layout.addWidget(way, 0, _MIDDLE)
        layout.addWidget(self.recent)
        layout.addStretch(5)
        self.foot.setAlignment(_MIDDLE)
        layout.addWidget(self.foot)
        dress.changed.connect(self.update)
        self.invite()

    def invite(self) -> None:
        """Invite to open photos."""
        self.drawing.setVisible(True)
        self._offer_photos(offered=True)
        self.title.say(tr("Drop a folder of photos here"))
        self.sentence.say(tr("Each photo gets its answer as you watch. Single photos are welcome too."))
        self.foot.say(tr("Photos stay on this computer, as they are."))

    def tell_opening(self, name: str) -> None:
        """Say that what is called so is being opened: there is nothing to do it with yet."""
        self.title.say(name or tr("Getting ready…"))
        self.sentence.say(tr("Getting ready…") if name else "")
        self.recent.hide()

    def tell(self, error: WhatsitError, *, is_about_photos: bool = True) -> None:
        """Say what went wrong and how to go on; opening other photos helps only where it was about photos."""
        self.drawing.setVisible(False)
        self._offer_photos(offered=is_about_photos)
        self.title.say(problems.title(error))
        self.sentence.say(problems.advice(error))
        self.foot.say("")

    def tell_empty(self) -> None:
        """Say that the folder holds nothing."""
        self.drawing.setVisible(True)
        self._offer_photos(offered=True)
        self.title.say(tr("No photos here"))
        self.sentence.say(tr("The folder is empty. Drop another one, or open it."))
        self.foot.say("")

    def _offer_photos(self, *, offered: bool) -> None:
        self.open.setVisible(offered)
        self.models.setVisible(not offered)  # then it is the model that is wanting
        self.recent.setVisible(offered)

    def set_dropping(self, dropping: bool) -> None:  # noqa: FBT001 - a state that is shown
        """Show that what is held over the window may be dropped."""
        self._dropping = dropping
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the edge of the place to drop on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._dress.color("accent" if self._dropping else "line"), 2 if self._dropping else 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        if self._dropping:
            painter.setBrush(self._dress.color("chosen"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(20, 20, -20, -20), 14, 14)


class _Prints(QWidget):
    """A drawing of photos on a heap, in the theme's colours."""

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self.setFixedSize(QSize(150, 104))
        dress.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint three prints, the last one on top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for angle, x, badge in ((-9, 50, "not_sure"), (8, 100, "unknown"), (0, 75, "answered")):
            painter.save()
            painter.translate(x, 54)
            painter.rotate(angle)
            self._paint_print(painter, self._dress.color(badge))
            painter.restore()

    def _paint_print(self, painter: QPainter, badge: QColor) -> None:
        dress = self._dress
        painter.setPen(QPen(dress.color("line"), 1.2))
        painter.setBrush(dress.color("card"))
        painter.drawRoundedRect(QRectF(-37, -40, 74, 80), 7, 7)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(dress.color("well"))
        painter.drawRoundedRect(QRectF(-31, -34, 62, 50), 3, 3)
        painter.setBrush(badge)
        painter.drawEllipse(QPointF(-26, 28), 4, 4)
        painter.setBrush(dress.color("track"))
        painter.drawRoundedRect(QRectF(-17, 25, 30, 6), 3, 3)
