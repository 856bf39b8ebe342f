"""What the webcam view shows in place of a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.state import problems
from desktop.views.texts import Text

if TYPE_CHECKING:
    from whatsit.errors import WhatsitError


class Problem(QWidget):
    """Why there is no picture, and the ways on."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.sentence = Text(scale=1.4, weight=QFont.Weight.DemiBold), Text(tone="muted")
        self._ways = QHBoxLayout()
        self._ways.setSpacing(10)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(4)
        for text in (self.title, self.sentence):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            layout.addWidget(text)
        layout.addSpacing(8)
        layout.addLayout(self._ways)
        layout.addStretch(5)

    def offer(self, *ways: QWidget) -> None:
        """Offer these ways on."""
        self._ways.addStretch(1)
        for way in ways:
            self._ways.addWidget(way)
        self._ways.addStretch(1)

    def tell(self, error: WhatsitError) -> None:
        """Say what went wrong and how to go on."""
        self.title.say(problems.title(error))
        self.sentence.say(problems.advice(error))
