"""Above the grid: which photos are open, how many are shown, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout

from desktop.language import tr
from desktop.state import names, spelling, words
from desktop.state.orders import Order
from desktop.views.texts import Line, Text
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_CHOICES: Final = tuple(one for one in Order if one is not Order.LIKENESS)


class GridHead(QFrame):
    """`ordered` says which order is wanted."""

    ordered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("head")
        self.name, self.place = Line(weight=QFont.Weight.DemiBold), Line(scale=0.92, tone="muted")
        self.count = Text(scale=0.92, tone="muted")
        self.count.setWordWrap(False)
        self.orders = QComboBox()
        self.orders.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)  # likeness comes later
        self.orders.setAccessibleName(tr("Order of the photos"))
        for order in _CHOICES:
            self.orders.addItem(names.order(order), order)
        self.orders.activated.connect(self._tell)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 2)
        layout.setSpacing(9)
        layout.addWidget(self.name)
        layout.addWidget(self.place)
        layout.addStretch(1)
        layout.addWidget(self.count)
        layout.addWidget(self.orders)
        self.show_paths([])

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Show the folder that is open, or how many things are."""
        if len(paths) == 1:
            path = paths[0].absolute()
            self.name.say(files.shown(path.name or path))
            self.place.say(spelling.place(path.parent))
        else:
            self.name.say(words.open_things(len(paths)) if paths else "")
            self.place.say(spelling.place(paths[0].absolute().parent) if paths else "")

    def show_order(self, order: Order, shown: int) -> None:
        """Show the order and how many photos there are; likeness is in the list while it lasts."""
        self.count.say(words.photos(shown))
        place = self.orders.findData(order)
        if order is Order.LIKENESS and place < 0:
            self.orders.addItem(names.order(order), order)
        elif order is not Order.LIKENESS and self.orders.count() > len(_CHOICES):
            self.orders.removeItem(len(_CHOICES))
        self.orders.setCurrentIndex(self.orders.findData(order))

    def _tell(self, place: int) -> None:
        self.ordered.emit(self.orders.itemData(place))
