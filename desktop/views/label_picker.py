"""A line to type a label in, with the labels that fit below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.language import tr
from desktop.state import words
from desktop.state.reviewing import LONGEST

if TYPE_CHECKING:
    from collections.abc import Callable

_MOST: Final = 8
_LABEL: Final = Qt.ItemDataRole.UserRole
_MOVES: Final = (Qt.Key.Key_Up, Qt.Key.Key_Down)


class LabelPicker(QFrame):
    """Opens beside the photo; Enter takes the line that is marked, Esc leaves everything as it is."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, complete: Callable[[str], list[str]]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self._complete = complete
        self.line, self.list = QLineEdit(), QListWidget()
        self.line.setPlaceholderText(tr("What is it?"))
        self.line.setAccessibleName(tr("Label"))
        self.line.setMaxLength(LONGEST)
        self.list.setAccessibleName(tr("Labels that fit"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(6)
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.line.textChanged.connect(self._fill)
        self.line.returnPressed.connect(self._take)
        self.list.itemClicked.connect(lambda _item: self._take())
        self.line.installEventFilter(self)

    def ask(self, place: QPoint, width: int) -> None:
        """Open at a place of the screen and wait for a label."""
        self.line.clear()
        self._fill("")
        self.setFixedWidth(max(width, 240))
        self.move(place)
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Move the mark in the list while the line has the keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(min(max(self.list.currentRow() + step, 0), self.list.count() - 1))
            return True
        return super().eventFilter(watched, event)

    def _fill(self, text: str) -> None:
        """List the labels that fit and, where none is it, the word itself as a new label."""
        fitting, typed = self._complete(text), text.strip()
        self.list.clear()
        for label in fitting[:_MOST]:
            self._add(words.said_label(label), label)
        if typed and not typed.startswith("_") and typed.casefold() not in map(str.casefold, fitting):
            self._add(words.new_label(typed), typed)
        self.list.setCurrentRow(0)
        rows = max(1, self.list.count())
        self.list.setFixedHeight(rows * max(24, self.list.sizeHintForRow(0)) + 4)
        self.adjustSize()

    def _add(self, shown: str, label: str) -> None:
        item = QListWidgetItem(shown)
        item.setData(_LABEL, label)
        self.list.addItem(item)

    def _take(self) -> None:
        item = self.list.currentItem()
        self.hide()
        if item is not None:
            self.chosen.emit(item.data(_LABEL))
