"""The filters beside the grid with their counts, as a Qt list model."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.language import tr
from desktop.state import names, words
from desktop.state.filters import ALL, NEEDS_A_LOOK, REVIEWED, Filter, Reviewed
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from desktop.state.photo_model import PhotoModel

Index = QModelIndex | QPersistentModelIndex
MOST_ALWAYS_SHOWN = 12  # a model with more labels lists only those that photos have
_NOWHERE = QModelIndex()


class FilterRole(IntEnum):
    """What the model can be asked for beyond Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class FilterRow:
    """One line: a filter with its count, or a heading when `filter` is None."""

    name: str
    filter: Filter | None = None
    count: int = 0


class FilterModel(QAbstractListModel):
    """All photos, the answers, what needs a look, and what a person reviewed."""

    def __init__(self, photos: PhotoModel) -> None:
        super().__init__()
        self._photos = photos
        self._labels: tuple[str, ...] = ()
        self._rows: list[FilterRow] = []
        self.refresh()
        photos.counted.connect(self.refresh)

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802 - Qt's name
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a line, or in words what it says."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == FilterRole.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.name if row.filter is None else f"{row.name}, {words.number(row.count)}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings can be neither chosen nor reached."""
        if index.isValid() and self._rows[index.row()].filter is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.NoItemFlags

    def set_labels(self, labels: Sequence[str]) -> None:
        """List these labels, in the model's order."""
        self._labels = tuple(labels)
        self.refresh()

    def row_of(self, chosen: Filter) -> int:
        """Return the line of a filter, -1 when it is not listed."""
        return next((place for place, row in enumerate(self._rows) if row.filter == chosen), -1)

    def refresh(self) -> None:
        """Count again; lines come and go only when their names do."""
        rows = self._counted()
        if [(row.name, row.filter) for row in rows] == [(row.name, row.filter) for row in self._rows]:
            before, self._rows = self._rows, rows
            for place, (old, new) in enumerate(zip(before, rows, strict=True)):
                if new != old:
                    self.dataChanged.emit(self.index(place), self.index(place))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _counted(self) -> list[FilterRow]:
        counts = self._photos.collection.counts()
        rows = [FilterRow(tr("All photos"), ALL, counts[ALL])]
        if answers := self._answers(counts):
            rows += [FilterRow(tr("Answers")), *answers]
        looks = [FilterRow(names.status(one.status), one, counts[one]) for one in NEEDS_A_LOOK if one.status]
        rows += [FilterRow(tr("Needs a look")), *looks]
        if any(counts[one] for one in REVIEWED) or self._photos.filter in REVIEWED:
            rows += [
                FilterRow(tr("Your reviews")),
                *(FilterRow(_name(one), one, counts[one]) for one in REVIEWED),
            ]
        return rows

    def _answers(self, counts: Counter[Filter]) -> list[FilterRow]:
        """Return the model's labels, where they are many those that photos have, and a person's own words."""
        labels = [Filter(Status.ANSWERED, label) for label in self._labels]
        if len(labels) > MOST_ALWAYS_SHOWN:
            labels = [one for one in labels if counts[one] or one == self._photos.filter]
        known = {ALL, *labels}
        own = [one for one in counts if one.status is Status.ANSWERED and one not in known]
        return [FilterRow(words.said_label(one.label), one, counts[one]) for one in (*labels, *own)]


def _name(of: Filter) -> str:
    return tr("Accepted") if of.reviewed is Reviewed.ACCEPTED else tr("Put right")
