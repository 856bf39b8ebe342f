"""The models: which there are, what each is for and how far to trust it; choose, add, remove."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop.language import tr, well_known
from desktop.state import facts
from desktop.views.dialog import Dialog, push
from desktop.views.drops import Drops
from desktop.views.model_page import ModelPage
from desktop.views.next_models import NextModels
from desktop.work.models import bundle_among

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QCloseEvent

    from desktop.state.session import Session
    from desktop.state.shelf import Shelf
    from desktop.theme import Theme
    from desktop.work.models import Entry


class Models(Dialog):
    """A list on the left, the chosen model on the right; a bundle's folder can be dropped on it."""

    def __init__(self, session: Session, shelf: Shelf, dress: Theme, parent: QWidget) -> None:
        super().__init__(tr("Models"), parent)
        self.resize(1000, 640)
        self._session, self._shelf = session, shelf
        self.list, self.page, self.next = QListWidget(), ModelPage(dress), NextModels(session, shelf)
        self.list.setObjectName("models")
        self.list.setAccessibleName(tr("Models"))
        self.list.setFixedWidth(264)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.use = push(tr("Use this model"), self._use, "primary")
        self.check = push(tr("Check on this machine"), self._certify, "plain")
        self.remove = push(tr("Remove"), self._remove, "plain")
        self.add = push(tr("Add a model…"), self.ask_for_folder, "plain")
        self._drops = Drops(self, lambda _held: None, self._take)
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.list.itemActivated.connect(lambda *_: self._use())
        shelf.changed.connect(self._refresh)
        shelf.added.connect(self._choose)
        session.changed.connect(self._refresh)
        session.chaining.changed.connect(self._refresh)
        self._refresh()
        shelf.refresh(session.classifier.bundle if session.classifier else None)

    def _lay_out(self) -> None:
        sides, right, ways = QHBoxLayout(), QVBoxLayout(), QHBoxLayout()
        sides.setSpacing(18)
        sides.addWidget(self.list)
        for way in (self.use, self.check, self.remove):
            ways.addWidget(way)
        ways.addStretch(1)
        right.addWidget(self.page, 1)
        right.addLayout(ways)
        right.addWidget(self.next)
        sides.addLayout(right, 1)
        self.body.addLayout(sides, 1)
        self.offer(self.add)

    def ask_for_folder(self) -> None:
        """Let a person choose a bundle's folder, and add it."""
        dialog = QFileDialog(self, tr("Add a model: choose its folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self._shelf.add(Path(chosen)))
        dialog.open()

    def _take(self, dropped: Sequence[Path]) -> None:
        """Add the bundle that was dropped."""
        self._shelf.add(bundle_among(dropped) or dropped[0])  # what is none is said so

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Listen no more."""
        self._shelf.changed.disconnect(self._refresh)
        self._shelf.added.disconnect(self._choose)
        self._session.changed.disconnect(self._refresh)
        self._session.chaining.changed.disconnect(self._refresh)
        self.next.let_go()
        super().closeEvent(event)

    def _refresh(self) -> None:
        """Fill the list anew, and keep what is chosen."""
        shelf = self._shelf
        self.tell(shelf.doing, shelf.error or self._session.chaining.error)
        chosen = self._chosen()
        name = chosen.name if chosen else self._used()
        with QSignalBlocker(self.list):
            self.list.clear()
            for entry in shelf.entries:
                self.list.addItem(self._line(entry))
                if entry.name == name:
                    self.list.setCurrentRow(self.list.count() - 1)
            if self.list.currentRow() < 0:
                self.list.setCurrentRow(0)
        self._show_chosen()

    def _line(self, entry: Entry) -> QListWidgetItem:
        title = well_known(entry.bundle.manifest.title) if entry.bundle else entry.name
        in_use = tr("in use")
        used = f"  ·  {in_use}" if entry.name == self._used() else ""
        line = QListWidgetItem(
            f"{title}{used}\n{facts.standing(entry, self._shelf.certificates.get(entry.name))}"
        )
        line.setData(Qt.ItemDataRole.UserRole, entry.name)
        if used:
            font = QFont(self.list.font())
            font.setWeight(QFont.Weight.DemiBold)
            line.setFont(font)
        return line

    def _chosen(self) -> Entry | None:
        line = self.list.currentItem()
        return self._shelf.entry(line.data(Qt.ItemDataRole.UserRole)) if line else None

    def _used(self) -> str:
        return self._shelf.used(self._session)

    def _choose(self, name: str) -> None:
        self._refresh()
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)

    def _show_chosen(self) -> None:
        entry, busy = self._chosen(), bool(self._shelf.doing)
        self.page.show_entry(entry, self._shelf.certificates.get(entry.name) if entry else None)
        usable = entry is not None and entry.bundle is not None
        self.use.setEnabled(usable and not busy and entry is not None and entry.name != self._used())
        self.check.setEnabled(usable and not busy)
        self.remove.setEnabled(entry is not None and entry.own and not busy)
        self.remove.setToolTip(
            "" if self.remove.isEnabled() else tr("Only models that you added can be removed")
        )
        self.add.setEnabled(not busy)

    def _use(self) -> None:
        entry = self._chosen()
        if entry is not None and self.use.isEnabled():
            self._session.use(replace(self._session.choice, name=entry.asked))

    def _certify(self) -> None:
        if entry := self._chosen():
            self._shelf.certify(entry)

    def _remove(self) -> None:
        if entry := self._chosen():
            self._shelf.remove(entry.name)
