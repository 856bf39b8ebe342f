"""What stands in the grid where a filter or a search leaves no photo to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.language import tr
from desktop.views.texts import Text

if TYPE_CHECKING:
    from desktop.state.photo_model import PhotoModel


class NothingShown(Text):
    """Lies in the middle of the grid, and lets the mouse through."""

    def __init__(self, photos: PhotoModel, grid: QWidget) -> None:
        super().__init__(tone="muted")
        self._photos = photos
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = QVBoxLayout(grid)
        layout.addWidget(self)
        self.hide()

    def refresh(self) -> None:
        """Say why there is no photo, where there is none among those that are open."""
        shown = self._photos.shown
        nothing = bool(len(self._photos.collection)) and not self._photos.rowCount()
        if nothing and shown.text:
            self.say(tr("No file name here has “{text}”.").format(text=shown.text))
        elif nothing:
            self.say(tr("No photo is here now."))
        self.setVisible(nothing)
