"""The photos that the grid shows: those of the collection that pass the filter, as a Qt list model."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.state import words
from desktop.state.collection import Collection
from desktop.state.filters import ALL, Filter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whatsit.decisions import Answer
    from whatsit.photos import Photo

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Card:
    """All there is to show of a photo in the grid."""

    photo: Photo
    answer: Answer | None


def _runs(numbers: Iterable[int]) -> Iterator[range]:
    """Yield the numbers as ranges without gaps."""
    first = last = None
    for number in sorted(numbers):
        if first is None or last is None or number > last + 1:
            if first is not None and last is not None:
                yield range(first, last + 1)
            first = number
        last = number
    if first is not None and last is not None:
        yield range(first, last + 1)


class Role(IntEnum):
    """What the model can be asked for beyond Qt's own roles."""

    CARD = Qt.ItemDataRole.UserRole + 1


class PhotoModel(QAbstractListModel):
    """Rows are the photos that pass `filter`, in the order they were found."""

    counted = Signal()  # the collection, and with it the counts of the filters, changed

    def __init__(self) -> None:
        super().__init__()
        self.collection = Collection()
        self.filter = ALL
        self._numbers: Sequence[int] = range(0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many photos are shown."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a photo's card, or in words what it is."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        card = self.card(index.row())
        if role == Role.CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.card_spoken(card.photo.name, card.answer)
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tooltip(card.photo.name, card.answer)
        return None

    def card(self, row: int) -> Card:
        """Return what a row shows."""
        number = self._numbers[row]
        return Card(self.collection.photos[number], self.collection.answers[number])

    def row_of(self, photo: Photo) -> int:
        """Return the row that shows this very photo, -1 when it is not shown."""
        photos = self.collection.photos
        return next((row for row, number in enumerate(self._numbers) if photos[number] is photo), -1)

    def clear(self) -> None:
        """Forget every photo and show all of what will come."""
        self.beginResetModel()
        self.collection, self.filter, self._numbers = Collection(), ALL, range(0)
        self.endResetModel()
        self.counted.emit()

    def show_only(self, chosen: Filter) -> None:
        """Show the photos that a filter takes."""
        if chosen == self.filter:
            return
        self.beginResetModel()
        self.filter = chosen
        self._numbers = (
            list(self.collection.numbers(chosen)) if chosen != ALL else range(len(self.collection))
        )
        self.endResetModel()

    def add(self, photos: Sequence[Photo]) -> None:
        """Show photos that were found; they wait for their answers."""
        numbers = self.collection.add(photos)
        if self.filter == ALL and photos:
            self.beginInsertRows(_NOWHERE, numbers.start, numbers.stop - 1)
            self._numbers = range(numbers.stop)
            self.endInsertRows()
        self.counted.emit()

    def answer(self, answers: Sequence[tuple[int, Answer]]) -> None:
        """Note the answers of photos, given by their numbers."""
        for number, answer in answers:
            self.collection.answer(number, answer)
        numbers = [number for number, _ in answers]
        if self.filter == ALL:
            for run in _runs(numbers):
                self.dataChanged.emit(self.index(run.start), self.index(run.stop - 1))
        else:
            self._refile(numbers)
        self.counted.emit()

    def _refile(self, numbers: Sequence[int]) -> None:
        """Show what now passes the filter, and no longer what does not."""
        shown = self._numbers
        assert isinstance(shown, list)  # noqa: S101 - a filter that is not ALL keeps a list
        for number in sorted(numbers):
            row = bisect_left(shown, number)
            is_shown = row < len(shown) and shown[row] == number
            belongs = self.filter.takes(self.collection.places[number])
            if belongs and is_shown:
                self.dataChanged.emit(self.index(row), self.index(row))
            elif belongs:
                self.beginInsertRows(_NOWHERE, row, row)
                shown.insert(row, number)
                self.endInsertRows()
            elif is_shown:
                self.beginRemoveRows(_NOWHERE, row, row)
                del shown[row]
                self.endRemoveRows()
