"""What the dialogs of the window have in common: a title, room, a line for what is being done, a way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.state import problems
from desktop.views.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from whatsit.errors import WhatsitError


class Dialog(QDialog):
    """A window over the window; it goes on meanwhile, and Esc closes this one."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = Text(title, scale=1.3, weight=QFont.Weight.DemiBold)
        self.doing, self.problem = Text(scale=0.95, tone="muted"), Text(scale=0.95, tone="failed")
        self.body, self._foot = QVBoxLayout(), QHBoxLayout()
        self.body.setSpacing(8)
        self.close_button = push(tr("Close"), self.close, "plain")
        self._foot.addStretch(1)
        self._foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 16)
        layout.setSpacing(12)
        layout.addWidget(self.title)
        layout.addLayout(self.body, 1)
        for text in (self.doing, self.problem):
            text.say("")
            layout.addWidget(text)
        layout.addLayout(self._foot)

    def offer(self, *ways: QWidget) -> None:
        """Put these into the foot, left of Close."""
        for place, way in enumerate(ways):
            self._foot.insertWidget(place, way)

    def tell(self, doing: str, error: WhatsitError | None) -> None:
        """Say what is being done, and what went wrong."""
        self.doing.say(doing)
        self.problem.say(problems.lines(error) if error is not None else "")


def push(text: str, call: Callable[[], object], kind: str) -> QPushButton:
    """Return a button that calls something; Return does not press it from afar."""
    made = QPushButton(text)
    made.setProperty("kind", kind)
    made.setAutoDefault(False)
    made.clicked.connect(lambda _checked=False: call())
    return made
