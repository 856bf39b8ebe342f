"""A button that shows its key beside its name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from desktop import theme
from desktop.views.texts import Text


class KeyButton(QPushButton):
    """Says what it does and which key does the same; takes the keys only where a person tabs to it."""

    def __init__(self, text: str, key: str, tip: str = "") -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setProperty("kind", "keyed")
        self.setToolTip(tip)
        self._text = Text(text)
        self._text.setWordWrap(False)
        self._cap = key_cap(key)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 5, 5, 5)
        layout.setSpacing(4)
        layout.addStretch(1)
        for label in (self._text, self._cap):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.addStretch(1)
        self.rename(text)

    def rename(self, text: str) -> None:
        """Say something else."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the room for name and key."""
        layout = self.layout()
        return layout.sizeHint() if layout else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return the least room: nothing is cut."""
        return self.sizeHint()


def key_cap(key: str) -> QLabel:
    """Return a small key."""
    shown = {"Return": "\u23ce"}.get(key, QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText))
    cap = QLabel(shown)
    cap.setTextFormat(Qt.TextFormat.PlainText)
    cap.setObjectName("cap")
    cap.setFont(theme.font(0.85))
    return cap
