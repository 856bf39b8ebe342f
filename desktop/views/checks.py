"""A certificate as a table: every check, what was measured, and its limit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from desktop.language import tr
from desktop.state import facts, spelling
from desktop.told import told

if TYPE_CHECKING:
    from desktop.theme import Theme
    from whatsit.certificate import Certificate

_SHORT: Final = (0, 2)  # columns as wide as their words; the others share what is left


class Checks(QTreeWidget):
    """One line a check; what failed stands out."""

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self._dress = dress
        self.setAccessibleName(tr("Certificate"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setHeaderLabels([tr("Result"), tr("Check"), tr("Where"), tr("Measured"), tr("Limit")])
        self.header().setStretchLastSection(False)  # it would not let the last be narrower than it began
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        for column in _SHORT:
            self.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_certificate(self, found: Certificate) -> None:
        """Show the checks of a certificate, those that failed first."""
        self.clear()
        for where, check in sorted(facts.checks(found), key=lambda one: one[1].passed):
            result = tr("passed") if check.passed else tr("FAILED")
            line = QTreeWidgetItem([result, told(check.name), where, told(check.measured), told(check.limit)])
            color = self._dress.color("answered" if check.passed else "failed")
            line.setForeground(0, QBrush(color))
            for column in range(1, self.columnCount()):
                line.setToolTip(column, spelling.plain(line.text(column)))
            self.addTopLevelItem(line)
