"""The selected photo over the whole window: the panel's own picture, and what the panel says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from desktop.language import tr
from desktop.views.texts import Line, Text

if TYPE_CHECKING:
    from desktop.views.picture import Picture

_FOOT: Final = 52
_MARGIN: Final = 14
_STEPS: Final[dict[int, int]] = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


class LargePhoto(QFrame):
    """Lies over a window; `went` says how many photos on a person wants to be, `left` that it is enough."""

    went = Signal(int)
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("large")
        self.setAccessibleName(tr("Large photo"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._window = window
        self._picture: Picture | None = None
        self.heading, self.sureness = Line(weight=QFont.Weight.DemiBold), Text(tone="muted")
        self.name, self.place = Line(tone="muted"), Text(tone="muted")
        self.back, self.on = QPushButton("←"), QPushButton("→")
        self.close_button = QPushButton(tr("Close"))
        self._lay_out()
        self.back.clicked.connect(lambda: self.went.emit(-1))
        self.on.clicked.connect(lambda: self.went.emit(1))
        self.close_button.clicked.connect(self.left)
        self.hide()
        window.installEventFilter(self)

    def _lay_out(self) -> None:
        tips = (tr("The photo before (Left)"), tr("The next photo (Right)"), tr("Back to all photos (Esc)"))
        foot = QFrame(self)
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(_MARGIN, 4, _MARGIN, 8)
        layout.setSpacing(10)
        for label in (self.sureness, self.place):
            label.setWordWrap(False)
        for button, tip in zip((self.back, self.on, self.close_button), tips, strict=True):
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same
        for button in (self.back, self.on):
            button.setAccessibleName(button.toolTip())
        for widget in (self.back, self.on, self.heading, self.sureness):
            layout.addWidget(widget)
        layout.addWidget(self.name, 1)
        for widget in (self.place, self.close_button):
            layout.addWidget(widget)
        self._foot = foot

    def take(self, picture: Picture) -> None:
        """Show this picture, and take the keys."""
        self._picture = picture
        picture.setParent(self)
        self.setGeometry(self._window.rect())
        self._arrange()
        picture.show()
        self.show()
        self.raise_()
        self.setFocus()

    def give_back(self) -> Picture | None:
        """Hide, and return the picture."""
        picture, self._picture = self._picture, None
        self.hide()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the picture as large as there is room."""
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """Keep Esc from the window, for which it stops the work."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Go on and back by the arrows, leave by Esc."""
        key = event.key()
        if key in _STEPS:
            self.went.emit(_STEPS[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, _next: bool) -> bool:  # noqa: FBT001, N802 - Qt's name
        """Keep the keys here: what lies below is not seen."""
        return True

    def _arrange(self) -> None:
        size = self.size()
        self._foot.setGeometry(0, size.height() - _FOOT, size.width(), _FOOT)
        if self._picture is not None:
            room = self.rect().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_FOOT)
            self._picture.setGeometry(room)
