"""What stands where a view will be."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout

from desktop.views.texts import Text


class Waiting(QFrame):
    """A frame that looks as the view named so will, and says what it waits for."""

    def __init__(self, name: str, said: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.text = Text(said, tone="muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 12, 8)
        layout.addWidget(self.text, 0, Qt.AlignmentFlag.AlignTop)
