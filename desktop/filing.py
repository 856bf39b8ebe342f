"""Sort, undo and export from the window: which photos are meant, and the dialogs about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QTimer

from desktop.actions import Do
from desktop.state.chosen import ALL, SELECTED, SHOWN, Chosen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from desktop.state.session import Session
    from desktop.views.grid import PhotoGrid
    from desktop.views.task_dialog import TaskDialog


class Filing(QObject):
    """Opens one dialog at a time."""

    def __init__(self, session: Session, grid: PhotoGrid, window: QWidget) -> None:
        super().__init__(grid)
        self._session, self._grid, self._window = session, grid, window
        self.dialog: TaskDialog | None = None

    def calls(self) -> dict[Do, Callable[[], object]]:
        """Return what the actions call."""
        return {Do.SORT: self.sort, Do.UNDO_SORT: self.undo, Do.EXPORT: self.export}

    def allow(self, act: Mapping[Do, QAction]) -> None:
        """Enable the actions that can do something."""
        for name in (Do.SORT, Do.EXPORT):
            act[name].setEnabled(self.possible)
        act[Do.UNDO_SORT].setEnabled(not self._session.working)  # what is being answered is not moved away

    @property
    def possible(self) -> bool:
        """Whether there are answers that stand still."""
        session = self._session
        return session.classifier is not None and not session.working and session.progress.done > 0

    def sort(self) -> None:
        """Ask how the photos are to be sorted."""
        from desktop.state.sort_task import SortTask  # noqa: PLC0415 - as above
        from desktop.views.sort_dialog import SortDialog  # noqa: PLC0415 - as above
        from whatsit.sorting import Order  # noqa: PLC0415 - the window is seen before this is loaded

        session = self._session
        if not self.possible or session.classifier is None:
            return
        root = self._root()
        order = Order(
            tuple(path.absolute() for path in session.paths), root.with_name(f"{root.name} sorted"),
            model=session.classifier.bundle.manifest.name,
        )  # fmt: skip
        dialog = SortDialog(self._window, SortTask(session), self._choices(), order)
        dialog.undo_wanted.connect(lambda: QTimer.singleShot(0, self.undo))
        self._open(dialog)

    def undo(self) -> None:
        """Ask which sort run is to be taken back."""
        from desktop.state.sort_task import UndoTask  # noqa: PLC0415 - as above
        from desktop.views.undo_dialog import UndoDialog  # noqa: PLC0415 - as above

        self._open(UndoDialog(self._window, UndoTask(self._session)))

    def export(self) -> None:
        """Ask where the answers are to be written."""
        from desktop.state.export_task import ExportTask  # noqa: PLC0415 - as above
        from desktop.views.export_dialog import ExportDialog  # noqa: PLC0415 - as above

        if self.possible:
            root = self._root()
            file = root.with_name(f"{root.name} answers.xlsx")
            self._open(ExportDialog(self._window, ExportTask(self._session), self._choices(), file))

    def close(self) -> None:
        """Stop what a dialog is at."""
        if self.dialog is not None:
            self.dialog.done(0)

    def _open(self, dialog: TaskDialog) -> None:
        self.close()
        self.dialog = dialog
        dialog.finished.connect(self._forget)
        dialog.open()

    def _forget(self, _result: int) -> None:
        self.dialog = None

    def _root(self) -> Path:
        first = self._session.paths[0].absolute()
        return first if first.is_dir() else first.parent

    def _choices(self) -> list[Chosen]:
        """Return all photos; those that are shown and those selected where they are fewer."""
        photos, selected = self._session.photos, self._grid.selected_numbers()
        kept = photos.collection
        found = [Chosen(ALL, kept, np.arange(len(kept)))]
        if 0 < photos.rowCount() < len(kept):
            found.append(Chosen(SHOWN, kept, photos.numbers()))
        if 1 < len(selected) < photos.rowCount():
            found.append(Chosen(SELECTED, kept, np.array(selected)))
        return found
