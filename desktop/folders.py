"""Folders that were open before, the file manager, and what a right click on photos offers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QPoint, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu

from desktop.actions import Do
from desktop.language import tr
from desktop.state import spelling
from desktop.state.orders import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QAction

    from desktop.settings import Settings
    from desktop.state.photo_model import PhotoModel
    from desktop.views.grid import PhotoGrid

MOST_OPENED: Final = 4  # folders at once in the file manager
_OFFERED: Final = (Do.ACCEPT, Do.RELABEL, Do.UNKNOWN, None, Do.FILL, Do.ASK_PART, Do.MORE_LIKE, Do.SHOW_FILE)


class Folders(QObject):
    """`take` opens a folder."""

    def __init__(
        self, photos: PhotoModel, grid: PhotoGrid, settings: Settings, take: Callable[[list[Path]], object]
    ) -> None:
        super().__init__(grid)
        self._photos, self._grid, self._settings, self._take = photos, grid, settings, take
        self.recent, self.offers = QMenu(grid), QMenu(grid)
        self.recent.setAccessibleName(tr("Recent folders"))
        grid.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        grid.customContextMenuRequested.connect(self._offer)

    def calls(self) -> dict[Do, Callable[[], object]]:
        """Return what the actions call."""
        return {Do.RECENT: self.show_recent, Do.MORE_LIKE: self.more_like_this, Do.SHOW_FILE: self.show_file}

    def bind(self, act: Mapping[Do, QAction]) -> None:
        """Let a right click offer these."""
        for name in _OFFERED:
            if name is None:
                self.offers.addSeparator()
            else:
                self.offers.addAction(act[name])

    def show_recent(self) -> None:
        """Offer the folders that were open lately."""
        self.recent.clear()
        for folder in self._settings.recent:
            action = self.recent.addAction(spelling.place(folder).replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, one=folder: self._take([one]))
        if self.recent.isEmpty():
            self.recent.addAction(tr("No folder was open yet")).setEnabled(False)
        window = self._grid.window()
        self.recent.popup(window.mapToGlobal(QPoint(14, 44)))

    def more_like_this(self) -> None:
        """Show all photos, those most like the current one first."""
        index = self._grid.currentIndex()
        if index.isValid():
            number = self._photos.number(index.row())
            self._photos.show(replace(self._photos.shown, order=Order.LIKENESS, like=number))
            self._grid.select_row(self._photos.row_of(number))
            self._grid.scrollToTop()

    def show_file(self) -> None:
        """Show the folders of the selected photos in the file manager."""
        photos = self._photos.collection.photos
        parents = (photos[number].path.parent for number in self._grid.selected_numbers())
        for folder in list(dict.fromkeys(parents))[:MOST_OPENED]:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder.absolute())))

    def _offer(self, place: QPoint) -> None:
        index = self._grid.indexAt(place)
        if index.isValid():
            if not self._grid.selectionModel().isSelected(index):
                self._grid.select_row(index.row())
            self.offers.popup(self._grid.viewport().mapToGlobal(place))
