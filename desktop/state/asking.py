"""The model asked about the photo that is looked at: the newest question counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.work import asking
from desktop.work.job import Job
from desktop.work.wanted import Wanted
from whatsit.decisions import judge

if TYPE_CHECKING:
    from desktop.state.session import Session
    from desktop.work.asking import Heard, Question
    from whatsit.decisions import Answer


class Asking(QObject):
    """`heard` brings what the model says, unless something else was asked since."""

    heard = Signal(object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._question: Question | None = None
        self._wanted: Wanted[Question] = Wanted()
        self._job: Job[Heard] | None = None
        session.model_opened.connect(self._begin)

    def ask(self, question: Question) -> None:
        """Ask this, in place of all that was asked before."""
        if question != self._question:
            self._question = question
            self._wanted.replace([question])

    def forget(self) -> None:
        """Ask nothing any more."""
        self._question = None
        self._wanted.replace([])

    def answer(self, heard: Heard) -> Answer | None:
        """Return the answer by the threshold that holds now; None where the photo could not be read."""
        session = self._session
        if heard.evidence is None or session.classifier is None or session.decision is None:
            return None
        return judge(heard.evidence, session.decision, session.classifier.bundle.manifest.labels)

    def close(self) -> None:
        """End the thread; nothing is heard after this."""
        if self._job is not None:
            self._job.join()
            self._job = None

    def _begin(self) -> None:
        """Ask the model that is open now; what was asked before it was is asked of it."""
        self.close()
        if self._session.classifier is None:
            return
        self._wanted = Wanted()
        if self._question is not None:
            self._wanted.replace([self._question])
        work = asking.ask(self._wanted, self._session.classifier)
        self._job = Job("question", work, self._take, interrupt=self._wanted.close).start()

    def _take(self, batch: list[Heard]) -> None:
        for one in batch:
            if one.question == self._question:
                self.heard.emit(one)
