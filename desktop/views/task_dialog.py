"""The frame of every dialog that does something: what it is about, the body, how far it is, the buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.state import problems
from desktop.state.task import Stage
from desktop.views.texts import Text

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from desktop.state.task import Task

_REFRESH = 100  # milliseconds


class TaskDialog(QDialog):
    """Esc stops what is at work, and closes the dialog when nothing is."""

    def __init__(self, parent: QWidget, task: Task, title: str, sentence: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.task = task
        self.said, self.problem = Text(tone="muted"), Text(tone="failed")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setAccessibleName(tr("Progress"))
        self.primary, self.cancel = QPushButton(), QPushButton(tr("Cancel"))
        self.primary.setProperty("kind", "primary")
        self.primary.setDefault(True)
        self.cancel.setAutoDefault(False)  # Enter is for the primary button alone
        self.ways = QHBoxLayout()  # what else can be done, left of the buttons
        self.body = QVBoxLayout()
        self._lay_out(Text(title, scale=1.3, weight=QFont.Weight.DemiBold), Text(sentence, tone="muted"))
        self._clock = QTimer(self, interval=_REFRESH)
        self._clock.timeout.connect(self.show_progress)
        self.cancel.clicked.connect(self.reject)
        task.changed.connect(self._refresh)

    def _lay_out(self, title: Text, sentence: Text) -> None:
        self.body.setSpacing(10)
        foot = QHBoxLayout()
        foot.setSpacing(9)
        foot.addLayout(self.ways)
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.primary)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(sentence)
        layout.addSpacing(4)
        layout.addLayout(self.body, 1)
        layout.addStretch()  # takes the room when nothing of the body is shown
        for widget in (self.bar, self.said, self.problem):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addLayout(foot)

    def busy(self) -> bool:
        """Whether something is at work."""
        return self.task.stage in (Stage.LOOKING, Stage.WORKING)

    def show_progress(self) -> None:
        """Show how far the work is."""
        task = self.task
        self.bar.setRange(0, task.total)
        self.bar.setValue(task.done)

    def _refresh(self) -> None:
        """Show what the task is at."""
        task = self.task
        self.bar.setVisible(self.busy())
        self.show_progress()
        working = task.stage is Stage.WORKING
        self.cancel.setText(tr("Stop") if working else tr("Close") if self._is_over() else tr("Cancel"))
        self.problem.say(problems.line(task.error) if task.error else "")
        if self.busy() != self._clock.isActive():
            (self._clock.start if self.busy() else self._clock.stop)()
        self.show_task()
        if self._is_over():
            self.resize(self.width(), self.layout_height())
            self.cancel.setFocus()  # there is nothing left to do but to close it
        self._aim()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Give Enter to the primary button where all was ready before the dialog was seen."""
        super().showEvent(event)
        self._aim()

    def _aim(self) -> None:
        if self.cancel.hasFocus() and self.primary.isEnabled() and self.primary.isVisible():
            self.primary.setFocus()

    def layout_height(self) -> int:
        """Return the height that what is shown takes."""
        layout = self.layout()
        if layout is None:
            return self.height()
        layout.activate()
        return max(layout.totalHeightForWidth(self.width()), layout.totalMinimumSize().height())

    def _is_over(self) -> bool:
        return self.task.stage is Stage.DONE

    def show_task(self) -> None:
        """Show what is the dialog's own."""

    def reject(self) -> None:
        """Stop what is at work; close when nothing is."""
        if self.task.stage is Stage.WORKING:
            self.task.stop()
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Leave no thread behind."""
        self.task.close()
        super().done(result)


def row(name: str, *widgets: QWidget) -> QFrame:
    """Return a line of a form: what it is for, and what is chosen there."""
    frame = QFrame()
    layout = QHBoxLayout(frame)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(8)
    label = Text(name, tone="muted")
    label.setFixedWidth(88)
    label.setBuddy(widgets[0])
    layout.addWidget(label)
    for place, widget in enumerate(widgets):
        widget.setAccessibleName(widget.accessibleName() or name)
        layout.addWidget(widget, 0 if place else 1)
    return frame
