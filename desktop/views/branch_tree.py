"""A tree of a few counted lines, each with the files that it counts below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop import theme
from desktop.language import tr
from desktop.state import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.preview import Branch

_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class BranchTree(QTreeWidget):
    """Files are put in when a line is opened."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setColumnCount(2)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setRootIsDecorated(True)
        self.header().setStretchLastSection(False)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self._branches: list[Branch] = []
        self.itemExpanded.connect(self._fill)

    def show_branches(self, branches: Sequence[Branch]) -> None:
        """Show these lines."""
        if list(branches) == self._branches:
            return
        self._branches = list(branches)
        self.clear()
        for one in branches:
            item = QTreeWidgetItem([one.title, words.number(one.count)])
            item.setTextAlignment(1, _RIGHT)
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, f"{one.title}, {words.number(one.count)}")
            if not one.is_folder:
                item.setFont(0, theme.font(0.95))
            self.addTopLevelItem(item)

    def _fill(self, item: QTreeWidgetItem) -> None:
        place = self.indexOfTopLevelItem(item)
        if place >= 0 and not item.childCount():
            item.addChildren([QTreeWidgetItem([line, ""]) for line in self._branches[place].lines])

    def said(self) -> list[str]:
        """Return the lines and their counts, as they are seen."""
        items = [self.topLevelItem(place) for place in range(self.topLevelItemCount())]
        return [tr("{title}: {count}").format(title=one.text(0), count=one.text(1)) for one in items if one]
