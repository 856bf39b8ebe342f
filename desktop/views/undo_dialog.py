"""Undo a sort: all sort runs there are, any of which can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from desktop.language import tr
from desktop.state import preview, spelling, words
from desktop.state.task import Stage
from desktop.views.branch_tree import BranchTree
from desktop.views.task_dialog import TaskDialog
from whatsit.sorting import Mode, State
from whatsit.sorting.words import local

if TYPE_CHECKING:
    from desktop.state.sort_task import UndoTask
    from whatsit.sorting import SortRun


class UndoDialog(TaskDialog):
    """The latest run that is not undone is chosen at first."""

    def __init__(self, parent: QWidget, task: UndoTask) -> None:
        sentence = tr(
            "What was moved goes back, what was made is removed; what has changed since is left, and named."
        )
        super().__init__(parent, task, tr("Undo a sort"), sentence)
        self.undo_task = task
        self.list, self.tree = QTreeWidget(), BranchTree(tr("Left as they are"))
        self.list.setAccessibleName(tr("Sort runs"))
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setHeaderLabels([tr("When"), tr("Files"), tr("How"), tr("Into"), tr("State")])
        self.list.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.list.header().setStretchLastSection(True)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.tree, 1)
        self.primary.setText(tr("Undo this sort"))
        self.resize(760, 460)
        self.list.itemSelectionChanged.connect(self._show_primary)
        self.primary.clicked.connect(self._undo)
        self._listed: list[SortRun] = []
        task.look()

    def chosen(self) -> SortRun | None:
        """Return the run that is chosen."""
        places = [self.list.indexOfTopLevelItem(one) for one in self.list.selectedItems()]
        return self._listed[places[0]] if places else None

    def _undo(self) -> None:
        run = self.chosen()
        if run is not None and run.state is not State.UNDONE:
            self.undo_task.undo(run)

    def show_task(self) -> None:
        """Show the runs, or what became of the undoing."""
        task = self.undo_task
        over = task.stage is Stage.DONE
        self.list.setVisible(not over)
        self.list.setEnabled(task.stage is Stage.READY)
        if task.stage is Stage.READY and task.runs != self._listed:
            self._fill(task.runs)
        self.tree.setVisible(over and bool(task.left))
        self.tree.show_branches(preview.left(task.left) if over else [])
        self.primary.setVisible(not over)
        self._show_primary()
        self.said.say(self._said())

    def _fill(self, runs: list[SortRun]) -> None:
        self._listed = list(runs)
        self.list.clear()
        self.list.addTopLevelItems([QTreeWidgetItem(_cells(one)) for one in runs])
        first = next((place for place, one in enumerate(runs) if one.state is not State.UNDONE), -1)
        if item := self.list.topLevelItem(first):
            self.list.setCurrentItem(item)
            self.list.setFocus()

    def _show_primary(self) -> None:
        run = self.chosen()
        ready = self.undo_task.stage is Stage.READY
        self.primary.setEnabled(ready and run is not None and run.state is not State.UNDONE)

    def _said(self) -> str:
        task = self.undo_task
        if task.stage is Stage.LOOKING:
            return tr("Looking at what was sorted…")
        if task.stage is Stage.READY:
            return "" if task.runs else tr("Nothing was sorted yet.")
        said = tr("{done} of {all} files undone.").format(
            done=words.number(task.done), all=words.number(task.total)
        )
        return f"{tr('Stopped.')} {said}" if task.stopped else said


def _cells(run: SortRun) -> list[str]:
    how = {Mode.COPY: tr("copied"), Mode.MOVE: tr("moved")}.get(run.order.mode, tr("linked"))
    states = {
        State.DONE: tr("done"), State.CUT_OFF: tr("cut off"), State.UNDONE: tr("undone"),
        State.PARTLY_UNDONE: tr("partly undone"),
    }  # fmt: skip
    count = "–" if run.state is State.UNDONE else words.number(run.files)
    return [local(run.time), count, how, spelling.place(run.order.into), states[run.state]]
