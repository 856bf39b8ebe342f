"""One sitting at the window: the model, the folder that is open, and the work on it."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import Enum
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.state.photo_model import PhotoModel
from desktop.state.progress import Progress
from desktop.work import classify
from desktop.work.job import Ending, Job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from whatsit.batch import Result
    from whatsit.classifier import Classifier
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.errors import WhatsitError
    from whatsit.photos import Photo


class Phase(Enum):
    """What the window is doing with the photos."""

    EMPTY = "empty"
    WORKING = "working"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """Which model answers, and what it shall run on."""

    name: str = "cats-dogs"
    device: DeviceName = "auto"
    variant: VariantChoice = "auto"


class Session(QObject):
    """Opens the model once, then folder after folder; every change is told by a signal."""

    changed = Signal()  # phase, figures or error
    model_opened = Signal()
    opened = Signal()  # another folder

    def __init__(self, choice: ModelChoice) -> None:
        super().__init__()
        self.choice = choice
        self.photos = PhotoModel()
        self.progress = Progress()
        self.phase = Phase.EMPTY
        self.paths: list[Path] = []
        self.classifier: Classifier | None = None
        self.error: WhatsitError | None = None
        self.model_error: WhatsitError | None = None
        self._feed: SimpleQueue[Photo | None] = SimpleQueue()
        self._unanswered: deque[int] = deque()
        self._finding: Job[Photo] | None = None
        self._answering: Job[Result] | None = None
        self._jobs: list[Job[Any]] = []

    def open_model(self) -> None:
        """Open the model on a thread; a folder that is opened meanwhile waits for it."""
        work = classify.open_model(self.choice.name, self.choice.device, self.choice.variant)
        self._start(Job("model", work, self._take_model, self._end_model))

    def open(self, paths: Sequence[Path]) -> None:
        """Leave the photos at hand and find and answer those at and below `paths`."""
        for job in (self._finding, self._answering):
            if job is not None:
                job.abandon()
        self.paths = list(paths)
        self.photos.clear()
        self.progress, self.error, self.phase = Progress(), None, Phase.WORKING
        self._feed, self._answering, self._unanswered = SimpleQueue(), None, deque()
        work = classify.find(self.paths, self._feed)
        self._finding = self._start(Job("find", work, self._take_found, self._end_finding))
        self._answer_photos()
        self.changed.emit()
        self.opened.emit()

    def stop(self) -> None:
        """Stop finding and answering; what is answered stays."""
        if self.phase is Phase.WORKING:
            self.phase = Phase.STOPPED
            self.progress.finish()
            self._stop_work()
            self.changed.emit()

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        for job in self._jobs:
            job.abandon()
        for job in self._jobs:
            job.join()

    @property
    def working(self) -> bool:
        """Whether photos are being found or answered."""
        return self.phase is Phase.WORKING

    @property
    def threshold(self) -> float | None:
        """The confidence that it takes to answer; None while there is no model."""
        if self.classifier is None:
            return None
        return self.classifier.bundle.manifest.variants[self.classifier.variant].decision.threshold

    def _start(self, job: Job[Any]) -> Job[Any]:
        self._jobs = [one for one in self._jobs if not one.over]
        self._jobs.append(job)
        return job.start()

    def _take_model(self, opened: list[Classifier]) -> None:
        self.classifier = opened[-1]
        self.model_opened.emit()
        self._answer_photos()
        self.changed.emit()

    def _end_model(self, ending: Ending) -> None:
        if ending.error is not None:
            self.model_error = ending.error
            self._answer_photos()
            self.changed.emit()

    def _answer_photos(self) -> None:
        """Start answering once there are both photos and a model; fail when there will be no model."""
        if self.phase is not Phase.WORKING or self._answering is not None:
            return
        if self.model_error is not None:
            self._fail(self.model_error)
        elif self.classifier is not None:
            feed = self._feed
            work = classify.answer(iter(feed.get, None), self.classifier)
            wake = partial(feed.put, None)
            self._answering = self._start(
                Job("answers", work, self._take_results, self._end_answering, interrupt=wake)
            )
            self.progress.begin()

    def _take_found(self, photos: list[Photo]) -> None:
        first = len(self.photos.collection)
        self._unanswered.extend(range(first, first + len(photos)))
        self.progress.found += len(photos)
        self.photos.add(photos)
        self.changed.emit()

    def _end_finding(self, ending: Ending) -> None:
        self.progress.all_found = True
        if ending.error is not None:
            self._fail(ending.error)
        self.changed.emit()

    def _take_results(self, results: list[Result]) -> None:
        if len(results) > len(self._unanswered) and self._finding is not None:
            self._finding.hurry()  # a photo is known to be found before its answer is shown
        self.photos.answer([(self._number_of(result), result.answer) for result in results])
        self.progress.add(len(results))
        self.changed.emit()

    def _number_of(self, result: Result) -> int:
        """Return the photo's number: answers come in the order in which photos were found."""
        number = self._unanswered.popleft()
        if self.photos.collection.photos[number] is not result.photo:
            raise RuntimeError(f"the answer of {result.photo.name} came out of order")
        return number

    def _end_answering(self, ending: Ending) -> None:
        self.progress.finish()
        if ending.error is not None:
            self._fail(ending.error)
        elif self.phase is Phase.WORKING:
            self.phase = Phase.DONE
        self.changed.emit()

    def _fail(self, error: WhatsitError) -> None:
        self.phase, self.error = Phase.FAILED, error
        self.progress.finish()
        self._stop_work()

    def _stop_work(self) -> None:
        for job in (self._finding, self._answering):
            if job is not None:
                job.stop()
