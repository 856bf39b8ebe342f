"""Folders that were open lately, each a button under the invitation."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.state import spelling
from desktop.views.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

_MOST: Final = 4
_WIDEST: Final = 420  # pixels of a path; a longer one is cut in the middle


class RecentFolders(QWidget):
    """Looks anew which folders there are whenever it comes into sight."""

    def __init__(self) -> None:
        super().__init__()
        self.buttons: list[QPushButton] = []
        self._listed: Callable[[], list[Path]] = list
        self._take: Callable[[Path], object] = lambda _folder: None
        self._title = Text(tr("Recent folders"), scale=0.9, tone="muted")
        self._title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 14, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addWidget(self._title)
        self._title.hide()

    def bind(self, listed: Callable[[], list[Path]], take: Callable[[Path], object]) -> None:
        """Show what `listed` returns, and give the one that is pressed to `take`."""
        self._listed, self._take = listed, take

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """List the folders."""
        super().showEvent(event)
        for old in self.buttons:
            self._lines.removeWidget(old)
            old.deleteLater()
        self.buttons = [self._button(folder) for folder in self._listed()[:_MOST]]
        self._title.setVisible(bool(self.buttons))
        for button in self.buttons:
            self._lines.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)

    def _button(self, folder: Path) -> QPushButton:
        said = spelling.place(folder)
        cut = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideMiddle, _WIDEST)
        made = QPushButton(cut.replace("&", "&&"))
        made.setProperty("kind", "quiet")
        made.setAccessibleName(said)
        made.setToolTip(spelling.plain(said))
        made.clicked.connect(partial(self._press, folder))
        return made

    def _press(self, folder: Path, _checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's signal
        self._take(folder)
