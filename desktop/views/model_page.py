"""One model: its title, how it stands here, its facts, and its card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFont, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QFormLayout, QTabWidget, QTextBrowser, QVBoxLayout, QWidget

from desktop.language import tr, well_known
from desktop.state import facts, problems
from desktop.views.checks import Checks
from desktop.views.texts import Text
from whatsit import files

if TYPE_CHECKING:
    from PySide6.QtCore import QUrl

    from desktop.theme import Theme
    from desktop.work.models import Entry
    from whatsit.certificate import Certificate


class ModelPage(QWidget):
    """Shows one entry of the shelf."""

    def __init__(self, dress: Theme) -> None:
        super().__init__()
        self.title = Text(scale=1.15, weight=QFont.Weight.DemiBold)
        self.standing = Text(scale=0.95, tone="muted")
        self.facts, self.card, self.checks = QFormLayout(), _Card(), Checks(dress)
        self.facts.setVerticalSpacing(5)
        self.facts.setHorizontalSpacing(14)
        self.tabs = QTabWidget()
        self.tabs.setAccessibleName(tr("Facts"))
        about = QWidget()
        about.setLayout(self.facts)
        for page, name in ((about, tr("Facts")), (self.card, tr("Card")), (self.checks, tr("Certificate"))):
            self.tabs.addTab(page, name)
        self.tabs.setDocumentMode(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for widget in (self.title, self.standing):
            layout.addWidget(widget)
        layout.addSpacing(4)
        layout.addWidget(self.tabs, 1)

    def show_entry(self, entry: Entry | None, found: Certificate | None) -> None:
        """Show a model and, once it was checked, its certificate."""
        bundle = entry.bundle if entry else None
        self.title.say(
            well_known(bundle.manifest.title) if bundle else entry.name if entry else tr("No model")
        )
        self.standing.say(facts.standing(entry, found) if entry else tr("Add one, or drop its folder here."))
        while self.facts.rowCount():
            self.facts.removeRow(0)
        for about, value in facts.of_model(bundle) if bundle else self._problem(entry):
            self.facts.addRow(Text(about, scale=0.95, tone="muted"), Text(files.shown(value), scale=0.95))
        self.card.show_card(entry.card if entry else "")
        self.tabs.setTabEnabled(2, found is not None)
        if found is not None and entry is not None:
            self.checks.show_certificate(found)
            self.standing.say(facts.verdict(entry.name, found))
            self.tabs.setCurrentWidget(self.checks)

    def _problem(self, entry: Entry | None) -> list[tuple[str, str]]:
        if entry is None or entry.error is None:
            return []
        return [(tr("Problem"), problems.line(entry.error))]


class _Card(QTextBrowser):
    """A model card; a stranger's may name pictures and pages, none of which is loaded or followed."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Model card"))
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)

    def show_card(self, markdown: str) -> None:
        """Show a card; Markdown cannot say a table without a head, so an empty head is taken off."""
        self.setMarkdown(markdown)
        for table in self.document().rootFrame().childFrames():
            if isinstance(table, QTextTable):
                head = (table.cellAt(0, column) for column in range(table.columns()))
                if all(cell.firstPosition() == cell.lastPosition() for cell in head):
                    table.removeRows(0, 1)
                shape = table.format()
                shape.setBorderBrush(self.palette().mid())  # Qt's own is of the text's colour
                shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                table.setFormat(shape)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Load nothing."""
        del kind, name
