"""A person's whole sitting, driven by mouse and keyboard through the real `main()`; run as a program.

python -m tests.helpers.journey FOLDER OTHER MODEL: opens FOLDER and does all there is to do, closes while
OTHER is answered, and starts again. Prints what was seen, line by line.
"""

from __future__ import annotations

import gc
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from desktop import app as start
from desktop.main_window import MainWindow
from desktop.state.filters import ALL, Filter, Reviewed
from desktop.state.session import Phase
from desktop.state.task import Stage
from whatsit.classifier import Classifier
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections.abc import Callable

LEFT, CONTROL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
NOT_OURS = ("This plugin does not support", "QRhi*", "Populating font family aliases")
PATIENCE = 90_000  # milliseconds for one sitting
Steps = "Iterator[Callable[[], bool]]"


def say(*words: object) -> None:
    sys.stdout.write(" ".join(map(str, words)) + "\n")


def main(folder: Path, other: Path, model: str) -> None:
    """Sit down twice."""
    decoded: list[str] = []
    pixels_of = Classifier.pixels_of
    Classifier.pixels_of = lambda self, photo: decoded.append(str(photo)) or pixels_of(self, photo)  # type: ignore[func-returns-value, method-assign]
    qInstallMessageHandler(_tell)
    app = QApplication(["whatsit"])
    say("code", sit(app, [], model, first_sitting(folder, other)))
    before = len(decoded)
    say("code", sit(app, [str(other)], model, second_sitting(folder)))
    say("decoded again", len(decoded) - before < 200 <= before)
    gc.collect()
    say("threads", [one.name for one in threading.enumerate() if one is not threading.main_thread()])
    say("timers", [one for one in gc.get_objects() if isinstance(one, QTimer) and one.isActive()])


def first_sitting(folder: Path, other: Path) -> Steps:
    """Open, filter, put right, undo, sort, undo that, export, close at work."""
    yield lambda: window().room.session.classifier is not None
    press(Qt.Key.Key_O)
    yield lambda: bool(dialogs(QFileDialog))
    line = dialogs(QFileDialog)[0].findChild(QLineEdit)
    QTest.keyClicks(line, str(folder))
    QTest.keyClick(line, Qt.Key.Key_Return)
    yield lambda: window().room.session.phase is Phase.DONE
    counts = window().room.session.photos.collection.counts()
    say("answered", counts[ALL], counts[Filter(Status.ANSWERED, "cat")] > 80)

    yield from active()
    choose(Filter(Status.ANSWERED, "dog"))
    say("filtered", window().room.session.photos.rowCount() == counts[Filter(Status.ANSWERED, "dog")])
    choose(ALL)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_U):
        QTest.keyClick(window().room.grid, key)
    said = len(window().room.session.photos.collection.said)
    press(Qt.Key.Key_Z)
    say("put right", said, "then", len(window().room.session.photos.collection.said))

    yield from sort_and_back(folder)
    yield from active()
    press(Qt.Key.Key_E)
    export = window().room.filing.dialog
    QTest.mouseClick(export.primary, LEFT)
    yield lambda: export.task.stage is Stage.DONE
    say("exported", export.task.done, folder.with_name(f"{folder.name} answers.xlsx").is_file())
    QTest.keyClick(export, Qt.Key.Key_Escape)

    window().open([other])
    yield lambda: 20 < window().room.session.progress.done < 180
    window().close()


def sort_and_back(folder: Path) -> Steps:
    """Sort into folders by the keyboard, look, and take it back by the mouse."""
    yield from active()
    press(Qt.Key.Key_S)
    sort = window().room.filing.dialog
    yield lambda: sort.task.stage is Stage.READY and sort.primary.isEnabled()
    QTest.mouseClick(sort.primary, LEFT)
    yield lambda: sort.task.stage is Stage.DONE
    into = folder.with_name(f"{folder.name} sorted")
    say("sorted", sort.task.done, sum(one.is_file() for one in into.rglob("*")))
    QTest.mouseClick(sort.undo, LEFT)
    yield lambda: window().room.filing.dialog not in (None, sort)
    undo = window().room.filing.dialog
    yield lambda: undo.task.stage is Stage.READY and undo.primary.isEnabled()
    QTest.mouseClick(undo.primary, LEFT)
    yield lambda: undo.task.stage is Stage.DONE
    say("undone", undo.task.done, into.exists())
    QTest.keyClick(undo, Qt.Key.Key_Escape)


def second_sitting(folder: Path) -> Steps:
    """Go on where it was; what was put right is there."""
    yield lambda: window().room.session.phase is Phase.DONE
    say("resumed", window().room.session.progress.done)
    window().open([folder])
    yield lambda: window().room.session.phase is Phase.DONE
    counts = window().room.session.photos.collection.counts()
    say("reviews", sum(counts[Filter(reviewed=one)] for one in Reviewed))
    window().close()


def window() -> MainWindow:
    """Return the window that is open."""
    return next(
        one for one in QApplication.topLevelWidgets() if isinstance(one, MainWindow) and one.isVisible()
    )


def dialogs(kind: type[QFileDialog]) -> list[QFileDialog]:
    """Return the dialogs of a kind that are open."""
    return [one for one in window().findChildren(kind) if one.isVisible()]


def active() -> Steps:
    """Bring the window to the front, as a window manager does when a dialog is closed."""
    window().activateWindow()
    yield lambda: window().isActiveWindow()


def press(key: Qt.Key) -> None:
    """Press a key with Ctrl."""
    QTest.keyClick(window().room.grid, key, CONTROL)


def choose(wanted: Filter) -> None:
    """Click a filter."""
    filters, model = window().room.sidebar.filters, window().room.filters
    place = filters.visualRect(model.index(model.row_of(wanted))).center()
    QTest.mouseClick(filters.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, place)


def sit(app: QApplication, paths: list[str], model: str, steps: Steps, patience: int = PATIENCE) -> int:
    """Start the program and take one step after another; return its exit code."""
    waiting: list[Callable[[], bool]] = [lambda: hasattr(window(), "room")]

    def step() -> None:
        try:
            if not waiting or waiting[0]():
                waiting[:] = [next(steps)]
        except StopIteration:
            timer.stop()

    timer, late = QTimer(interval=10), QTimer(singleShot=True, interval=patience)
    timer.timeout.connect(step)
    late.timeout.connect(lambda: (say("waited too long"), app.exit(7)))
    late.start()
    QTimer.singleShot(0, timer.start)
    code = start.main([*paths, "--model", model, "--device", "cpu"])
    timer.stop()
    late.stop()
    return code


def _tell(kind: QtMsgType, _context: object, text: str) -> None:
    if kind is not QtMsgType.QtDebugMsg and not text.startswith(NOT_OURS):
        say("Qt says", text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
