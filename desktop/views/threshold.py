"""The slider that says how sure an answer must be, and what that brings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSlider, QVBoxLayout

from desktop.language import tr
from desktop.state import promises, spelling
from desktop.views.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.session import Session
    from whatsit.manifest import Decision, OperatingPoint


class ThresholdSlider(QFrame):
    """Has the places that were measured when the model was made, and no others."""

    moved = Signal(float)

    def __init__(self) -> None:
        super().__init__()
        self._decision: Decision | None = None
        self._points: Sequence[OperatingPoint] = ()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setAccessibleName(tr("How sure an answer must be"))
        self.slider.setMinimumWidth(200)
        self.slider.setPageStep(1)
        self.sentence = Text(scale=0.86, tone="muted")
        self.sentence.setWordWrap(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.slider)
        layout.addWidget(self.sentence)
        self.slider.valueChanged.connect(self._tell)

    def show_session(self, session: Session) -> None:
        """Show the threshold of the session's model, or why it cannot be moved."""
        decision = session.decision
        self.setVisible(decision is not None)
        if decision is None or decision == self._decision:
            return
        self._decision = decision
        self._points = sorted(decision.points, key=lambda one: one.threshold) if decision.calibrated else ()
        nearest = min(
            range(len(self._points)),
            key=lambda place: abs(self._points[place].threshold - decision.threshold),
            default=0,
        )
        self.slider.blockSignals(True)  # noqa: FBT003 - Qt's way; what is shown is no move of a person's
        self.slider.setRange(0, max(0, len(self._points) - 1))
        self.slider.setValue(nearest)
        self.slider.blockSignals(False)  # noqa: FBT003 - as above
        self.slider.setEnabled(len(self._points) > 1)
        self._say(nearest)

    def _tell(self, place: int) -> None:
        self._say(place)
        self.moved.emit(self._points[place].threshold)

    def _say(self, place: int) -> None:
        if self._decision is None:
            return
        point = self._points[place] if self._points else None
        none = promises.no_promise(self._decision)
        self.sentence.say(promises.promise(point) if point else none)
        tip = promises.promise_in_full(point, self._decision) if point else none
        for widget in (self.slider, self.sentence):
            widget.setToolTip(spelling.plain(tip))
        self.slider.setAccessibleDescription(tip)
