"""Export: the answers as a table or as data, for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from desktop.language import tr
from desktop.state import spelling, words
from desktop.state.task import Stage
from desktop.views.photo_choice import PhotoChoice
from desktop.views.task_dialog import TaskDialog, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.chosen import Chosen
    from desktop.state.export_task import ExportTask


class ExportDialog(TaskDialog):
    """The ending of the file's name follows its kind."""

    def __init__(self, parent: QWidget, task: ExportTask, choices: Sequence[Chosen], file: Path) -> None:
        super().__init__(
            parent, task, tr("Export the answers"),
            tr("One row a photo: its answer, how sure it is, and what you said of it."),
        )  # fmt: skip
        self.export_task = task
        self.photos, self.kind, self.file = PhotoChoice(choices), QComboBox(), QLineEdit(str(file))
        self.choose, self.show_folder = QPushButton(tr("Choose…")), QPushButton(tr("Show the folder"))
        for one in (self.choose, self.show_folder):
            one.setAutoDefault(False)
        for kind, name in _kinds().items():
            self.kind.addItem(name, kind)
        self._form = [
            row(tr("Photos"), self.photos), row(tr("As"), self.kind), row(tr("File"), self.file, self.choose)
        ]  # fmt: skip
        for each in self._form:
            self.body.addWidget(each)
        self.body.addStretch(1)
        self.ways.addWidget(self.show_folder)
        self.primary.setText(tr("Export"))
        self.resize(600, 330)
        self.kind.currentIndexChanged.connect(lambda _place: self._follow_kind())
        self.file.textChanged.connect(lambda _text: self.show_task())
        self.choose.clicked.connect(self._ask_where)
        self.show_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._path().parent)))
        )
        self.primary.clicked.connect(self._export)
        self._refresh()
        self._follow_kind()

    def _path(self) -> Path:
        return Path(self.file.text().strip()).expanduser().absolute()

    def _export(self) -> None:
        self.export_task.write(self.photos.chosen(), self._path(), self.kind.currentData())

    def _follow_kind(self) -> None:
        if self.file.text().strip():
            self.file.setText(str(self._path().with_suffix(f".{self.kind.currentData()}")))

    def _ask_where(self) -> None:
        kind = self.kind.currentData()
        dialog = QFileDialog(self, tr("Where to write the answers"), str(self._path()), f"*.{kind}")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(kind)
        dialog.selectFile(self._path().name)
        dialog.fileSelected.connect(self.file.setText)
        dialog.open()

    def show_task(self) -> None:
        """Show what is chosen, or what was written."""
        task = self.export_task
        over = task.stage is Stage.DONE
        for each in self._form:
            each.setVisible(not over)
            each.setEnabled(task.stage is not Stage.WORKING)
        self.show_folder.setVisible(over)
        self.primary.setVisible(not over)
        self.primary.setEnabled(task.stage is Stage.READY and bool(self.file.text().strip()))
        self.said.say(self._said())

    def _said(self) -> str:
        task = self.export_task
        if task.stage is Stage.WORKING:
            return tr("{done} of {all} photos").format(
                done=words.number(task.done), all=words.number(task.total)
            )
        if task.stage is Stage.DONE and task.file is not None:
            return tr("{photos} written to {file}").format(
                photos=words.photos(task.done), file=spelling.place(task.file)
            )
        if task.stopped:
            return tr("Stopped.")
        return tr("The file that is there is replaced.") if self._path().is_file() else ""


def _kinds() -> dict[str, str]:
    return {
        "xlsx": tr("A spreadsheet (XLSX), for Excel or LibreOffice"),
        "csv": tr("A plain table (CSV)"),
        "json": tr("Data (JSON), one document"),
        "jsonl": tr("Data (JSONL), one photo a line"),
    }
