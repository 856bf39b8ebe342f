"""Putting right: what a person says of photos, kept on disk, to be undone and done again."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from queue import SimpleQueue
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from desktop.work import keep
from desktop.work.job import Job
from whatsit import reviews
from whatsit.decisions import Status
from whatsit.reviews import Review

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.collection import Collection
    from desktop.state.session import Session
    from desktop.work.keep import Spoken
    from whatsit.decisions import Answer

MOST_RECENT: Final = 9  # one for each key from 1 to 9
LONGEST: Final = 200  # as in a bundle


@dataclass(frozen=True, slots=True)
class Change:
    """What was said of some photos, before and after, by their numbers."""

    before: dict[int, Review | None]
    after: dict[int, Review | None]


class Reviewing(QObject):
    """What a person says of the photos of a session; every change is kept on a thread of its own."""

    changed = Signal()
    failed = Signal(str)  # why something could not be kept

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.recent: list[str] = []
        self._used: list[str] = []  # the recent labels, the one used last at the end
        self._done: list[Change] = []
        self._undone: list[Change] = []
        self._queue: SimpleQueue[Spoken | None] = SimpleQueue()
        self._job: Job[str] | None = None
        session.model_opened.connect(self._begin)
        session.opened.connect(self._forget_changes)

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether there is something to do again."""
        return bool(self._undone)

    def accept(self, numbers: Sequence[int]) -> list[int]:
        """Say that the model is right; return the photos of which it says something."""
        kept = self._session.photos.collection
        guesses = {number: guess(kept.answer(number)) for number in numbers}
        return self._say({number: one for number, one in guesses.items() if one})

    def label(self, numbers: Sequence[int], label: str) -> list[int]:
        """Say what is on photos; return those that the model saw, others cannot be reviewed."""
        if label != reviews.UNKNOWN:
            self._note_recent(label)
        kept = self._session.photos.collection
        return self._say({number: label for number in numbers if guess(kept.answer(number))})

    def undo(self) -> list[int]:
        """Take back what was said last; return the photos."""
        return self._turn(self._done, self._undone, back=True)

    def redo(self) -> list[int]:
        """Say again what was taken back last; return the photos."""
        return self._turn(self._undone, self._done, back=False)

    def completions(self, text: str) -> list[str]:
        """Return the labels that fit what was typed, those that begin so first."""
        typed, labels = text.strip().casefold(), self._session.photos.collection.words()
        starts = [one for one in labels if one.casefold().startswith(typed)]
        return starts + [one for one in labels if typed in one.casefold() and one not in starts]

    def close(self) -> None:
        """Wait until everything is kept."""
        if self._job is not None:
            self._job.join()

    def _begin(self) -> None:
        """Keep under the name of the model that is open now; with few labels each has its key at once."""
        self.close()
        if (classifier := self._session.classifier) is None:
            return
        manifest = classifier.bundle.manifest
        few = len(manifest.labels) <= MOST_RECENT
        self.recent = [label.name for label in manifest.labels] if few else []
        self._used = list(self.recent)
        self._queue = SimpleQueue()
        work = keep.keep(self._queue, manifest.name)
        self._job = Job("reviews", work, self._tell, interrupt=partial(self._queue.put, None)).start()
        self.changed.emit()

    def _say(self, labels: dict[int, str]) -> list[int]:
        kept = self._session.photos.collection
        after: dict[int, Review | None] = {
            number: Review(label, guess(kept.answer(number))) for number, label in labels.items()
        }
        if after:
            self._done.append(Change({number: kept.said.get(number) for number in after}, after))
            self._undone.clear()
            self._apply(after)
        return list(after)

    def _turn(self, taken: list[Change], given: list[Change], *, back: bool) -> list[int]:
        if not taken:
            return []
        change = taken.pop()
        given.append(change)
        self._apply(change.before if back else change.after)
        return list(change.after)

    def _apply(self, said: dict[int, Review | None]) -> None:
        kept: Collection = self._session.photos.collection
        for number, review in said.items():
            kept.say(number, review)
            self._queue.put((kept.photos[number], review))
        self._session.photos.refile()
        self.changed.emit()

    def _note_recent(self, label: str) -> None:
        """Give a label a key; those that have one keep it, and the one not used for longest gives its up."""
        if label not in self.recent:
            if len(self.recent) < MOST_RECENT:
                self.recent.append(label)
            else:
                oldest = self._used.pop(0)
                self.recent[self.recent.index(oldest)] = label
        self._used = [*(one for one in self._used if one != label), label]

    def _forget_changes(self) -> None:
        self._done, self._undone = [], []
        self.changed.emit()

    def _tell(self, problems: list[str]) -> None:
        for problem in problems:
            self.failed.emit(problem)


def guess(answer: Answer | None) -> str:
    """Return what accepting an answer says: its label, the best guess, or that no label is right."""
    if answer is None or not answer.candidates:
        return ""
    return reviews.UNKNOWN if answer.status is Status.UNKNOWN else answer.candidates[0].label
