"""Folders and photos that are dropped on the window."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


class Drops(QObject):
    """`show` is told whether something is held over the window, `take` what was dropped."""

    def __init__(
        self, window: QWidget, show: Callable[[bool], None], take: Callable[[list[Path]], object]
    ) -> None:
        super().__init__(window)
        self._show, self._take = show, take
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take what has files in it."""
        if isinstance(event, QDragEnterEvent) and _paths(event):
            event.acceptProposedAction()
            self._show(True)  # noqa: FBT003 - the one thing that is shown
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop):
            self._show(False)  # noqa: FBT003 - as above
        if isinstance(event, QDropEvent) and (paths := _paths(event)):
            event.acceptProposedAction()
            self._take(paths)
            return True
        return super().eventFilter(watched, event)


def _paths(event: QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
