"""The models that a person can choose from, and the work on them."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop.language import tr
from desktop.work import models
from desktop.work.job import Ending, Job

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from desktop.state.session import Session
    from desktop.work.models import Entry
    from whatsit.bundle import Bundle
    from whatsit.certificate import Certificate
    from whatsit.errors import WhatsitError


class Shelf(QObject):
    """Lists models, adds and removes them, has them checked; one thing at a time."""

    changed = Signal()
    added = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.certificates: dict[str, Certificate] = {}
        self.doing = ""  # what is being done, for a person to read
        self.error: WhatsitError | None = None
        self._job: Job[Any] | None = None
        self._waiting: deque[Callable[[], None]] = deque()

    def refresh(self, used: Bundle | None = None) -> None:
        """List the models anew, and the one in use where no name finds it."""
        found: list[Entry] = []
        self._do("", models.listed(used), found.extend, partial(self._show, found))

    def add(self, folder: Path) -> None:
        """Add the model in a folder, after checking it here."""
        said = tr("Checking {name} on this machine…").format(name=folder.name)
        self._do(said, models.add(folder), self._take_added)

    def remove(self, name: str) -> None:
        """Remove a model that this person added."""
        self._do(tr("Removing {name}…").format(name=name), models.remove(name), self._take_removed)

    def certify(self, entry: Entry) -> None:
        """Run every check of a model on this machine."""
        if entry.bundle is not None:
            said = tr("Checking {name} on this machine…").format(name=entry.name)
            self._do(said, models.certified(entry.bundle), partial(self._take_certificate, entry.name))

    def entry(self, name: str) -> Entry | None:
        """Return the model of that name."""
        return next((one for one in self.entries if one.name == name), None)

    def used(self, session: Session) -> str:
        """Return the name of the model in use, or on its way to be."""
        if session.classifier is not None:
            return session.classifier.bundle.manifest.name
        asked = session.choice.name
        return next((one.name for one in self.entries if one.asked == asked), asked)

    def close(self) -> None:
        """Wait until no thread is left."""
        self._waiting.clear()
        if self._job is not None:
            self._job.join()
        self._job, self.doing = None, ""

    def _do(
        self,
        said: str,
        work: Generator[Any, None, None],
        take: Callable[[list[Any]], None],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        """Do this once what is being done is over: a list made before an addition must not undo it."""
        self._waiting.append(partial(self._start, said, work, take, done))
        if self._job is None:
            self._waiting.popleft()()

    def _start(
        self,
        said: str,
        work: Generator[Any, None, None],
        take: Callable[[list[Any]], None],
        done: Callable[[], None],
    ) -> None:
        def end(ending: Ending) -> None:
            self.doing, self.error, self._job = "", ending.error or self.error, None
            done()
            if self._waiting:
                self._waiting.popleft()()
            self.changed.emit()

        self.doing = said
        if said:  # listing alone takes no message away
            self.error = None
        self._job = Job("models", work, take, end).start()
        self.changed.emit()

    def _show(self, found: list[Entry]) -> None:
        self.entries = found

    def _take_added(self, added: list[Entry]) -> None:
        names = {one.name for one in added}
        kept = [one for one in self.entries if one.name not in names]
        self.entries = sorted([*kept, *added], key=lambda one: one.name)
        self.added.emit(added[-1].name)

    def _take_removed(self, names: list[str]) -> None:
        self.entries = [one for one in self.entries if one.name not in names]
        self.certificates = {name: one for name, one in self.certificates.items() if name not in names}

    def _take_certificate(self, name: str, found: list[Certificate]) -> None:
        self.certificates[name] = found[-1]
