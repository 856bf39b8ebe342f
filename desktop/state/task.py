"""Something that a person has the window do with the photos, step by step: what is common to all of it."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from desktop.work.job import Ending, Job
    from whatsit.errors import WhatsitError


class Stage(Enum):
    """How far it is."""

    LOOKING = "looking"  # at what there is to do
    READY = "ready"
    WORKING = "working"
    DONE = "done"


class Task(QObject):
    """Has one job at a time; `changed` tells of every step."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.stage = Stage.READY
        self.done = self.total = 0
        self.stopped = False
        self.error: WhatsitError | None = None
        self._jobs: list[Job[Any]] = []

    def stop(self) -> None:
        """Ask the work to end; what is done stays done."""
        if self._jobs:
            self._jobs[-1].stop()

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        for job in self._jobs:
            job.abandon()
        for job in self._jobs:
            job.join()
        self._jobs = []

    def _start(self, stage: Stage, job: Job[Any], total: int = 0) -> None:
        """Begin a job in place of the one at hand."""
        for one in self._jobs:
            one.abandon()
        self._jobs = [one for one in self._jobs if not one.over]
        self.stage, self.error, self.stopped, self.done, self.total = stage, None, False, 0, total
        self._jobs.append(job.start())
        self.changed.emit()

    def _finish(self, stage: Stage, ending: Ending) -> None:
        self.stage, self.error, self.stopped = stage, ending.error, ending.stopped
        self.changed.emit()
