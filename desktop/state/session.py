"""One sitting at the window: the model, the folder that is open, and the work on it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.state import names
from desktop.state.chaining import Chaining
from desktop.state.collection import Collection
from desktop.state.feed import Feed
from desktop.state.photo_list import Entry, entries
from desktop.state.photo_model import PhotoModel
from desktop.state.progress import Progress
from desktop.work import classify
from desktop.work.job import Ending, Job

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from desktop.work.classify import Answered
    from desktop.work.sorting import Moved
    from whatsit.classifier import Classifier
    from whatsit.device import DeviceName, VariantChoice
    from whatsit.errors import WhatsitError
    from whatsit.manifest import Decision


class Phase(Enum):
    """What the window is doing with the photos."""

    EMPTY = "empty"
    WORKING = "working"
    PAUSED = "paused"
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

    changed = Signal()  # phase or error, and with it the figures
    advanced = Signal()  # the figures alone, many times a second
    model_opened = Signal()
    opened = Signal()  # another folder
    chosen = Signal()  # another model, by a person
    followed = Signal(object)  # the paths that photos had and those they have, of photos that were moved

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
        self.decision: Decision | None = None  # the model's own, or with the threshold that a person chose
        self._feed = Feed(self.photos.collection.photos)
        self._answered = 0
        self._opening: Job[Classifier] | None = None
        self._finding: Job[Entry] | None = None
        self._answering: Job[Answered] | None = None
        self._jobs: list[Job[Any]] = []
        self.chaining = Chaining(self)

    def open_model(self) -> None:
        """Open the model on a thread; a folder that is opened meanwhile waits for it."""
        work = classify.open_model(self.choice.name, self.choice.device, self.choice.variant)
        self._opening = self._start(Job("model", work, self._take_model, self._end_model))

    def use(self, choice: ModelChoice) -> None:
        """Answer with another model or on another device; the photos at hand are answered anew."""
        if self._opening is not None:
            self._opening.abandon()
        another = choice.name != self.choice.name
        self.choice, self.classifier, self.decision, self.model_error = choice, None, None, None
        self.open_model()
        if self.paths:
            self.open(self.paths)
        self.changed.emit()
        if another:
            self.chosen.emit()

    def open(self, paths: Sequence[Path]) -> None:
        """Leave the photos at hand and find and answer those at and below `paths`."""
        for job in (self._finding, self._answering):
            if job is not None:
                job.abandon()
        self.paths = list(paths)
        self.photos.clear(self._empty_collection())
        self.progress, self.error, self.phase = Progress(), None, Phase.WORKING
        self._feed, self._answering, self._answered = Feed(self.photos.collection.photos), None, 0
        self._finding = self._start(
            Job("find", entries(classify.find(self.paths)), self._take_found, self._end_finding)
        )
        self._answer_photos()
        self.changed.emit()
        self.opened.emit()

    def stop(self) -> None:
        """Stop finding and answering; what is answered stays."""
        if self.working:
            self.phase = Phase.STOPPED
            self.progress.finish()
            self._stop_work()
            self.changed.emit()

    def pause(self) -> None:
        """Hold the answers back, or go on with them; where the work was stopped, take it up again."""
        if self.phase is Phase.STOPPED:
            self.open(self.paths)  # what was answered before is not answered again
        elif self.working:
            self._feed.paused = self.phase is Phase.WORKING
            self.phase = Phase.PAUSED if self._feed.paused else Phase.WORKING
            (self.progress.hold if self._feed.paused else self.progress.go_on)()
            self.changed.emit()

    def decide(self, threshold: float) -> None:
        """Answer by another threshold: every photo is filed anew, no model runs."""
        if self.decision is not None and threshold != self.decision.threshold:
            self.decision = self.decision.model_copy(update={"threshold": threshold})
            self._use_decision()
            self.changed.emit()

    def follow(self, moved: Sequence[Moved]) -> None:
        """Note where photos are now that a sort run or its undoing moved."""
        done = [one for one in moved if one.outcome.done and one.number >= 0]
        for one in done:
            name = names.below(one.outcome.target, self.paths)
            self.photos.collection.photos.follow(one.number, one.outcome.target, name)
        self.followed.emit([(one.outcome.source, one.outcome.target) for one in done])

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        self._feed.close()
        self.chaining.close()
        for job in self._jobs:
            job.abandon()
        for job in self._jobs:
            job.join()

    @property
    def working(self) -> bool:
        """Whether photos are being found or answered, be it with a pause."""
        return self.phase in (Phase.WORKING, Phase.PAUSED)

    @property
    def threshold(self) -> float | None:
        """The confidence that it takes to answer; None while there is no model."""
        return self.decision.threshold if self.decision else None

    def _empty_collection(self) -> Collection:
        if self.classifier is None or self.decision is None:
            return Collection()
        return Collection(self.classifier.bundle.manifest.labels, self.decision)

    def _use_decision(self) -> None:
        if self.classifier is not None and self.decision is not None:
            self.photos.collection.use(self.classifier.bundle.manifest.labels, self.decision)
            self.photos.refile()

    def _start(self, job: Job[Any]) -> Job[Any]:
        self._jobs = [*(one for one in self._jobs if not one.over), job]
        return job.start()

    def _take_model(self, opened: list[Classifier]) -> None:
        self.classifier, self.decision = opened[-1], opened[-1].decision
        self._use_decision()
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
        if not self.working or self._answering is not None:
            return
        if self.model_error is not None:
            self._fail(self.model_error)
        elif self.classifier is not None:
            work = classify.answer(self._feed, self.classifier)
            self._answering = self._start(
                Job("answers", work, self._take_results, self._end_answering, interrupt=self._feed.close)
            )
            self.progress.begin()

    def _take_found(self, photos: list[Entry]) -> None:
        self.photos.add(photos)
        self.progress.found += len(photos)
        self._feed.offer(len(self.photos.collection))
        self.advanced.emit()

    def _end_finding(self, ending: Ending) -> None:
        self.progress.all_found = True
        self._feed.complete()
        if ending.error is not None:
            self._fail(ending.error)
        self.changed.emit()

    def _take_results(self, results: list[Answered]) -> None:
        """Note answers: they come in the order in which photos were found."""
        collection, first = self.photos.collection, self._answered
        for number, one in enumerate(results, first):
            if collection.photos.names[number] != one.name:
                raise RuntimeError(f"the answer of {one.name} came out of order")
            if one.said is not None:
                collection.said[number] = one.said
        self._answered += len(results)
        self.photos.answer([(number, one.found) for number, one in enumerate(results, first)])
        self.progress.add(len(results), sum(one.at_once for one in results))
        self.advanced.emit()

    def _end_answering(self, ending: Ending) -> None:
        self.progress.finish()
        if ending.error is not None:
            self._fail(ending.error)
        elif self.working:
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
