"""Real windows for tests: opened offscreen on the tiny bundle, watched for what must never happen."""

from __future__ import annotations

import gc
import threading
from typing import TYPE_CHECKING, Protocol

import onnxruntime
import pytest
from PIL import Image, ImageFile
from PySide6.QtCore import QtMsgType
from PySide6.QtGui import QImageReader

from desktop.main_window import MainWindow
from desktop.settings import Settings
from desktop.state.session import ModelChoice, Phase, Session
from desktop.theme import Theme
from desktop.workroom import Workroom
from tests.helpers.tiny_bundle import picture
from whatsit import pictures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from desktop.state.filters import Filter
    from whatsit.bundle import Bundle

COLOURS = {"red": (220, 30, 40), "blue": (20, 60, 200), "grey": (128, 128, 128), "green": (0, 250, 0)}
# What the offscreen platform says of itself.
_NO_MATTER = ("This plugin does not support", "QRhi* {anonymous}::ThreadLocalRhiHolder")


class OpenWindow(Protocol):
    """Opens the window on some paths, with the tiny bundle unless another model is named."""

    def __call__(self, *paths: Path, model: str | None = None) -> MainWindow: ...


@pytest.fixture
def nothing_left(qtlog: object) -> Iterator[None]:
    """Fail when a thread is left running, or Qt warned of something."""
    before = set(threading.enumerate())
    yield
    left = [thread.name for thread in threading.enumerate() if thread not in before]
    assert not left
    bad = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
    said = [one.message for one in qtlog.records if one.type in bad]
    assert not [one for one in said if not one.startswith(_NO_MATTER)]


@pytest.fixture
def open_window(nothing_left: None, qtbot: QtBot, qapp: QApplication, tiny: Bundle) -> Iterator[OpenWindow]:
    """Open windows as the program does; they are closed at the end."""
    del nothing_left
    opened: list[MainWindow] = []

    def make(*paths: Path, model: str | None = None) -> MainWindow:
        session = Session(ModelChoice(model or str(tiny.folder), "cpu", "fp32"))
        window = MainWindow(Theme(qapp), Settings())
        opened.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        Workroom(session, window).move_in()
        session.open_model()
        if paths:
            window.open(list(paths))
        return window

    yield make
    for window in opened:
        window.close()
    # Here and now: left to Python, they might be collected on a worker's thread of the next test.
    opened.clear()
    gc.collect()


@pytest.fixture
def strangers(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the window's thread did that it must never do; tests look that it is empty."""
    done: list[str] = []
    forbidden = [
        (Image, "open"),
        (ImageFile.ImageFile, "load"),
        (Image.Image, "resize"),
        (pictures, "decode"),
        (pictures, "read"),
        (onnxruntime.InferenceSession, "run"),
        (QImageReader, "read"),
    ]
    for owner, name in forbidden:
        monkeypatch.setattr(owner, name, _watched(getattr(owner, name), name, done))
    return done


def _watched(call: Callable[..., object], name: str, done: list[str]) -> Callable[..., object]:
    def watched(*args: object, **kwargs: object) -> object:
        if threading.current_thread() is threading.main_thread():
            done.append(name)
        return call(*args, **kwargs)

    return watched


def folder_of(folder: Path, *names: str, each: int = 1) -> Path:
    """Fill a folder with pictures of the named colours, `each` of one."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(each):
        for place, name in enumerate(names):
            file = folder / f"{number * len(names) + place:04d}-{name}.png"
            file.write_bytes(picture(COLOURS[name]))
    return folder


def wait_until_done(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no photo waits for its answer any more."""
    qtbot.waitUntil(lambda: window.room.session.phase is not Phase.WORKING, timeout=60_000)


def shown_counts(window: MainWindow) -> dict[str, int]:
    """Return the counts that stand beside the filters."""
    rows = [window.room.filters.index(place).data() for place in range(window.room.filters.rowCount())]
    pairs = [row.rpartition(", ") for row in rows if ", " in row]
    return {name: int(count.replace(",", "")) for name, _, count in pairs}


def filter_row(window: MainWindow, chosen: Filter) -> int:
    """Return the line of a filter."""
    row = window.room.filters.row_of(chosen)
    assert row >= 0
    return row
