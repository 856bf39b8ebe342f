"""The window: puts the views around the session and passes on what a person does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop import actions
from desktop.actions import DIALOGS, WINDOW, Do
from desktop.dialogs import Dialogs
from desktop.enlarger import Enlarger
from desktop.filing import Filing
from desktop.folders import Folders
from desktop.language import take_labels, tr
from desktop.looker import Looker
from desktop.reviewer import Reviewer
from desktop.state.filter_model import FilterModel
from desktop.state.pixmaps import Thumbnails
from desktop.state.session import Phase
from desktop.state.whole_photo import WholePhoto
from desktop.views.centre import Centre
from desktop.views.drops import Drops
from desktop.views.grid import PhotoGrid
from desktop.views.grid_head import GridHead
from desktop.views.heat_box import HeatBox
from desktop.views.notice import Notice
from desktop.views.photo_panel import PhotoPanel
from desktop.views.review_box import ReviewBox
from desktop.views.sidebar import Sidebar
from desktop.views.status_bar import StatusBar
from desktop.views.toolbar import Toolbar
from desktop.views.webcam import Webcam
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QCloseEvent

    from desktop.settings import Settings
    from desktop.state.photo_model import Card
    from desktop.state.session import Session
    from desktop.theme import Theme

_SIZE = (1440, 900)
_WIDTHS = (232, 836, 372)
_REFRESH = 500  # milliseconds: time left and pace go on while a slow photo is answered


class MainWindow(QMainWindow):
    """One session, its models and its views."""

    def __init__(self, session: Session, dress: Theme, settings: Settings) -> None:
        super().__init__()
        self.session, self._settings = session, settings
        self.thumbnails, self.whole = Thumbnails(), WholePhoto()
        self.filters = FilterModel(session.photos)
        act = self.actions_by_name = actions.bare(self, (*WINDOW, *DIALOGS))
        filing = (act[Do.SORT], act[Do.EXPORT], act[Do.UNDO_SORT])
        self.toolbar = Toolbar((act[Do.OPEN], act[Do.RECENT], act[Do.WEBCAM]), (act[Do.REVIEW],), filing)
        self.toolbar.offer_more([act[one] for one in (*DIALOGS, Do.QUIT)])
        self.sidebar = Sidebar(self.filters, dress, act[Do.MODELS])
        self.head, self.grid = GridHead(), PhotoGrid(session.photos, self.thumbnails, dress)
        self.notice = Notice(act[Do.OPEN], act[Do.MODELS], dress)
        self.centre = Centre(self.head, self.grid, self.notice, dress)
        self.review = ReviewBox(act[Do.ACCEPT], act[Do.RELABEL], act[Do.UNKNOWN])
        self.panel = PhotoPanel(self.whole, self.thumbnails, (HeatBox(act[Do.HEAT]), self.review), dress)
        self.looker = Looker(session, self.panel, act)
        self.reviewer = Reviewer(session, self.grid, self.review, self)
        self.folders = Folders(session.photos, self.grid, settings, self.open)
        self.filing = Filing(session, self.grid, self)
        self.enlarger = Enlarger(session.photos, self.grid, self.panel, self, act)
        self.dialogs = Dialogs(session, dress, settings, self, act)
        self.status = StatusBar(act[Do.PAUSE], act[Do.STOP])
        self.webcam = Webcam(session, dress, settings)
        self.pages = QStackedWidget()
        actions.bind(act, self._calls())
        self.folders.bind(act, self.notice.recent)
        actions.give_keys(act, self, self.grid, self.panel)
        self._clock = QTimer(self, interval=_REFRESH)
        self._lay_out()
        self._connect()
        self._refresh()
        self.notice.setFocus()  # no button is marked until a person uses the keys

    def _calls(self) -> dict[Do, Callable[[], object]]:
        session = self.session
        return {
            Do.OPEN: self.ask_for_folder,
            Do.PAUSE: session.pause,
            Do.STOP: session.stop,
            Do.QUIT: self.close,
            Do.WEBCAM: self._turn_page,
            Do.FIND: self.toolbar.search.setFocus,
            **self.reviewer.calls(),
            **self.filing.calls(),
            **self.folders.calls(),
            **self.looker.calls(),
            **self.enlarger.calls(),
            **self.dialogs.calls(),
        }

    def _lay_out(self) -> None:
        self.setWindowTitle("Whatsit")
        self.resize(*_SIZE)
        self._drops = Drops(self, self.centre.set_dropping, self._take)
        self.splitter = QSplitter()
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        for view in (self.sidebar, self.centre, self.panel):
            self.splitter.addWidget(view)
        self.splitter.setSizes(list(_WIDTHS))
        self.splitter.setStretchFactor(1, 1)
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.toolbar)
        self.pages.addWidget(self.splitter)
        self.pages.addWidget(self.webcam)
        layout.addWidget(self.pages, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(whole)
        self._settings.restore(self, self.splitter)

    def _connect(self) -> None:
        session = self.session
        session.changed.connect(self._refresh)
        session.model_opened.connect(self._show_model)
        session.opened.connect(self._show_opened)
        session.followed.connect(self.thumbnails.follow)
        session.photos.rowsInserted.connect(self._select_first)
        session.photos.dataChanged.connect(lambda *_: self._show_selected())
        session.photos.modelReset.connect(self._show_selected)
        session.photos.counted.connect(self._show_order)
        self.sidebar.filters.chosen.connect(lambda chosen: self._show(filter=chosen))
        self.toolbar.search.wanted.connect(lambda text: self._show(text=text))
        self.toolbar.threshold.moved.connect(session.decide)
        self.head.ordered.connect(lambda order: self._show(order=order))
        self.reviewer.reviewing.changed.connect(self._refresh)
        self.grid.selectionModel().currentChanged.connect(lambda *_: self._show_selected())
        self._clock.timeout.connect(self._refresh)

    def open(self, paths: Sequence[Path]) -> None:
        """Open folders and photos in place of those that are open."""
        self.actions_by_name[Do.WEBCAM].setChecked(False)
        self.thumbnails.forget()
        self.session.open(paths)
        first = paths[0] if paths else None
        if first is not None and first.exists():
            self._settings.folder = (first if first.is_dir() else first.parent).absolute()
            self._settings.note_recent(self._settings.folder)

    def _take(self, dropped: Sequence[Path]) -> None:
        """Open what was dropped, a bundle's folder among the models."""
        if not self.dialogs.add_model(dropped):
            self.open(dropped)

    def ask_for_folder(self) -> None:
        """Let a person choose a folder, and open it."""
        dialog = QFileDialog(self, tr("Open a folder of photos"), str(self._settings.folder))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.open([Path(chosen)]))
        dialog.open()

    def _turn_page(self) -> None:
        """Turn to the webcam, or back to the photos."""
        live = self.actions_by_name[Do.WEBCAM].isChecked()
        self.pages.setCurrentWidget(self.webcam if live else self.splitter)
        (self.webcam if live else self.grid).setFocus()

    def _refresh(self) -> None:
        session = self.session
        self.centre.show_session(session)
        self.panel.setVisible(self.centre.shows_photos)
        self.toolbar.threshold.show_session(session)
        self.status.show_session(session)
        if session.working != self._clock.isActive():
            (self._clock.start if session.working else self._clock.stop)()
        act = self.actions_by_name
        act[Do.STOP].setEnabled(session.working)
        act[Do.PAUSE].setEnabled(session.working or session.phase is Phase.STOPPED)
        self.reviewer.allow(act)
        self.filing.allow(act)
        self.sidebar.card.show_model(session)

    def _show_model(self) -> None:
        if self.session.classifier is not None:
            manifest = self.session.classifier.bundle.manifest
            take_labels(manifest.labels)
            self.filters.set_labels([label.name for label in manifest.labels])

    def _show_opened(self) -> None:
        paths = self.session.paths
        self.head.show_paths(paths)
        self.toolbar.search.clear()
        name = files.shown(paths[0].absolute().name) if len(paths) == 1 else ""
        # Qt reads "[*]" in a title as its mark for unsaved changes; doubled, it is the text itself.
        self.setWindowTitle(f"{name.replace('[*]', '[*][*]')} – Whatsit" if name else "Whatsit")
        self.sidebar.filters.choose(self.session.photos.filter)

    def _show(self, **wanted: Any) -> None:
        """Show other photos or in another order, and keep the selected photo where it is among them."""
        photos = self.session.photos
        photos.show(replace(photos.shown, **wanted))
        if not self.grid.selected_numbers() and photos.rowCount():
            self.grid.select_row(max(self.grid.currentIndex().row(), 0))
        self.grid.scrollTo(self.grid.currentIndex())
        self._show_order()
        self._show_selected()

    def _show_order(self) -> None:
        photos = self.session.photos
        self.head.show_order(photos.shown.order, photos.rowCount())

    def _select_first(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Select the first photo that comes, not a file that only lies beside it."""
        if self.grid.currentIndex().isValid():
            return
        card = self.session.photos.card
        row = next((row for row in range(first, last + 1) if card(row).photo.settled is None), None)
        if row is not None:
            self.grid.select_row(row)

    def _selected(self) -> Card | None:
        index: QModelIndex = self.grid.currentIndex()
        return self.session.photos.card(index.row()) if index.isValid() else None

    def _show_selected(self) -> None:
        self.looker.show(self._selected())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the window, and leave no thread behind."""
        self._settings.remember(self, self.splitter)
        self._clock.stop()
        self.hide()  # at once: the last photos in work may take a moment
        self.webcam.stop()
        parts = (self.filing, self.looker, self.dialogs, self.session, self.reviewer.reviewing)
        for part in (*parts, self.thumbnails, self.whole):
            part.close()
        super().closeEvent(event)
