"""Putting right by keyboard and mouse: what is selected in the grid, and where it goes on."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from desktop.actions import LABELS, Do
from desktop.language import tr
from desktop.state.orders import Order
from desktop.state.reviewing import Reviewing, guess
from desktop.views.label_picker import LabelPicker
from whatsit import reviews

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction

    from desktop.state.session import Session
    from desktop.views.grid import PhotoGrid
    from desktop.views.review_box import ReviewBox


class Reviewer(QObject):
    """Passes what a person says of the selected photos on, and selects the next one that nobody looked at."""

    def __init__(self, session: Session, grid: PhotoGrid, box: ReviewBox, window: QWidget) -> None:
        super().__init__(grid)
        self.reviewing = Reviewing(session)
        self._photos, self._grid, self._box, self._window = session.photos, grid, box, window
        box.labelled.connect(self.label)
        self.reviewing.changed.connect(lambda: box.show_recent(self.reviewing.recent))
        self.reviewing.failed.connect(self._tell)
        grid.selectionModel().selectionChanged.connect(lambda *_: box.show_selected(grid.selected_count()))

    @cached_property
    def picker(self) -> LabelPicker:
        """Where a label is typed, made when it is first wanted."""
        # Not a child of the photos: their keys, Enter among them, would act while a label is typed.
        made = LabelPicker(self._window, self.reviewing.completions)
        made.chosen.connect(self.label)
        return made

    def calls(self) -> dict[Do, Callable[[], object]]:
        """Return what the actions call."""
        return {
            Do.REVIEW: self.begin,
            Do.ACCEPT: self.accept,
            Do.RELABEL: self.relabel,
            Do.UNKNOWN: self.unknown,
            Do.UNDO: self.undo,
            Do.REDO: self.redo,
            **{one: partial(self.recent, place) for place, one in enumerate(LABELS)},
        }

    def allow(self, act: Mapping[Do, QAction]) -> None:
        """Enable the actions that can do something."""
        act[Do.UNDO].setEnabled(self.reviewing.can_undo)
        act[Do.REDO].setEnabled(self.reviewing.can_redo)

    def begin(self) -> None:
        """Show the unsure ones first, and select the first that nobody looked at."""
        self._photos.show(replace(self._photos.shown, order=Order.UNSURE_FIRST, like=-1))
        self._grid.setFocus()
        self._go_on(0)

    def accept(self) -> None:
        """Agree with the model."""
        row, numbers = self._grid.currentIndex().row(), self._grid.selected_numbers()
        self._after(row, self.reviewing.accept(numbers))

    def unknown(self) -> None:
        """Say that no label is right."""
        self.label(reviews.UNKNOWN)

    def label(self, label: str) -> None:
        """Say what it is."""
        row, numbers = self._grid.currentIndex().row(), self._grid.selected_numbers()
        self._after(row, self.reviewing.label(numbers, label))

    def recent(self, place: int) -> None:
        """Say the label with a key."""
        if place < len(self.reviewing.recent):
            self.label(self.reviewing.recent[place])

    def relabel(self) -> None:
        """Ask what it is."""
        kept = self._photos.collection
        if any(guess(kept.answer(number)) for number in self._grid.selected_numbers()):
            below = self._box.mapToGlobal(QPoint(0, self._box.relabel.height() + 4))
            self.picker.ask(below, self._box.width())

    def undo(self) -> None:
        """Take back what was said last, and show it."""
        self._show(self.reviewing.undo())

    def redo(self) -> None:
        """Say it again, and show it."""
        self._show(self.reviewing.redo())

    def _after(self, row: int, numbers: list[int]) -> None:
        if len(numbers) == 1:
            here = self._photos.row_of(numbers[0])
            self._go_on(row if here < 0 else here + 1)
        elif numbers and not self._grid.selected_numbers():
            self._go_on(row)

    def _go_on(self, row: int) -> None:
        """Select the next photo from a row on that nobody looked at; stay where there is none."""
        for place in range(max(row, 0), self._photos.rowCount()):
            card = self._photos.card(place)
            if card.said is None and guess(card.answer):
                self._grid.select_row(place)
                return
        if not self._grid.selected_numbers() and self._photos.rowCount():
            self._grid.select_row(min(max(row, 0), self._photos.rowCount() - 1))

    def _show(self, numbers: list[int]) -> None:
        row = self._photos.row_of(numbers[0]) if numbers else -1
        if row >= 0:
            self._grid.select_row(row)

    def _tell(self, problem: str) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Warning, tr("Your label could not be kept"), problem, parent=self._grid.window()
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
