"""Asks next models about the answers of the first: a dog? then which breed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.work import following
from desktop.work.job import Ending, Job

if TYPE_CHECKING:
    from desktop.state.session import Session
    from desktop.work.following import Followed
    from whatsit.chain import Chain
    from whatsit.errors import WhatsitError

_EVERY: Final = 200  # milliseconds between two looks at what was answered
_AT_ONCE: Final = 256  # photos that are looked at in one go: more would be felt in the window


class Chaining(QObject):
    """The chain of models in use, opened on a thread, and its work on the photos of a session."""

    changed = Signal()  # the chain was opened or ended, or cannot be had
    chosen = Signal()  # other steps, by a person

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self.steps: tuple[str, ...] = ()  # as `whatsit classify --then` has them: "dog=breeds"
        self.chain: Chain | None = None
        self.error: WhatsitError | None = None
        self._model = ""
        self._opening: Job[Chain] | None = None
        self._asking: Job[Followed] | None = None
        self._jobs: list[Job[Any]] = []
        self._later = QTimer(self, singleShot=True, interval=_EVERY)
        self._later.timeout.connect(self._ask_photos)
        session.model_opened.connect(self._follow_model)
        session.photos.counted.connect(self._ask_soon)
        session.opened.connect(self._stop_asking)

    def ask(self, steps: tuple[str, ...]) -> None:
        """Ask other models next about what has certain answers; of no steps the chain ends."""
        self.steps = steps
        self._open()
        self.chosen.emit()

    def close(self) -> None:
        """Stop everything and wait until no thread is left."""
        self._later.stop()
        for job in self._jobs:
            job.abandon()
        for job in self._jobs:
            job.join()

    def _follow_model(self) -> None:
        """Keep the steps where the model stays and only its device changed: they name its answers."""
        classifier = self._session.classifier
        name = classifier.bundle.manifest.name if classifier else ""
        self.steps = self.steps if not self._model or name == self._model else ()
        self._model = name
        self._open()

    def _open(self) -> None:
        if self._opening is not None:
            self._opening.abandon()
        self._stop_asking()
        self.chain, self.error, self._opening = None, None, None
        self._session.photos.follow_by(None)
        session = self._session
        if session.classifier is not None and self.steps:
            choice = session.choice
            work = following.open_chain(session.classifier, self.steps, choice.device, choice.variant)
            self._opening = self._start(Job("next models", work, self._take_chain, self._end_opening))
        self.changed.emit()

    def _start(self, job: Job[Any]) -> Job[Any]:
        self._jobs = [one for one in self._jobs if not one.over]
        self._jobs.append(job)
        return job.start()

    def _take_chain(self, opened: list[Chain]) -> None:
        self.chain = opened[-1]
        self._session.photos.follow_by(self.chain)
        self.changed.emit()

    def _end_opening(self, ending: Ending) -> None:
        self.error = ending.error
        self.changed.emit()

    def _stop_asking(self) -> None:
        if self._asking is not None:
            self._asking.abandon()
            self._asking = None

    def _ask_soon(self) -> None:
        if self.chain is not None and self._asking is None and not self._later.isActive():
            self._later.start()

    def _ask_photos(self) -> None:
        if self.chain is None or self._asking is not None:
            return
        if wanted := self._session.photos.collection.unasked(_AT_ONCE):
            work = following.followed(wanted, self.chain)
            self._asking = self._start(Job("next answers", work, self._take, self._end_asking))

    def _take(self, found: list[Followed]) -> None:
        self._session.photos.follow([(one.number, one.then) for one in found])

    def _end_asking(self, ending: Ending) -> None:
        self._asking = None
        if ending.error is not None:
            self.chain, self.error = None, ending.error
            self.changed.emit()
        self._ask_soon()
