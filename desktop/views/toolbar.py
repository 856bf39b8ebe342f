"""The top: what to do, how sure an answer must be, and the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from desktop.language import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QAction

_TYPING: Final = 150  # milliseconds after the last letter


class Toolbar(QFrame):
    """Groups of buttons on the left; how sure an answer must be, and the search, on the right.

    Buttons for which there is no room, the last first, are in the menu at the end.
    """

    def __init__(self, *groups: Sequence[QAction]) -> None:
        super().__init__()
        self.setObjectName("bar")
        self.search = SearchLine()
        self.buttons: dict[QAction, QPushButton] = {}
        self._offered: Sequence[QAction] = ()
        layout = self._row = QHBoxLayout(self)
        layout.setContentsMargins(14, 7, 14, 7)
        layout.setSpacing(5)
        for place, group in enumerate(groups):
            if place:
                layout.addWidget(_line())
            for action in group:
                first = not self.buttons
                self.buttons[action] = button(action, "primary" if first else "quiet")
                layout.addWidget(self.buttons[action])
        layout.addStretch(1)
        self._measure = QHBoxLayout()
        layout.addLayout(self._measure)
        layout.addSpacing(8)
        layout.addWidget(_line())
        layout.addSpacing(8)
        layout.addWidget(self.search)
        self.more = QPushButton(tr("More"))
        self.more.setProperty("kind", "quiet")
        self.more.setMenu(QMenu(self.more))
        layout.addWidget(self.more)

    def put_threshold(self, slider: QWidget) -> None:
        """Let a person say how sure an answer must be."""
        self._measure.addWidget(slider)
        self._fit()
        QWidget.setTabOrder(list(self.buttons.values())[-1], slider)

    def offer_more(self, more: Sequence[QAction]) -> None:
        """Offer these in the menu at the end."""
        self._offered = more
        self._fill_menu()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more width than the first button, the slider and the search take."""
        spared = sum(self._takes(one) for one in self._sparable() if not one.isHidden())
        return super().minimumSizeHint() - QSize(spared, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Show the buttons that there is room for."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Look again for room when something in the bar comes, goes or grows."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _sparable(self) -> list[QPushButton]:
        return list(self.buttons.values())[1:]

    def _takes(self, one: QPushButton) -> int:
        return one.sizeHint().width() + self._row.spacing()

    def _fit(self) -> None:
        room, changed = self.width() - self.minimumSizeHint().width(), False
        for one in self._sparable():
            room -= self._takes(one)
            changed |= one.isHidden() is (room >= 0)
            one.setVisible(room >= 0)
        if changed:
            self._fill_menu()

    def _fill_menu(self) -> None:
        menu = self.more.menu()
        menu.clear()
        menu.addActions([action for action, one in self.buttons.items() if one.isHidden()])
        menu.addSeparator()
        menu.addActions(list(self._offered))


class SearchLine(QLineEdit):
    """What is typed is looked for in the names of files, a moment after the last letter."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Search"))
        self.setAccessibleName(tr("Search by file name"))
        self.setToolTip(tr("Search by file name (Ctrl+F); Esc shows all again"))
        self.setClearButtonEnabled(True)
        self.setFixedWidth(180)
        self._wait = QTimer(self, singleShot=True, interval=_TYPING)
        self._wait.timeout.connect(lambda: self.wanted.emit(self.text().strip()))
        self.textChanged.connect(lambda _text: self._wait.start())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Clear with Esc; go to the photos with Enter or Down."""
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Keep Esc and Enter from the shortcuts of the window while something is typed."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.setAccepted(event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter))
            if event.isAccepted():
                return True
        return super().event(event)


def _line() -> QFrame:
    line = QFrame()
    line.setObjectName("parting")
    line.setFixedSize(1, 26)
    return line


def button(action: QAction, kind: str) -> QPushButton:
    """Return a button that does what an action does."""
    made = QPushButton(action.text())
    made.setProperty("kind", kind)
    made.setToolTip(action.toolTip())
    made.setEnabled(action.isEnabled())
    action.enabledChanged.connect(made.setEnabled)
    made.clicked.connect(action.trigger)
    return made
