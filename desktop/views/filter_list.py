"""The filters with their counts: a list whose headings cannot be chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop import theme
from desktop.language import tr
from desktop.state import words
from desktop.state.filter_model import FilterModel, FilterRole, FilterRow
from desktop.state.filters import ALL, Filter, Reviewed
from desktop.views.card import paint_dot
from whatsit.decisions import Status

if TYPE_CHECKING:
    from desktop.state.photo_model import Index
    from desktop.theme import Theme

_ROW: Final = 32
_HEADING: Final = 34
_PAD: Final = 10
_ONE_LINE: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class FilterList(QListView):
    """One filter is always chosen; `chosen` tells which."""

    chosen = Signal(object)

    def __init__(self, filters: FilterModel, dress: Theme) -> None:
        super().__init__()
        self._filters, self._filter = filters, ALL
        self.setAccessibleName(tr("Filters"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setItemDelegate(_FilterDelegate(dress, self))
        self.setModel(filters)
        self.choose(ALL)
        filters.modelReset.connect(lambda: self.choose(self._filter))
        dress.changed.connect(self.viewport().update)

    def choose(self, wanted: Filter) -> None:
        """Choose a filter."""
        self._filter = wanted
        row = max(self._filters.row_of(wanted), 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._filters.index(row), flags)

    def currentChanged(  # noqa: N802 - Qt's name
        self, current: QModelIndex | Index, previous: QModelIndex | Index
    ) -> None:
        """Tell which filter is chosen now."""
        super().currentChanged(current, previous)
        row = current.data(FilterRole.ROW) if current.isValid() else None
        if isinstance(row, FilterRow) and row.filter is not None and row.filter != self._filter:
            self._filter = row.filter
            self.chosen.emit(row.filter)


class _FilterDelegate(QStyledItemDelegate):
    """Paints a line: badge, name, count; or a heading."""

    def __init__(self, dress: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._dress = dress
        self._font, self._small = theme.font(), theme.font(0.9)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        row: FilterRow = index.data(FilterRole.ROW)
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.filter is None:
            self._paint_heading(painter, row, rect)
        else:
            self._paint_ground(painter, option, QRectF(rect).adjusted(1, 1, -1, -1))
            self._paint_filter(painter, row, rect)
        painter.restore()

    def _paint_heading(self, painter: QPainter, row: FilterRow, rect: QRect) -> None:
        painter.setFont(self._small)
        painter.setPen(self._dress.color("muted"))
        painter.drawText(
            rect.adjusted(_PAD, 0, -_PAD, -5),
            Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextSingleLine,
            row.name,
        )

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRectF) -> None:
        state = option.state
        painter.setPen(Qt.PenStyle.NoPen)
        if state & QStyle.StateFlag.State_Selected:
            painter.setBrush(self._dress.color("chosen"))
            if state & QStyle.StateFlag.State_HasFocus:
                painter.setPen(QPen(self._dress.color("accent"), 1.6))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(self._dress.color("hover"))
        else:
            return
        painter.drawRoundedRect(rect, theme.RADIUS - 1, theme.RADIUS - 1)

    def _paint_filter(self, painter: QPainter, row: FilterRow, rect: QRect) -> None:
        badge = _badge(row.filter) if row.filter else None
        middle = QPointF(rect.left() + _PAD + 4, rect.center().y() + 0.5)
        paint_dot(painter, middle, self._dress.badge(badge))
        painter.setFont(self._font)
        count = words.number(row.count)
        width = painter.fontMetrics().horizontalAdvance(count)
        painter.setPen(self._dress.color("muted"))
        room = rect.adjusted(_PAD + 20, 0, -_PAD, 0)
        painter.drawText(room, _ONE_LINE | Qt.AlignmentFlag.AlignRight, count)
        room.setRight(room.right() - width - 8)
        painter.setPen(self._dress.color("text" if row.count or row.filter == ALL else "muted"))
        name = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _ONE_LINE, name)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802 - Qt's name
        """Return a line's height."""
        del option
        row: FilterRow = index.data(FilterRole.ROW)
        return QSize(120, _HEADING if row.filter is None else _ROW)


def _badge(of: Filter) -> Status | None:
    if of.reviewed is not None:
        return Status.ANSWERED if of.reviewed is Reviewed.ACCEPTED else Status.NOT_SURE
    return of.status
