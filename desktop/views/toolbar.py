"""The top: what to do, and which photos are open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton

from desktop.state import words
from desktop.views.texts import Line
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QAction


class Toolbar(QFrame):
    """The ways in, and the name and place of what is open."""

    def __init__(self, open_action: QAction, webcam_action: QAction) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.open, self.webcam = button(open_action, "primary"), button(webcam_action, "quiet")
        self.name, self.place = Line(weight=QFont.Weight.DemiBold), Line(tone="muted")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 9, 14, 9)
        layout.setSpacing(9)
        layout.addWidget(self.open)
        layout.addWidget(self.webcam)
        layout.addSpacing(7)
        layout.addWidget(self.name)
        layout.addWidget(self.place)
        layout.addStretch(1)
        self.show_paths([])

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show the folder that is open, or how many things are."""
        if len(paths) == 1:
            path = paths[0].absolute()
            self.name.say(files.shown(path.name or path))
            self.place.say(words.place(path.parent))
        else:
            self.name.say(f"{len(paths)} files and folders" if paths else "")
            self.place.say(words.place(paths[0].absolute().parent) if paths else "")


def button(action: QAction, kind: str) -> QPushButton:
    """Return a button that does what an action does."""
    made = QPushButton(action.text())
    made.setProperty("kind", kind)
    made.setToolTip(action.toolTip())
    made.setCheckable(action.isCheckable())
    made.clicked.connect(action.trigger)
    made.setEnabled(action.isEnabled())
    action.enabledChanged.connect(made.setEnabled)
    action.toggled.connect(made.setChecked)
    return made
