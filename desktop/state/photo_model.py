"""The photos that the grid shows, in the order wanted, as a Qt list model."""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Final

import numpy as np
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from desktop.state import orders, words
from desktop.state.collection import Collection
from desktop.state.filters import ALL, Filter
from desktop.state.orders import Order

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from desktop.state.photo_list import Entry
    from whatsit.chain import Chain
    from whatsit.decisions import Answer, Then
    from whatsit.photos import Photo
    from whatsit.reviews import Review

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_EVERY: Final = 0.25  # seconds between two looks at which photos are shown and in which order
_MOST_RUNS: Final = 32  # rows in more places than this are put together before they are taken out


@dataclass(frozen=True, slots=True)
class Card:
    """All there is to show of a photo in the grid: the model's answer and what a person said."""

    number: int
    photo: Photo
    answer: Answer | None
    said: Review | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Which photos are shown: those of a filter with `text` in their names, in an order."""

    filter: Filter = ALL
    text: str = ""
    order: Order = Order.FOUND
    like: int = -1  # the photo that an order by likeness begins with

    @property
    def is_plain(self) -> bool:
        """Whether all photos are shown as they were found."""
        return self.filter == ALL and not self.text and self.order is Order.FOUND


class Role(IntEnum):
    """What the model can be asked for beyond Qt's own roles."""

    CARD = Qt.ItemDataRole.UserRole + 1


