"""All that a person can tell the window to do, as one table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence

from desktop.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QWidget

Call: TypeAlias = "Callable[[], object]"


class Do(Enum):
    """One name for each action."""

    OPEN = "open"
    PAUSE = "pause"
    STOP = "stop"
    QUIT = "quit"
    FIND = "find"
    SORT = "sort"
    UNDO_SORT = "undo a sort"
    EXPORT = "export"
    HEAT = "heat"
    ASK_PART = "ask about a part"
    FILL = "fill the window"
    RECENT = "recent"
    MORE_LIKE = "more like this"
    SHOW_FILE = "show file"
    REVIEW = "review"
    ACCEPT = "accept"
    RELABEL = "relabel"
    UNKNOWN = "unknown"
    UNDO = "undo"
    REDO = "redo"
    LABEL_1 = "label 1"
    LABEL_2 = "label 2"
    LABEL_3 = "label 3"
    LABEL_4 = "label 4"
    LABEL_5 = "label 5"
    LABEL_6 = "label 6"
    LABEL_7 = "label 7"
    LABEL_8 = "label 8"
    LABEL_9 = "label 9"
    WEBCAM = "webcam"
    PLAY = "play"
    FREEZE = "freeze"
    SNAPSHOT = "snapshot"
    SHOW_SNAPSHOTS = "show snapshots"
    LIVE_HEAT = "live heat"
    PART = "part"
    AGAIN = "again"
    MODELS = "models"
    DEVICE = "device"
    SETTINGS = "settings"
    SHOW_LOG = "show log"
    REPORT = "report"


LABELS: Final = tuple(one for one in Do if one.value.startswith("label "))
WINDOW: Final = (  # the window's own; views bring the others
    *(Do.OPEN, Do.WEBCAM, Do.PAUSE, Do.STOP, Do.QUIT, Do.FIND, Do.REVIEW, Do.ACCEPT, Do.RELABEL, Do.UNKNOWN),
    *(Do.UNDO, Do.REDO, *LABELS, Do.SORT, Do.UNDO_SORT, Do.EXPORT, Do.HEAT, Do.ASK_PART),
    *(Do.FILL, Do.RECENT, Do.MORE_LIKE, Do.SHOW_FILE),
)
DIALOGS: Final = (Do.MODELS, Do.DEVICE, Do.SETTINGS, Do.SHOW_LOG, Do.REPORT)


@dataclass(frozen=True, slots=True)
class Row:
    """What an action is called, its keys, and what it does in a sentence.

    Keys `on_photos` act only where photos have the keyboard: elsewhere they are text.
    """

    text: str
    keys: str
    tip: str
    lasting: bool = False  # on or off, rather than done once
    on_photos: bool = False


def table() -> dict[Do, Row]:
    """Return every action, in the window's language."""
    return {
        Do.OPEN: Row(tr("Open folder"), "Ctrl+O", tr("Open a folder of photos")),
        Do.PAUSE: Row(tr("Pause"), "F8", tr("Pause answering, or go on where it was")),
        Do.STOP: Row(tr("Stop"), "Esc", tr("Stop answering; what is answered stays")),
        Do.QUIT: Row(tr("Quit"), "Ctrl+Q", tr("Close the window")),
        Do.FIND: Row(tr("Search"), "Ctrl+F", tr("Search by file name")),
        Do.WEBCAM: Row(tr("Webcam"), "Ctrl+W", tr("Show what is before the camera"), lasting=True),
        Do.PLAY: Row(tr("Play a video…"), "V", tr("Play a video file in place of the camera")),
        Do.FREEZE: Row(tr("Freeze"), "Space", tr("Hold the picture, or let it go on")),
        Do.SNAPSHOT: Row(tr("Snapshot"), "S", tr("Keep the picture as a photo")),
        Do.SHOW_SNAPSHOTS: Row(tr("Folder"), "Ctrl+Shift+S", tr("Open the folder of snapshots")),
        Do.LIVE_HEAT: Row(tr("Heat map"), "H", tr("Show which parts speak for the answer"), lasting=True),
        Do.PART: Row(tr("Ask about a part"), "A", tr("Show the model only a square"), lasting=True),
        Do.AGAIN: Row(tr("Try again"), "F5", tr("Try once more")),
        Do.SORT: Row(tr("Sort…"), "Ctrl+S", tr("Put the photos into a folder for each answer")),
        Do.UNDO_SORT: Row(tr("Undo a sort…"), "Ctrl+U", tr("Take back what was sorted, today or earlier")),
        Do.EXPORT: Row(tr("Export…"), "Ctrl+E", tr("Write the answers to a file")),
        Do.RECENT: Row(tr("Recent"), "Ctrl+Shift+O", tr("Open a folder that was open lately")),
        Do.MORE_LIKE: Row(
            tr("More like this"), "L", tr("Show what looks most like it first"), on_photos=True
        ),
        Do.SHOW_FILE: Row(tr("Show in folder"), "Ctrl+L", tr("Open its folder in the file manager")),
        Do.HEAT: Row(
            tr("Heat map"), "H", tr("Show where the model sees its answer"), lasting=True, on_photos=True
        ),
        Do.ASK_PART: Row(
            tr("Ask about a part"), "A", tr("Ask about a rectangle of the photo alone"), on_photos=True
        ),
        Do.FILL: Row(
            tr("Fill the window"),
            "F",
            tr("See the photo large; arrows go on, Esc comes back"),
            lasting=True,
            on_photos=True,
        ),
        **_review_rows(),
        **_dialog_rows(),
    }


