"""Beside the camera's picture: the answer, live, and what to see of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSlider, QVBoxLayout

from desktop.language import tr
from desktop.state import words
from desktop.views.bars import RankedBars
from desktop.views.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.state.live import Live
    from desktop.state.session import Session
    from desktop.theme import Theme
    from desktop.work.live import Seen


class LivePanel(QFrame):
    """Heading, bars and sentence; heat map and square; how fast it goes."""

    def __init__(self, session: Session, live: Live, dress: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.setAccessibleName(tr("Live answer"))
        self.setFixedWidth(340)
        self._session, self._live = session, live
        self.heading = Text(scale=1.6, weight=QFont.Weight.DemiBold)
        self.sureness, self.then = Text(tone="muted"), Text()
        self.bars = RankedBars(dress)
        self.sentence = Text(scale=0.95, tone="muted")
        self.heat, self.part = QCheckBox(), QCheckBox()
        self.strength = QSlider(Qt.Orientation.Horizontal)
        self.strength.setRange(10, 100)
        self.strength.setValue(70)
        self.strength.setAccessibleName(tr("Strength of the heat map"))
        self.part_tip = Text(scale=0.9, tone="muted")
        self.figures = Text(scale=0.92, tone="muted")
        self._lay_out()
        self.show_seen(None)

    def _lay_out(self) -> None:
        heat = QHBoxLayout()
        heat.setSpacing(12)
        heat.addWidget(self.heat)
        heat.addWidget(self.strength, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 16)
        layout.setSpacing(5)
        for widget in (self.heading, self.sureness, self.then):
            layout.addWidget(widget)
        layout.addSpacing(8)
        layout.addWidget(self.bars)
        layout.addSpacing(4)
        layout.addWidget(self.sentence)
        layout.addSpacing(18)
        layout.addLayout(heat)
        layout.addWidget(self.part)
        layout.addWidget(self.part_tip)
        layout.addStretch(1)
        layout.addWidget(self.figures)

    def bind(self, heat: QAction, part: QAction) -> None:
        """Let the boxes stand for these actions."""
        for box, action in ((self.heat, heat), (self.part, part)):
            box.setText(f"{action.text()}  ({action.shortcut().toString()})")
            box.setToolTip(action.toolTip())
            box.setChecked(action.isChecked())
            box.toggled.connect(action.setChecked)
            action.toggled.connect(box.setChecked)

    def show_seen(self, seen: Seen | None) -> None:
        """Show what is seen now; what is missing when nothing is."""
        answer = seen.answer if seen else None
        self.heading.say(words.heading(answer) if answer else "")
        self.sureness.say(words.sureness(answer))
        self.then.say(words.then_sentence(answer))
        self.bars.show_answer(answer)
        self.sentence.say(words.sentence(answer, self._session.threshold) if answer else self._missing())
        if seen is None:  # else by the clock: figures that change with each answer cannot be read
            self.show_figures()

    def show_figures(self) -> None:
        """Show how many frames come, how many are answered, and how long one takes."""
        live, parts = self._live, []
        if live.frames.rate:
            parts.append(tr("{count} pictures a second").format(count=f"{live.frames.rate:.0f}"))
        if live.answers.pace.rate:
            parts.append(tr("{count} answers a second").format(count=f"{live.answers.pace.rate:.0f}"))
        if live.answers.seen is not None:
            taken = f"{1000 * live.answers.seen.seconds:.1f}"
            parts.append(tr("{count} ms an answer").format(count=taken))
        self.figures.say("\n".join(parts))

    def show_part(self) -> None:
        """Say how the square is moved, while there is one."""
        said = tr("Drag the square, or use the arrows; wheel, plus and minus change its size.")
        self.part_tip.say(said if self._live.part else "")

    def _missing(self) -> str:
        if self._session.model_error is not None:
            return tr("There is no model that could answer.")
        return tr("Opening the model…") if self._session.classifier is None else ""
