"""The answers written to a file from the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.state.task import Stage, Task
from desktop.work import exporting
from desktop.work.exporting import Target
from desktop.work.job import Job

if TYPE_CHECKING:
    from pathlib import Path

    from desktop.state.chosen import Chosen
    from desktop.state.session import Session
    from desktop.work.job import Ending
    from whatsit.writers import Format


class ExportTask(Task):
    """`file` is where the answers are."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.file: Path | None = None

    def write(self, chosen: Chosen, file: Path, kind: Format) -> None:
        """Write the answers of these photos."""
        session = self._session
        if session.classifier is None:
            return
        own = session.classifier.decision.threshold
        threshold = session.threshold if session.threshold != own else None
        chain = chosen.collection.followed.chain
        target = Target(file, kind, threshold, session.progress.seconds, chain.then if chain else {})
        self.file = file
        work = exporting.export(chosen.items(), session.classifier, target)
        self._start(Stage.WORKING, Job("export", work, self._take, self._end), len(chosen))

    def _take(self, written: list[int]) -> None:
        self.done += len(written)
        self.changed.emit()

    def _end(self, ending: Ending) -> None:
        self._finish(Stage.DONE if ending.error is None and not ending.stopped else Stage.READY, ending)