def _review_rows() -> dict[Do, Row]:
    label, tip = tr("Label {}"), tr("Say the label with this number")
    return {
        Do.REVIEW: Row(tr("Review"), "F2", tr("Look through the photos, the unsure ones first")),
        Do.ACCEPT: Row(
            tr("Accept"), "Return; Enter", tr("Say that the model is right, and go on"), on_photos=True
        ),
        Do.RELABEL: Row(tr("Relabel"), "R", tr("Say what it is instead"), on_photos=True),
        Do.UNKNOWN: Row(tr("Unknown"), "U", tr("Say that no label is right"), on_photos=True),
        Do.UNDO: Row(tr("Undo"), "Ctrl+Z", tr("Take back what you said last")),
        Do.REDO: Row(tr("Redo"), "Ctrl+Y; Ctrl+Shift+Z", tr("Say again what you took back")),
        **{
            one: Row(label.format(place), str(place), tip, on_photos=True)
            for place, one in enumerate(LABELS, 1)
        },
    }


def _dialog_rows() -> dict[Do, Row]:
    return {
        Do.MODELS: Row(tr("Models…"), "Ctrl+M", tr("Choose, add and remove models, and chain them")),
        Do.DEVICE: Row(tr("Device…"), "Ctrl+D", tr("What runs, how fast, and why not the GPU")),
        Do.SETTINGS: Row(tr("Settings…"), "Ctrl+,", tr("Language, colours, folders")),
        Do.SHOW_LOG: Row(tr("Open log folder"), "", tr("Open the folder of the log")),
        Do.REPORT: Row(
            tr("Copy report"), "", tr("Copy what to send with a bug report; nothing private is in it")
        ),
    }


def make(
    window: QWidget,
    calls: Mapping[Do, Call],
    within: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> dict[Do, QAction]:
    """Return actions of a window or a part of it, each bound to what it calls; their keys work `within`."""
    made = bare(window, calls)
    for action in made.values():
        action.setShortcutContext(within)
        window.addAction(action)
    bind(made, calls)
    return made


def bare(owner: QWidget, names: Iterable[Do]) -> dict[Do, QAction]:
    """Return actions that do nothing yet: for views that show them before there is what they call."""
    made, rows = {}, table()
    for name in names:
        row = rows[name]
        action = QAction(row.text, owner, checkable=row.lasting)
        action.setShortcuts(QKeySequence.listFromString(row.keys))
        key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{row.tip} ({key})" if key else row.tip)
        made[name] = action
    return made


def bind(made: Mapping[Do, QAction], calls: Mapping[Do, Call]) -> None:
    """Let each action call what it is for."""
    for name, call in calls.items():
        action = made[name]
        told = action.toggled if action.isCheckable() else action.triggered
        told.connect(lambda _checked=False, call=call: call())


def give_keys(made: Mapping[Do, QAction], window: QWidget, *photos: QWidget) -> None:
    """Let the keys work in the window, those of photos only in the widgets that show photos."""
    rows = table()
    for name, action in made.items():
        if rows[name].on_photos:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for widget in photos if rows[name].on_photos else (window,):
            widget.addAction(action)
