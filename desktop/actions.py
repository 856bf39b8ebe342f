"""All that a person can tell the window to do, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from desktop.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

Call: TypeAlias = "Callable[[], object]"


class Do(Enum):
    """One name for each action."""

    OPEN = "open"
    STOP = "stop"
    QUIT = "quit"
    WEBCAM = "webcam"
    PLAY = "play"
    FREEZE = "freeze"
    SNAPSHOT = "snapshot"
    SHOW_SNAPSHOTS = "show snapshots"
    LIVE_HEAT = "live heat"
    PART = "part"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Row:
    """What an action is called, its keys, and what it does in a sentence."""

    text: str
    keys: str
    tip: str
    lasting: bool = False  # on or off, rather than done once


def table() -> dict[Do, Row]:
    """Return every action, in the window's language."""
    return {
        Do.OPEN: Row(tr("Open folder"), "Ctrl+O", tr("Open a folder of photos")),
        Do.STOP: Row(tr("Stop"), "Esc", tr("Stop answering; what is answered stays")),
        Do.QUIT: Row(tr("Quit"), "Ctrl+Q", tr("Close the window")),
        Do.WEBCAM: Row(tr("Webcam"), "Ctrl+W", tr("Show what is before the camera"), lasting=True),
        Do.PLAY: Row(tr("Play a video…"), "Ctrl+P", tr("Play a video file in place of the camera")),
        Do.FREEZE: Row(tr("Freeze"), "Space", tr("Hold the picture, or let it go on")),
        Do.SNAPSHOT: Row(tr("Snapshot"), "S", tr("Keep the picture as a photo")),
        Do.SHOW_SNAPSHOTS: Row(tr("Folder"), "Ctrl+Shift+S", tr("Open the folder of snapshots")),
        Do.LIVE_HEAT: Row(tr("Heat map"), "H", tr("Show which parts speak for the answer"), lasting=True),
        Do.PART: Row(tr("Ask about a part"), "A", tr("Show the model only a square"), lasting=True),
        Do.AGAIN: Row(tr("Try again"), "F5", tr("Try once more")),
    }


def make(
    window: QWidget,
    calls: Mapping[Do, Call],
    within: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> dict[Do, QAction]:
    """Return actions of a window or a part of it, each bound to what it calls; their keys work `within`."""
    made, rows = {}, table()
    for name, call in calls.items():
        row = rows[name]
        action = QAction(row.text, window, checkable=row.lasting)
        action.setShortcut(QKeySequence(row.keys))
        action.setShortcutContext(within)
        action.setToolTip(f"{row.tip} ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})")
        told = action.toggled if row.lasting else action.triggered
        told.connect(lambda _checked=False, call=call: call())
        window.addAction(action)
        made[name] = action
    return made
