"""The foot: how far the answers are, how fast, and on which device."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from desktop import theme
from desktop.language import tr
from desktop.state import names, problems, spelling, words
from desktop.state.session import Phase
from desktop.told import told
from desktop.views.texts import Text
from desktop.views.toolbar import button

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.state.session import Session

_STEPS = 1_000


class StatusBar(QFrame):
    """Progress, Pause and Stop on the left, pace and device on the right."""

    def __init__(self, pause_action: QAction, stop_action: QAction) -> None:
        super().__init__()
        self.setObjectName("foot")
        self.bar = QProgressBar(textVisible=False, maximum=_STEPS)
        self.bar.setFixedWidth(260)
        self.bar.setAccessibleName(tr("Progress"))
        self.said, self.pace, self.device = (Text(scale=0.95, tone="muted") for _ in range(3))
        self.pause, self.stop = (button(one, "quiet") for one in (pause_action, stop_action))
        for one in (self.pause, self.stop):
            one.setFont(theme.font(0.95))
        self.device.setObjectName("pill")
        for label in (self.said, self.pace, self.device):
            label.setWordWrap(False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(15, 4, 14, 4)
        layout.setSpacing(12)
        for widget in (self.bar, self.said, self.pause, self.stop):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.pace)
        layout.addWidget(self.device)

    def show_session(self, session: Session) -> None:
        """Show how the session stands."""
        progress, working = session.progress, session.working
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        self.pause.setVisible(working or session.phase is Phase.STOPPED)
        self.pause.setText(names.pause(working=session.phase is Phase.WORKING))
        if progress.found:
            self._advance(_STEPS * progress.done // progress.found)
        self.said.say(_said(session))
        self.said.setToolTip("" if working else _explained(session))
        # While it counts the text only grows, so that Stop stays where it is.
        least = self.said.sizeHint().width() if working else 0
        self.said.setMinimumWidth(max(self.said.minimumWidth(), least) if working else 0)
        rate = progress.rate
        self.pace.say(tr("{rate} photos/s").format(rate=words.number(rate)) if rate else "")
        self.device.say(_device(session))

    def _advance(self, steps: int) -> None:
        if steps != self.bar.value():
            self.bar.setUpdatesEnabled(False)  # Qt would paint it here and now, and all else that waits
            self.bar.setValue(steps)
            self.bar.setUpdatesEnabled(True)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Keep the height when Stop comes and goes."""
        return QSize(
            super().sizeHint().width(), max(super().sizeHint().height(), self.stop.sizeHint().height() + 9)
        )


def _explained(session: Session) -> str:
    collection = session.photos.collection
    lines = [words.summed(collection.summed())]
    if collection.said:
        lines.append(tr("As the model has it: what you said counts in the list of answers."))
    return spelling.plain(*lines)


def _said(session: Session) -> str:
    progress = session.progress
    done, found = words.number(progress.done), words.number(progress.found)
    if session.phase is Phase.PAUSED:
        return tr("Paused: {done} of {found} done").format(done=done, found=found)
    if session.phase is Phase.WORKING:
        return _working(session)
    if session.phase is Phase.STOPPED:
        return tr("Stopped: {done} of {found} done").format(done=done, found=found)
    if session.phase is Phase.DONE:
        took = words.duration(progress.seconds) if progress.seconds >= 1 else tr("less than a second")
        return f"{words.summed(session.photos.collection.summed())} · {took}"
    if session.phase is Phase.FAILED and session.error and not session.model_error and progress.found:
        said = tr("Stopped: {done} of {found} done").format(done=done, found=found)
        return f"{said}. {problems.line(session.error)}"
    return ""


def _working(session: Session) -> str:
    progress = session.progress
    if session.classifier is None:
        return tr("{photos} found · opening the model…").format(photos=words.photos(progress.found))
    if not progress.all_found:
        return tr("{done} of {found} · still looking…").format(
            done=words.number(progress.done), found=words.number(progress.found)
        )
    left = progress.seconds_left
    said = tr("{done} of {found}").format(
        done=words.number(progress.done), found=words.number(progress.found)
    )
    return said if left is None else tr("{done} · {time} left").format(done=said, time=words.duration(left))


def _device(session: Session) -> str:
    if session.classifier is None:
        return ""
    device, variant = session.classifier.device, session.classifier.variant
    said = f"{device.name.upper()}, {variant}"
    return f"{said} · {told(device.reason)}" if device.reason else said
