"""Under the photo: the heat map and its strength, and which part is asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSlider, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.views.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class HeatBox(QWidget):
    """A box that stands for an action, a slider, and the way back to the whole photo."""

    def __init__(self, heat: QAction) -> None:
        super().__init__()
        self.box, self.strength = QCheckBox(), QSlider(Qt.Orientation.Horizontal)
        self.box.setText(f"{heat.text()}  ({heat.shortcut().toString()})")
        self.box.setToolTip(heat.toolTip())
        self.box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.box.toggled.connect(heat.setChecked)
        heat.toggled.connect(self.box.setChecked)
        self.strength.setRange(10, 100)
        self.strength.setValue(70)
        self.strength.setAccessibleName(tr("Strength of the heat map"))
        self.strength.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.note = Text(scale=0.92, tone="muted")
        self.part, self.whole = Text(scale=0.92, tone="muted"), QPushButton(tr("Ask about the whole photo"))
        self.whole.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.box)
        top.addWidget(self.strength, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(5)
        layout.addLayout(top)
        layout.addWidget(self.note)
        layout.addWidget(self.part)
        layout.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_part(asked=False)

    def show_part(self, *, asked: bool) -> None:
        """Say whether a part is asked about, and how to."""
        self.part.say(
            tr("Of this part alone. Arrows move it, with Shift they change its size.")
            if asked
            else tr("Draw round a part to ask about it alone, or press A.")
        )
        self.whole.setVisible(asked)
