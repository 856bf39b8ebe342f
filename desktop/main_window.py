"""The window as it is first seen: what can be done and where photos go; the room for them comes after it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import actions
from desktop.actions import DIALOGS, WINDOW, Do
from desktop.errands import Errands
from desktop.language import tr
from desktop.views.centre import Centre
from desktop.views.drops import Drops
from desktop.views.notice import Notice
from desktop.views.toolbar import Toolbar
from desktop.views.waiting import Waiting
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from desktop.settings import Settings
    from desktop.theme import Theme
    from desktop.workroom import Workroom

WIDTHS = (232, 836, 372)
_SIZE = (1440, 900)
_AT_LATEST = 500  # milliseconds: a window that opens where it is not painted gets its room too


class MainWindow(QMainWindow):
    """Imports neither numpy nor pydantic, so that it is seen at once; `room` is all that needs them."""

    seen = Signal()  # once: a person sees the window now
    closing = Signal()
    room: Workroom  # from when it is furnished on

    def __init__(self, dress: Theme, settings: Settings) -> None:
        super().__init__()
        self.dress, self.settings = dress, settings
        act = self.actions_by_name = actions.bare(self, (*WINDOW, *DIALOGS))
        filing = (act[Do.SORT], act[Do.EXPORT], act[Do.UNDO_SORT])
        self.toolbar = Toolbar((act[Do.OPEN], act[Do.RECENT], act[Do.WEBCAM]), (act[Do.REVIEW],), filing)
        self.toolbar.offer_more([act[one] for one in (*DIALOGS, Do.QUIT)])
        self.errands = Errands(
            {Do.OPEN: self.ask_for_folder, Do.QUIT: self.close, Do.FIND: self.toolbar.search.setFocus}
        )
        self.notice = Notice(act[Do.OPEN], act[Do.MODELS], dress)
        self.centre = Centre(self.notice, dress)
        self.side, self.foot = Waiting("side", tr("Getting ready…")), Waiting("foot")
        self.splitter, self.pages = QSplitter(), QStackedWidget()
        for name in (Do.SORT, Do.EXPORT, Do.PAUSE, Do.STOP, Do.UNDO, Do.REDO):
            act[name].setEnabled(False)  # there are no photos yet
        actions.bind(act, {name: partial(self.errands.do, name) for name in act})
        actions.give_keys(act, self)
        self.notice.recent.bind(lambda: settings.recent, lambda folder: self.open([folder]))
        self._lay_out()
        self._first = QTimer(self, singleShot=True, interval=_AT_LATEST)
        self._first.timeout.connect(self.seen)
        self._first.start()
        self.notice.setFocus()  # no button is marked until a person uses the keys

    def _lay_out(self) -> None:
        self.setWindowTitle("Whatsit")
        self.resize(*_SIZE)
        self._drops = Drops(self, self.centre.set_dropping, self._take)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.side.setMinimumWidth(200)
        self.foot.setFixedHeight(self.toolbar.more.sizeHint().height() + 8)  # as the status bar is
        for view in (self.side, self.centre):
            self.splitter.addWidget(view)
        self.splitter.setSizes([WIDTHS[0], sum(WIDTHS[1:])])
        self.splitter.setStretchFactor(1, 1)
        self.settings.restore_widths(self.splitter)
        self.pages.addWidget(self.splitter)
        whole = QWidget()
        self.column = QVBoxLayout(whole)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self.toolbar)
        self.column.addWidget(self.pages, 1)
        self.column.addWidget(self.foot)
        self.setCentralWidget(whole)
        self.settings.restore(self)

    def open(self, paths: Sequence[Path]) -> None:
        """Open folders and photos in place of those that are open."""
        self.show_paths(paths)
        self.notice.tell_opening(_name(paths))
        self.errands.soon(lambda: self.room.open(paths))

    def _take(self, dropped: Sequence[Path]) -> None:
        self.errands.soon(lambda: self.room.take(dropped))

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Name the window by what is open in it."""
        name = _name(paths)
        # Qt reads "[*]" in a title as its mark for unsaved changes; doubled, it is the text itself.
        self.setWindowTitle(f"{name.replace('[*]', '[*][*]')} – Whatsit" if name else "Whatsit")

    def ask_for_folder(self) -> None:
        """Let a person choose a folder, and open it."""
        dialog = QFileDialog(self, tr("Open a folder of photos"), str(self.settings.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.open([Path(chosen)]))
        dialog.open()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tell, once all of it is painted for the first time, that the window is seen."""
        super().paintEvent(event)
        if self._first.isActive():
            self._first.start(0)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the window, and let the room leave no thread behind."""
        self._first.stop()
        self.settings.remember(self)
        self.hide()  # at once: the last photos in work may take a moment
        self.closing.emit()
        super().closeEvent(event)


def _name(paths: Sequence[Path]) -> str:
    return files.shown(paths[0].absolute().name) if len(paths) == 1 else ""
