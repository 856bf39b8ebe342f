"""The grid of photos: only what is seen is laid out, painted and asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from desktop.language import tr
from desktop.views import grid_keys
from desktop.views.card import CardDelegate, Look
from desktop.views.card_pictures import CardPictures
from desktop.views.grid_shape import GAP, MARGIN, GridShape, with_ring
from desktop.work.turns import unbroken

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QItemSelectionRange

    from desktop.state.photo_model import Index, PhotoModel
    from desktop.state.pixmaps import Thumbnails
    from desktop.theme import Theme

_ASK_EVERY: Final = 40  # milliseconds between two lists of wishes while scrolling
_NOWHERE: Final = QModelIndex()


class PhotoGrid(QListView):
    """A list view whose places are computed, not stored.

    QListView itself measures every row after each change, which for 100,000 photos takes longer than a frame.
    """

    def __init__(self, photos: PhotoModel, thumbnails: Thumbnails, dress: Theme) -> None:
        super().__init__()
        self._photos, self._thumbnails, self._dress = photos, thumbnails, dress
        self._shape = GridShape()
        self._ask = QTimer(self, singleShot=True, interval=_ASK_EVERY)
        self._ask.timeout.connect(self._ask_for_seen)
        self.setAccessibleName(tr("Photos"))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._cards = CardDelegate(dress, thumbnails, self)
        self._pictures = CardPictures(self._cards, thumbnails, dress)
        self._owed: list[int] = []  # rows whose cards are to be painted at the next turn
        self._go_on = QTimer(self, singleShot=True)
        self._go_on.timeout.connect(self._paint_owed)
        self.setItemDelegate(self._cards)
        self.setModel(photos)
        thumbnails.made.connect(self._show_made)
        dress.changed.connect(self.viewport().update)

    def visualRect(self, index: Index) -> QRect:  # noqa: N802 - Qt's name
        """Return where a photo's card is in the viewport."""
        if not index.isValid():
            return QRect()
        return self._shape.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:  # noqa: N802 - Qt's name
        """Return the photo whose card is at a point of the viewport."""
        place = self._shape.place_at(point + QPoint(0, self.verticalOffset()), self._photos.rowCount())
        return self._photos.index(place) if place >= 0 else QModelIndex()

    def scrollTo(  # noqa: N802 - Qt's name
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll as little as needed to see a photo's card whole."""
        del hint
        if index.isValid():
            card, bar = self._shape.rect(index.row()), self.verticalScrollBar()
            lowest = card.bottom() + GAP - self.viewport().height()
            bar.setValue(min(max(bar.value(), lowest), card.top() - GAP))

    def verticalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Return how far down the viewport is."""
        return self.verticalScrollBar().value()

    def horizontalOffset(self) -> int:  # noqa: N802 - Qt's name
        """Return 0: cards always fit the width."""
        return 0

    def doItemsLayout(self) -> None:  # noqa: N802 - Qt's name
        """Lay out what is seen; Qt calls this after photos come or go."""
        self.updateGeometries()
        self.viewport().update()

    def rowsInserted(self, parent: Index, start: int, end: int) -> None:  # noqa: N802 - Qt's name
        """Make room for photos that came; QListView would paint all that is seen again for those below it."""
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self.updateGeometries()
        if start < self._seen().stop:
            self.viewport().update()

    def updateGeometries(self) -> None:  # noqa: N802 - Qt's name
        """Fit the columns to the width, and the scroll bar to the photos."""
        self._shape = GridShape.fit(self.viewport().width())
        height, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setRange(0, max(0, self._shape.height(self._photos.rowCount()) - height))
        bar.setPageStep(height)
        bar.setEnabled(bar.maximum() > 0)  # one that has nothing to scroll shows no handle
        bar.setSingleStep(self._shape.step // 3)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the first photo that is seen in sight when the columns change."""
        first = self._shape.place_at(QPoint(MARGIN, self.verticalOffset() + MARGIN), self._photos.rowCount())
        columns = self._shape.columns
        super().resizeEvent(event)
        self.updateGeometries()
        if first > 0 and columns != self._shape.columns:
            self.verticalScrollBar().setValue(self._shape.rect(first).top() - MARGIN)

    def scrollContentsBy(self, dx: int, dy: int) -> None:  # noqa: N802 - Qt's name
        """Paint again at the new offset."""
        del dx, dy
        self.viewport().update()

    def dataChanged(  # noqa: N802 - Qt's name
        self, first: Index, last: Index, roles: Sequence[int] = ()
    ) -> None:
        """Paint again the cards that changed and are seen; Qt would paint all of them."""
        del roles
        seen = self._seen()
        self._update(range(max(first.row(), seen.start), min(last.row() + 1, seen.stop)))

    def _show_made(self, paths: Collection[Path]) -> None:
        self._update(row for row in self._seen() if self._photos.photo(row).path in paths)

    def _update(self, rows: Iterable[int]) -> None:
        for row in rows:
            self.viewport().update(self.visualRect(self._photos.index(row)))

    def isIndexHidden(self, index: Index) -> bool:  # noqa: N802 - Qt's name
        """Return False: the model leaves out what the filter does."""
        del index
        return False

    def setSelection(  # noqa: N802 - Qt's name
        self, rect: QRect, command: QItemSelectionModel.SelectionFlag
    ) -> None:
        """Select the photos from one corner of the rectangle to the other, as one reads."""
        ends = [self.indexAt(QPoint(x, y)) for x, y in ((rect.x(), rect.y()), (rect.right(), rect.bottom()))]
        rows = sorted(one.row() for one in ends if one.isValid())
        chosen = QItemSelection()
        if rows:
            chosen.select(self._photos.index(rows[0]), self._photos.index(rows[-1]))
        self.selectionModel().select(chosen, command)

    def selected_numbers(self) -> list[int]:
        """Return the numbers of the photos that are selected, in the order they are shown."""
        rows = sorted(row for one in self._selected() for row in _rows(one))
        return [self._photos.number(row) for row in rows]

    def selected_count(self) -> int:
        """Return how many photos are selected."""
        return sum(one.height() for one in self._selected())

    def _selected(self) -> list[QItemSelectionRange]:
        return _parts(self.selectionModel().selection())

    def select_row(self, row: int) -> None:
        """Select this photo alone."""
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self._photos.index(row), flags)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:  # noqa: N802 - Qt's name
        """Return what has to be painted again when this selection changes: the cards with their rings."""
        seen, region = self._seen(), QRegion()
        for part in _parts(selection):
            for row in range(max(part.top(), seen.start), min(part.bottom() + 1, seen.stop)):
                region += with_ring(self.visualRect(self._photos.index(row)))
        return region

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Return the photo that a key leads to from the current one."""
        del modifiers
        count, row = self._photos.rowCount(), self.currentIndex().row()
        there = grid_keys.reached(action, row, count, self._shape, self.viewport().height())
        return self._photos.index(there) if there >= 0 else QModelIndex()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        """Do nothing: Qt's own search asks every photo on the window's thread."""

    @unbroken
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Paint the cards that are seen, and ask for their pictures."""
        painter, region = QPainter(self.viewport()), event.region()
        painter.fillRect(event.rect(), self._dress.color("ground"))
        focused, mouse, ratio = self.hasFocus(), self._mouse(), self.devicePixelRatioF()
        self._pictures.begin()
        for row in self._seen():
            index = self._photos.index(row)
            rect = self.visualRect(index)
            if not region.intersects(with_ring(rect)):
                continue
            if not self._pictures.show(painter, rect, self._photos.card(row), ratio):
                self._owed.append(row)
            look = Look(
                self.selectionModel().isSelected(index), focused, mouse is not None and rect.contains(mouse)
            )
            if look.selected or look.under_mouse:
                self._cards.paint_edge(painter, rect, look)
        painter.end()
        if self._owed:
            self._go_on.start()
        if not self._ask.isActive():
            self._ask.start()

    def _paint_owed(self) -> None:
        owed, self._owed = self._owed, []
        self._update(owed)

    def _mouse(self) -> QPoint | None:
        viewport = self.viewport()
        return viewport.mapFromGlobal(self.cursor().pos()) if viewport.underMouse() else None

    def _seen(self) -> range:
        top = self.verticalOffset()
        return self._shape.places(top, top + self.viewport().height(), self._photos.rowCount())

    def _ask_for_seen(self) -> None:
        """Want the pictures that are seen, then those of the next page."""
        seen, count = self._seen(), self._photos.rowCount()
        rows = [*seen, *range(seen.stop, min(seen.stop + len(seen), count))]
        photos = [self._photos.photo(row) for row in rows]
        ratio = self.devicePixelRatioF()
        size = QSize(round(self._shape.picture.width() * ratio), round(self._shape.picture.height() * ratio))
        # What is settled without decoding may be a pipe or a device: never opened.
        self._thumbnails.want([photo.path for photo in photos if photo.settled is None], size, ratio)


def _parts(selection: QItemSelection) -> list[QItemSelectionRange]:
    return [selection.at(place) for place in range(selection.count())]


def _rows(part: QItemSelectionRange) -> range:
    return range(part.top(), part.bottom() + 1)
