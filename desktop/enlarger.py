"""The selected photo over the whole window: when it is there, and which photo comes next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from desktop import actions
from desktop.actions import Do
from desktop.language import tr
from desktop.state import words
from desktop.views.large_photo import LargePhoto

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from desktop.state.photo_model import PhotoModel
    from desktop.views.grid import PhotoGrid
    from desktop.views.photo_panel import PhotoPanel


class Enlarger(QObject):
    """Lends the panel's picture to the large view: zoom, heat map and rectangle go on there."""

    def __init__(
        self,
        photos: PhotoModel,
        grid: PhotoGrid,
        panel: PhotoPanel,
        window: QWidget,
        act: Mapping[Do, QAction],
    ) -> None:
        super().__init__(window)
        self.view: LargePhoto | None = None  # made when it is wanted first
        self._photos, self._grid, self._panel, self._window, self._act = photos, grid, panel, window, act
        grid.doubleClicked.connect(lambda _index: act[Do.FILL].setChecked(True))
        panel.said_anew.connect(self._say)
        photos.modelReset.connect(self._leave)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def calls(self) -> dict[Do, Callable[[], object]]:
        """Return what the actions call."""
        return {Do.FILL: self._turn}

    def _turn(self) -> None:
        """Show the photo large, or give its picture back to the panel."""
        if not self._act[Do.FILL].isChecked():
            self._give_back()
        elif self._grid.currentIndex().isValid():
            self.view = self.view or self._made()
            self.view.take(self._panel.picture)
            self._say()
        else:
            self._leave()

    def _made(self) -> LargePhoto:
        view = LargePhoto(self._window)
        view.went.connect(self._go)
        view.left.connect(self._leave)
        actions.give_keys(self._act, self._window, view)
        return view

    def _give_back(self) -> None:
        had_keys = self._holds(QApplication.focusWidget())
        picture = self.view.give_back() if self.view is not None else None
        if picture is not None:
            self._panel.take_back(picture)
            if had_keys:
                self._grid.setFocus()

    def _leave(self) -> None:
        self._act[Do.FILL].setChecked(False)

    def _go(self, steps: int) -> None:
        row = self._grid.currentIndex().row() + steps
        if 0 <= row < self._photos.rowCount():
            self._grid.select_row(row)

    def _say(self) -> None:
        """Say what the panel says."""
        view, panel = self.view, self._panel
        if view is None or not view.isVisible():
            return
        for here, there in ((view.heading, panel.heading), (view.sureness, panel.sureness)):
            here.say(there.text())
        view.name.say(panel.name.text())
        place, count = words.number(self._grid.currentIndex().row() + 1), self._photos.rowCount()
        view.place.say(tr("{place} of {count}").format(place=place, count=words.number(count)))

    def _holds(self, widget: QWidget | None) -> bool:
        """Say whether the large view has the keys, or nobody has."""
        view = self.view
        return widget is None or view is None or widget is view or view.isAncestorOf(widget)

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Make way when something else in the window takes the keys: the search, the webcam."""
        view = self.view
        if view is None or not view.isVisible() or now is None:
            return
        if now.window() is view.window() and not self._holds(now):
            self._leave()
