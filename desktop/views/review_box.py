"""Putting right, under the photo: accept, relabel, unknown, and the labels that have a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.state import words
from desktop.views.key_button import KeyButton
from desktop.views.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_ACROSS: Final = 3


class ReviewBox(QWidget):
    """`labelled` says which of the labels with a key was pressed."""

    labelled = Signal(str)

    def __init__(self, accept: QAction, relabel: QAction, unknown: QAction) -> None:
        super().__init__()
        self._recent: tuple[str, ...] = ()
        self.accept, self.relabel, self.unknown = (_button(one) for one in (accept, relabel, unknown))
        self.note = Text(scale=0.9, tone="muted")
        top, self._labels = QHBoxLayout(), QGridLayout()
        for each in (top, self._labels):
            each.setSpacing(7)
        for button in (self.accept, self.relabel, self.unknown):
            top.addWidget(button, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(7)
        layout.addLayout(top)
        layout.addLayout(self._labels)
        layout.addWidget(self.note)

    def show_recent(self, labels: Sequence[str]) -> None:
        """Show the labels that have a key, in the order of the keys from 1 on."""
        if tuple(labels) == self._recent:
            return
        self._recent = tuple(labels)
        while (item := self._labels.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for place, label in enumerate(labels):
            button = KeyButton(words.said_label(label), str(place + 1))
            button.clicked.connect(lambda _checked=False, one=label: self.labelled.emit(one))
            self._labels.addWidget(button, place // _ACROSS, place % _ACROSS)

    def show_selected(self, count: int) -> None:
        """Say how many photos the buttons speak of where it is more than one."""
        self.note.say(words.speaks_of(count))


def _button(action: QAction) -> KeyButton:
    made = KeyButton(action.text(), action.shortcut().toString(), action.toolTip())
    made.clicked.connect(action.trigger)
    return made
