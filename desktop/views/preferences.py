"""Settings: language, light or dark, where snapshots go; the log and a report for bug reports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QWidget

from desktop.language import LANGUAGES, tr
from desktop.state import spelling
from desktop.views.dialog import Dialog, push
from desktop.views.texts import Line, Text

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.settings import Settings
    from desktop.theme import Theme

_SCHEMES: Final = ("system", "light", "dark")


class Preferences(Dialog):
    """Every choice holds at once, but for the language."""

    def __init__(self, settings: Settings, dress: Theme, parent: QWidget, *ways: QAction) -> None:
        super().__init__(tr("Settings"), parent)
        self.resize(560, 360)
        self._settings, self._dress = settings, dress
        self.language, self.scheme = QComboBox(), QComboBox()
        self.snapshots = Line()
        self.later = Text(scale=0.9, tone="muted")
        self._lay_out()
        self._fill()
        for action in ways:
            self.offer(push(action.text(), action.trigger, "plain"))
        self.language.activated.connect(self._choose_language)
        self.scheme.activated.connect(self._choose_scheme)

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.snapshots, 1)
        place.addWidget(push(tr("Change…"), self.ask_for_folder, "plain"))
        form = QFormLayout()
        form.setVerticalSpacing(10)
        form.setHorizontalSpacing(16)
        for name, box in ((tr("Language"), self.language), (tr("Colours"), self.scheme)):
            box.setAccessibleName(name)
            form.addRow(Text(name, tone="muted"), box)
        form.insertRow(1, "", self.later)
        form.addRow(Text(tr("Snapshots"), tone="muted"), place)
        self.body.addLayout(form)
        self.body.addStretch(1)

    def _fill(self) -> None:
        self.language.addItem(tr("As the system"), "")
        for code, name in LANGUAGES.items():
            self.language.addItem(name, code)
        self.language.setCurrentIndex(max(self.language.findData(self._settings.language), 0))
        names = {"system": tr("As the system"), "light": tr("Light"), "dark": tr("Dark")}
        for scheme in _SCHEMES:
            self.scheme.addItem(names[scheme], scheme)
        self.scheme.setCurrentIndex(max(self.scheme.findData(self._settings.scheme), 0))
        self.snapshots.say(spelling.place(self._settings.snapshots))
        self.later.say("")

    def ask_for_folder(self) -> None:
        """Let a person choose where snapshots go."""
        dialog = QFileDialog(self, tr("Choose the folder for snapshots"), str(self._settings.snapshots))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._choose_folder)
        dialog.open()

    def _choose_folder(self, chosen: str) -> None:
        self._settings.snapshots = Path(chosen)
        self.snapshots.say(spelling.place(self._settings.snapshots))

    def _choose_language(self, _place: int) -> None:
        self._settings.language = self.language.currentData()
        self.later.say(tr("The language changes when Whatsit is opened again."))

    def _choose_scheme(self, _place: int) -> None:
        self._settings.scheme = self.scheme.currentData()
        self._dress.choose(self._settings.scheme)
