"""Sort: which photos, where to, how; what is going to happen, before anything does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QLineEdit, QPushButton, QWidget

from desktop.language import tr
from desktop.state import spelling, words
from desktop.state.task import Stage
from desktop.told import told
from desktop.views.branch_tree import BranchTree
from desktop.views.photo_choice import PhotoChoice
from desktop.views.task_dialog import TaskDialog, row
from whatsit.sorting import Mode, Order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.chosen import Chosen
    from desktop.state.sort_task import SortTask
    from whatsit.sorting import Plan

_TYPING: Final = 300  # milliseconds after the last letter of a path


class SortDialog(TaskDialog):
    """Draws the plan anew whenever something else is chosen; `undo_wanted` when it is to be taken back."""

    undo_wanted = Signal()

    def __init__(self, parent: QWidget, task: SortTask, choices: Sequence[Chosen], order: Order) -> None:
        super().__init__(
            parent, task, tr("Sort photos into folders"),
            tr("A folder for each answer. Nothing is replaced, and every sorting can be undone."),
        )  # fmt: skip
        self.sort_task, self._order = task, order
        self.photos, self.into = PhotoChoice(choices), QLineEdit(str(order.into))
        self.mode, self.keep = QComboBox(), QCheckBox(tr("Keep sub-folders below each answer"))
        self.choose, self.tree = QPushButton(tr("Choose…")), BranchTree(tr("What is going to happen"))
        self.show_folder = QPushButton(tr("Show the folder"))
        self.undo = QPushButton(tr("Undo this"))
        for one in (self.choose, self.show_folder, self.undo):
            one.setAutoDefault(False)
        for mode, name in _modes().items():
            self.mode.addItem(name, mode)
        self._wait = QTimer(self, singleShot=True, interval=_TYPING)
        self._form = [
            row(tr("Photos"), self.photos),
            row(tr("Into"), self.into, self.choose),
            row(tr("How"), self.mode),
            row("", self.keep),
        ]
        for each in (*self._form, self.tree):
            self.body.addWidget(each)
        self.body.setStretchFactor(self.tree, 1)
        for way in (self.show_folder, self.undo):
            self.ways.addWidget(way)
        self.resize(680, 640)
        self._connect()
        self._draw()

    def _connect(self) -> None:
        for box in (self.photos, self.mode):
            box.currentIndexChanged.connect(self._draw)
        self.keep.toggled.connect(self._draw)
        self.into.textChanged.connect(lambda _text: self._draw_soon())
        self._wait.timeout.connect(self._draw)
        self.choose.clicked.connect(self._ask_where)
        self.primary.clicked.connect(self.sort_task.act)
        self.show_folder.clicked.connect(
            lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.order().into)))
        )
        self.undo.clicked.connect(self._undo)

    def order(self) -> Order:
        """Return what is asked for."""
        into = Path(self.into.text().strip()).expanduser()
        return Order(
            self._order.roots, into.absolute(), Mode(self.mode.currentData()), self.keep.isChecked(),
            self._order.model,
        )  # fmt: skip

    def _draw_soon(self) -> None:
        self.primary.setEnabled(False)
        self._wait.start()

    def _draw(self) -> None:
        self._wait.stop()
        if self.into.text().strip():
            self.sort_task.draw(self.photos.chosen(), self.order())
        else:
            self.said.say(tr("Say where the folders are to be made."))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, tr("Where to make the folders"), str(self.order().into.parent))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(self.into.setText)
        dialog.open()

    def _undo(self) -> None:
        self.undo_wanted.emit()
        self.accept()

    def show_progress(self) -> None:
        """Show how far the plan or the sorting is."""
        task = self.sort_task
        if task.stage is Stage.LOOKING:
            self.bar.setRange(0, task.total)
            self.bar.setValue(task.planned)
        else:
            super().show_progress()

    def show_task(self) -> None:
        """Show the plan, or what became of it."""
        task, plan = self.sort_task, self.sort_task.plan
        over = task.stage is Stage.DONE
        for each in self._form:
            each.setVisible(not over)
            each.setEnabled(task.stage is not Stage.WORKING)
        for way in (self.show_folder, self.undo):
            way.setVisible(over and task.done > 0)
        self.primary.setVisible(not over)
        self.tree.setVisible(not over or bool(task.left))
        if task.stage is not Stage.LOOKING:
            self.tree.show_branches(task.branches)
        ready = task.stage is Stage.READY and plan is not None and bool(plan.steps) and not plan.problems
        self.primary.setEnabled(ready and not self._wait.isActive())
        self.primary.setText(_verb(plan))
        self.said.say(self._said())
        if plan is not None and plan.problems and not over:
            self.problem.say("\n".join(spelling.capital(told(one)) for one in plan.problems))

    def _said(self) -> str:
        task, plan = self.sort_task, self.sort_task.plan
        if task.stage is Stage.LOOKING:
            return tr("Looking at what is to be done…")
        if plan is None:
            return ""
        if task.stage is Stage.READY:
            return _planned(plan)
        files = tr("{done} of {all} files").format(done=words.number(task.done), all=words.number(task.total))
        if task.stage is Stage.WORKING:
            return files
        ending = tr("Undo a sort takes it back, now or any day later.")
        cut = task.stopped or task.error is not None
        said = tr("Stopped: {files} done.") if cut else tr("{files} done.")
        return f"{said.format(files=files)} {ending}"


def _modes() -> dict[Mode, str]:
    return {
        Mode.COPY: tr("Copy: the photos stay where they are as well"),
        Mode.MOVE: tr("Move: each photo leaves its place"),
        Mode.LINK: tr("Hard links: no room taken, on the same disk"),
        Mode.SYMLINK: tr("Symbolic links: they point to the photos where they are"),
    }


def _verb(plan: Plan | None) -> str:
    count = words.photos(len(plan.photos)) if plan else ""
    mode = plan.order.mode if plan else Mode.COPY
    verbs = {Mode.COPY: tr("Copy {photos}"), Mode.MOVE: tr("Move {photos}")}
    return verbs.get(mode, tr("Link {photos}")).format(photos=count).strip()


def _planned(plan: Plan) -> str:
    if not plan.steps:
        return tr("There is nothing to sort.")
    said = tr("{count} of {all} files found are sorted into {folders} folders.").format(
        count=words.number(len(plan.photos)), all=words.number(plan.found), folders=len(plan.folders)
    )
    if plan.bytes_needed:
        said += " " + tr("They take {needed}; {free} are free.").format(
            needed=words.size(plan.bytes_needed), free=words.size(plan.bytes_free)
        )
    return said
