"""All that a person can tell the window to do, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from PySide6.QtGui import QAction, QKeySequence

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget


class Do(Enum):
    """One name for each action."""

    OPEN = "open"
    STOP = "stop"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Row:
    """What an action is called, its keys, and what it does in a sentence."""

    text: str
    keys: str
    tip: str


TABLE: Final = {
    Do.OPEN: Row("Open folder", "Ctrl+O", "Open a folder of photos"),
    Do.STOP: Row("Stop", "Esc", "Stop answering; what is answered stays"),
    Do.QUIT: Row("Quit", "Ctrl+Q", "Close the window"),
}


def make(window: QWidget, calls: Mapping[Do, Callable[[], object]]) -> dict[Do, QAction]:
    """Return the window's actions, each bound to what it calls."""
    made = {}
    for name, row in TABLE.items():
        action = QAction(row.text, window)
        action.setShortcut(QKeySequence(row.keys))
        action.setToolTip(f"{row.tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        action.triggered.connect(lambda _checked=False, call=calls[name]: call())
        window.addAction(action)
        made[name] = action
    return made