class PhotoModel(QAbstractListModel):
    """Rows are the photos that `shown` asks for."""

    counted = Signal()  # the collection, and with it the counts of the filters, changed

    def __init__(self) -> None:
        super().__init__()
        self.collection = Collection()
        self.shown = Shown()
        self._numbers: NDArray[np.int64] = np.arange(0)
        self._settled_at = -_EVERY
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.settle)

    @property
    def filter(self) -> Filter:
        """The filter that is chosen."""
        return self.shown.filter

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many photos are shown."""
        return 0 if parent.isValid() else len(self._numbers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a photo's card, or in words what it is."""
        if not index.isValid() or index.row() >= len(self._numbers):
            return None
        if role == Role.CARD:
            return self.card(index.row())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return words.card_spoken(self.card(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return words.tooltip(self.card(index.row()))
        return None

    def card(self, row: int) -> Card:
        """Return what a row shows."""
        number, kept = int(self._numbers[row]), self.collection
        return Card(number, kept.photos[number], kept.answer(number), kept.said.get(number))

    def photo(self, row: int) -> Photo:
        """Return a row's photo, without the answer that a card has."""
        return self.collection.photos[int(self._numbers[row])]

    def number(self, row: int) -> int:
        """Return the number of a row's photo."""
        return int(self._numbers[row])

    def numbers(self) -> NDArray[np.int64]:
        """Return the numbers of all photos that are shown, in their order."""
        return self._numbers.copy()

    def row_of(self, number: int) -> int:
        """Return the row that shows a photo, -1 when it is not shown."""
        found = np.flatnonzero(self._numbers == number)
        return int(found[0]) if len(found) else -1

    def clear(self, collection: Collection) -> None:
        """Forget every photo and show all of what will come into a new collection."""
        self.beginResetModel()
        collection.followed.use(self.collection.followed.chain)
        self.collection, self.shown, self._numbers = collection, Shown(order=self._lasting()), np.arange(0)
        self._later.stop()
        self.endResetModel()
        self.counted.emit()

    def show(self, wanted: Shown) -> None:
        """Show other photos, or in another order; those that stay remain selected."""
        if wanted != self.shown:
            self.shown = wanted
            self.settle()
            self.counted.emit()

    def add(self, photos: Sequence[Entry]) -> None:
        """Show photos that were found; they wait for their answers."""
        numbers = self.collection.add(photos)
        if self.shown.is_plain and photos:
            self._append(np.arange(numbers.start, numbers.stop))
        else:
            self._settle_soon()
        self.counted.emit()

    def answer(self, answers: Sequence[tuple[int, Answer | np.void]]) -> None:
        """Note the answers of photos, given by their numbers."""
        self.collection.take(answers)
        if self.shown.is_plain:
            for run in _runs(sorted(number for number, _ in answers)):
                self.dataChanged.emit(self.index(run.start), self.index(run.stop - 1))
        else:
            self._settle_soon()
        self.counted.emit()

    def follow_by(self, chain: Chain | None) -> None:
        """Ask next models by this chain; what others said is forgotten."""
        self.collection.followed.use(chain)
        self.refile()

    def follow(self, found: Sequence[tuple[int, Then]]) -> None:
        """Note what next models say of photos, given by their numbers."""
        self.collection.followed.take(found)
        for number, _ in found:
            row = self.index(self.row_of(number))
            if row.isValid():
                self.dataChanged.emit(row, row)

    def refile(self) -> None:
        """Look again at every photo, whose answers or reviews changed."""
        self.settle()
        self.counted.emit()

    def settle(self) -> None:
        """Show now what `shown` asks for, and all of it as it is now."""
        self._later.stop()
        shown, kept = self.shown, self.collection
        mask = kept.mask(shown.filter)
        if shown.text:
            mask &= self._named(shown.text)
        ranks = orders.ranks(shown.order, kept, shown.like)
        numbers = np.flatnonzero(mask)
        self._become(numbers[np.argsort(ranks[numbers], kind="stable")])
        self._settled_at = time.monotonic()

    def _settle_soon(self) -> None:
        wait = self._settled_at + _EVERY - time.monotonic()
        if not self._later.isActive():
            self._later.start(max(0, round(1000 * wait)))

    def _lasting(self) -> Order:
        return Order.FOUND if self.shown.order is Order.LIKENESS else self.shown.order

    def _named(self, text: str) -> NDArray[np.bool_]:
        wanted, names = text.casefold(), self.collection.photos.names
        return np.fromiter((wanted in name.casefold() for name in names), np.bool_, len(names))

    def _become(self, numbers: NDArray[np.int64]) -> None:
        """Take rows out, add others at the end and put all in order, so that Qt keeps what is selected."""
        count = len(self.collection)
        before, after = np.zeros(count, np.bool_), np.zeros(count, np.bool_)
        before[self._numbers] = after[numbers] = True
        self._remove(np.flatnonzero(~after[self._numbers]))
        self._append(numbers[~before[numbers]])
        self._arrange(numbers)
        if len(numbers):
            self.dataChanged.emit(self.index(0), self.index(len(numbers) - 1))

    def _remove(self, rows: NDArray[np.int64]) -> None:
        """Take rows out where they are: what was selected then gives way to what is beside it."""
        runs = list(_runs(rows.tolist()))
        if len(runs) > _MOST_RUNS:
            stay = np.delete(self._numbers, rows)
            self._arrange(np.concatenate([stay, self._numbers[rows]]))
            runs = [range(len(stay), len(self._numbers))]
        for run in reversed(runs):
            self.beginRemoveRows(_NOWHERE, run.start, run.stop - 1)
            self._numbers = np.delete(self._numbers, slice(run.start, run.stop))
            self.endRemoveRows()

    def _append(self, numbers: NDArray[np.int64]) -> None:
        if len(numbers):
            first = len(self._numbers)
            self.beginInsertRows(_NOWHERE, first, first + len(numbers) - 1)
            self._numbers = np.concatenate([self._numbers, numbers])
            self.endInsertRows()

    def _arrange(self, numbers: NDArray[np.int64]) -> None:
        """Put the same photos in another order."""
        if np.array_equal(numbers, self._numbers):
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        rows = np.empty(len(self.collection), np.int64)
        rows[numbers] = np.arange(len(numbers))
        moved = [self.index(int(rows[self._numbers[one.row()]])) for one in kept]
        self._numbers = numbers
        self.changePersistentIndexList(kept, moved)
        self.layoutChanged.emit()


def _runs(numbers: Sequence[int]) -> Iterator[range]:
    """Yield sorted numbers as ranges without gaps."""
    start = 0
    for place in range(1, len(numbers) + 1):
        if place == len(numbers) or numbers[place] != numbers[place - 1] + 1:
            yield range(numbers[start], numbers[place - 1] + 1)
            start = place
