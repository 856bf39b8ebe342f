"""The room for photos: puts the views around the session and passes on what a person does."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QTimer

from desktop import actions
from desktop.actions import Do
from desktop.dialogs import Dialogs
from desktop.enlarger import Enlarger
from desktop.filing import Filing
from desktop.folders import Folders
from desktop.language import take_labels, take_titles
from desktop.looker import Looker
from desktop.main_window import WIDTHS
from desktop.reviewer import Reviewer
from desktop.state.filter_model import FilterModel
from desktop.state.pixmaps import Thumbnails
from desktop.state.session import Phase
from desktop.state.whole_photo import WholePhoto
from desktop.views.grid import PhotoGrid
from desktop.views.grid_head import GridHead
from desktop.views.heat_box import HeatBox
from desktop.views.nothing_shown import NothingShown
from desktop.views.photo_panel import PhotoPanel
from desktop.views.review_box import ReviewBox
from desktop.views.sidebar import Sidebar
from desktop.views.status_bar import StatusBar
from desktop.views.threshold import ThresholdSlider

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from desktop.main_window import MainWindow
    from desktop.state.photo_model import Card
    from desktop.state.session import Session
    from desktop.views.webcam import Webcam

_SOON = 30  # milliseconds: not in the same turn as the answers that it counts
_REFRESH = 500  # milliseconds: time left and pace go on while a slow photo is answered


class Workroom(QObject):
    """One session, its models and its views; `move_in` puts them into a window that is seen already."""

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self.session, self._window, dress = session, window, window.dress
        act = self._act = window.actions_by_name
        self.thumbnails, self.whole = Thumbnails(), WholePhoto()
        self.filters, self.threshold = FilterModel(session.photos), ThresholdSlider()
        self.sidebar = Sidebar(self.filters, dress, act[Do.MODELS])
        self.head, self.grid = GridHead(), PhotoGrid(session.photos, self.thumbnails, dress)
        self.nothing = NothingShown(session.photos, self.grid.viewport())
        self.review = ReviewBox(act[Do.ACCEPT], act[Do.RELABEL], act[Do.UNKNOWN])
        self.panel = PhotoPanel(self.whole, self.thumbnails, (HeatBox(act[Do.HEAT]), self.review), dress)
        self.looker = Looker(session, self.panel, act)
        self.reviewer = Reviewer(session, self.grid, self.review, window)
        self.folders = Folders(session.photos, self.grid, window.settings, window.open)
        self.filing = Filing(session, self.grid, window)
        self.enlarger = Enlarger(session.photos, self.grid, self.panel, window, act)
        self.dialogs = Dialogs(session, dress, window.settings, window, act)
        self.status = StatusBar(act[Do.PAUSE], act[Do.STOP])
        self.folders.bind(act)
        self._clock, self._soon = (
            QTimer(self, interval=_REFRESH),
            QTimer(self, singleShot=True, interval=_SOON),
        )
        window.closing.connect(self._close)

    @cached_property
    def webcam(self) -> Webcam:
        """The page of the webcam, made when it is first wanted."""
        from desktop.views.webcam import Webcam as Page  # noqa: PLC0415 - as long as nobody wants it, it costs nothing

        made = Page(self.session, self._window.dress, self._window.settings)
        self._window.pages.addWidget(made)
        return made

    def move_in(self) -> None:
        """Take the places that were kept in the window, and do what was asked for meanwhile."""
        window, searched = self._window, self._window.toolbar.search.text()
        window.toolbar.put_threshold(self.threshold)
        window.centre.put(self.head, self.grid)
        window.splitter.replaceWidget(0, self.sidebar)
        self.panel.hide()  # before it is seen, so that it does not take its room from the others
        window.splitter.addWidget(self.panel)
        window.splitter.setSizes(list(WIDTHS))
        window.settings.restore_widths(window.splitter)
        window.column.replaceWidget(window.foot, self.status)
        for one in (window.side, window.foot):
            one.deleteLater()
        actions.give_keys(self._act, window, self.grid, self.panel)
        self._connect()
        self._refresh()
        window.room = self
        window.errands.take(self._calls())
        if searched:
            window.toolbar.search.setText(searched)
            self._show(text=searched.strip())

    def _calls(self) -> dict[Do, Callable[[], object]]:
        return {
            Do.PAUSE: self.session.pause,
            Do.STOP: self.session.stop,
            Do.WEBCAM: self._turn_page,
            **self.reviewer.calls(),
            **self.filing.calls(),
            **self.folders.calls(),
            **self.looker.calls(),
            **self.enlarger.calls(),
            **self.dialogs.calls(),
        }

    def _connect(self) -> None:
        session, window = self.session, self._window
        session.changed.connect(self._refresh)
        session.advanced.connect(lambda: self._soon.isActive() or self._soon.start())
        session.model_opened.connect(self._show_model)
        session.chaining.changed.connect(self._name_labels)
        session.chosen.connect(self._remember_model)
        session.chaining.chosen.connect(self._remember_chain)
        session.opened.connect(self._show_opened)
        session.followed.connect(self.thumbnails.follow)
        session.photos.rowsInserted.connect(self._select_first)
        session.photos.dataChanged.connect(self._show_selected)
        session.photos.modelReset.connect(self._show_selected)
        session.photos.counted.connect(self._show_order)
        self.sidebar.filters.chosen.connect(lambda chosen: self._show(filter=chosen))
        window.toolbar.search.wanted.connect(lambda text: self._show(text=text))
        self.threshold.moved.connect(session.decide)
        self.head.ordered.connect(lambda order: self._show(order=order))
        self.reviewer.reviewing.changed.connect(self._refresh)
        self.grid.selectionModel().currentChanged.connect(self._show_selected)
        self._clock.timeout.connect(self._refresh)
        self._soon.timeout.connect(self._refresh)

    def open(self, paths: Sequence[Path]) -> None:
        """Open folders and photos in place of those that are open."""
        settings = self._window.settings
        self._act[Do.WEBCAM].setChecked(False)
        self.thumbnails.forget()
        self.session.open(paths)
        first = paths[0] if paths else None
        if first is not None and first.exists():
            settings.folder = (first if first.is_dir() else first.parent).absolute()
            settings.note_recent(settings.folder)

    def take(self, dropped: Sequence[Path]) -> None:
        """Open what was dropped, a bundle's folder among the models."""
        if not self.dialogs.add_model(dropped):
            self._window.open(dropped)

    def _turn_page(self) -> None:
        """Turn to the webcam, or back to the photos."""
        live = self._act[Do.WEBCAM].isChecked()
        self._window.pages.setCurrentWidget(self.webcam if live else self._window.splitter)
        (self.webcam if live else self.grid).setFocus()

    def _refresh(self) -> None:
        session, act = self.session, self._act
        centre = self._window.centre
        centre.show_session(session)
        self.panel.setVisible(centre.shows_photos)
        self.threshold.show_session(session)
        self.status.show_session(session)
        if session.working != self._clock.isActive():
            (self._clock.start if session.working else self._clock.stop)()
        act[Do.STOP].setEnabled(session.working)
        act[Do.PAUSE].setEnabled(session.working or session.phase is Phase.STOPPED)
        self.reviewer.allow(act)
        self.filing.allow(act)
        self.sidebar.card.show_model(session)

    def _show_model(self) -> None:
        if self.session.classifier is not None:
            manifest = self.session.classifier.bundle.manifest
            self._name_labels()
            self.filters.set_labels([label.name for label in manifest.labels])

    def _name_labels(self) -> None:
        """Call labels as their bundles do: the first model's, and those of the models that are asked next."""
        first, chain = self.session.classifier, self.session.chaining.chain
        models = [*(chain.then.values() if chain else ()), *([first] if first else [])]
        manifests = [model.bundle.manifest for model in models]
        take_labels(label for one in manifests for label in one.labels)
        take_titles({one.name: one.title for one in manifests})

    def _remember_model(self) -> None:
        """Begin with this model the next time; a chain was one of the other's answers."""
        self._window.settings.model, self._window.settings.chain = self.session.choice.name, ()

    def _remember_chain(self) -> None:
        """Begin with this chain the next time, and with the model whose answers it names."""
        session, settings = self.session, self._window.settings
        settings.model, settings.chain = session.choice.name, session.chaining.steps

    def _show_opened(self) -> None:
        paths = self.session.paths
        self.head.show_paths(paths)
        self._window.toolbar.search.clear()
        self._window.show_paths(paths)
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
        self.nothing.refresh()

    def _select_first(self, _parent: QModelIndex, first: int, last: int) -> None:
        """Select the first photo that comes, not a file that only lies beside it."""
        if self.grid.currentIndex().isValid():
            return
        photo = self.session.photos.photo
        row = next((row for row in range(first, last + 1) if photo(row).settled is None), None)
        if row is not None:
            self.grid.select_row(row)

    def _selected(self) -> Card | None:
        index: QModelIndex = self.grid.currentIndex()
        return self.session.photos.card(index.row()) if index.isValid() else None

    def _show_selected(self, *_changed: object) -> None:
        self.looker.show(self._selected())

    def _close(self) -> None:
        """Leave no thread behind."""
        for timer in (self._clock, self._soon):
            timer.stop()
        self._window.settings.remember_widths(self._window.splitter)
        if "webcam" in vars(self):
            self.webcam.stop()
        parts = (self.filing, self.looker, self.dialogs, self.session, self.reviewer.reviewing)
        for part in (*parts, self.thumbnails, self.whole):
            part.close()
