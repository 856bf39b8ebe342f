"""The newest answer to what is before the camera: each picture takes the place of one not looked at yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.state.pace import Pace
from desktop.work import live
from desktop.work.job import LIVE, Ending, Job
from desktop.work.live import Look, Seen
from desktop.work.wanted import Wanted

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from desktop.work.part import Part
    from whatsit.chain import Chain
    from whatsit.classifier import Classifier


class LiveAnswers(QObject):
    """Answers on a thread of its own while it is open; a picture of an earlier scene is not told any more."""

    seen_now = Signal(object)  # the newest answer, a Seen
    failed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.seen: Seen | None = None
        self.heated = False  # whether heat maps are wanted
        self.pace = Pace()
        self._scene = 0
        self._looks: Wanted[Look] = Wanted()
        self._jobs: list[Job[Seen]] = []

    def open(self, classifier: Classifier, chain: Chain | None = None) -> None:
        """Answer by this model from now on, and by the next ones of a chain that begins with it."""
        for job in self._jobs:
            job.abandon()
        self._jobs = [one for one in self._jobs if not one.over]
        looks = self._looks = Wanted()
        work = live.answers(looks, classifier, chain)
        job = Job("live answers", work, self._take, self._end, interrupt=looks.close, delivery=LIVE)
        self._jobs.append(job.start())

    def close(self) -> None:
        """Wait until no thread is left."""
        for job in self._jobs:
            job.join()
        self._jobs = []
        self.forget()

    def look(self, image: QImage, part: Part | None) -> None:
        """Answer for this picture, or a part of it, next."""
        self._looks.replace([Look(image, self._scene, part, self.heated)])

    def begin_scene(self) -> None:
        """Let go of what was seen before: what follows has nothing to do with it."""
        self._scene += 1

    def forget(self) -> None:
        """Have no answer, and none on its way."""
        self.begin_scene()
        self._looks.replace([])
        self.seen = None
        self.pace.clear()

    def _take(self, seen: list[Seen]) -> None:
        if seen[-1].look.scene == self._scene:
            self.seen = seen[-1]
            self.pace.tick()
            self.seen_now.emit(self.seen)

    def _end(self, ending: Ending) -> None:
        if ending.error is not None:
            self.failed.emit(ending.error)
