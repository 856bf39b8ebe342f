"""The photos of a session with their answers and what a person said of them, and where each is filed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeVar

import numpy as np

from desktop.state.filters import ALL, CODES, STATUS_CODES, WAITING, Filter, Places, Reviewed
from desktop.state.followed import FollowedAnswers
from desktop.state.growing import Growing
from desktop.state.photo_list import PhotoList
from whatsit import packed
from whatsit.decisions import UNCALIBRATED, Answer, Status, judge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from desktop.state.photo_list import Entry
    from desktop.work.following import Asked
    from whatsit.manifest import Decision, Label
    from whatsit.reviews import Review

T = TypeVar("T")
STATES: Final[tuple[Status | None, ...]] = (None, *Status)  # None: the photo waits for its answer
_ANSWERED, _NOT_SURE, _UNKNOWN = (
    STATES.index(one) for one in (Status.ANSWERED, Status.NOT_SURE, Status.UNKNOWN)
)
_CODES: Final = np.array([STATUS_CODES.get(one, WAITING) if one else WAITING for one in STATES], np.int32)
_BY_NUMBER: Final = {code: status for status, code in STATUS_CODES.items()}


class Collection:
    """Photos by number, in the order they were found.

    Answers are made from what was kept of the model's outputs when they are asked for: so another threshold
    files every photo anew without running the model, and 100,000 photos take little memory.
    """

    def __init__(self, labels: Sequence[Label] = (), decision: Decision = UNCALIBRATED) -> None:
        self.photos = PhotoList()
        self.said: dict[int, Review] = {}
        self.followed = FollowedAnswers()
        self._settled: dict[int, Answer] = {}
        self._rows = Growing(packed.ROW)
        self._states = Growing(np.dtype(np.int8))
        self._places = Growing(np.dtype(np.int32), WAITING)
        self.use(labels, decision)

    def __len__(self) -> int:
        return len(self.photos)

    def use(self, labels: Sequence[Label], decision: Decision) -> None:
        """Answer with these labels by this decision, and file every photo anew."""
        self._labels, self._decision = labels, decision
        self._groups = packed.groups_of(labels)
        self._table = Places(label.name for label in labels)
        self._file(np.flatnonzero(self._states.values))

    @property
    def rows(self) -> NDArray[Any]:
        """What was kept of the model's outputs, [N] of `packed.ROW`."""
        return self._rows.values

    def add(self, photos: Sequence[Entry]) -> range:
        """Add photos that wait for their answers; return their numbers."""
        first = len(self.photos)
        self.photos.extend(photos)
        for column in (self._rows, self._states, self._places):
            column.grow(len(photos))
        return range(first, len(self.photos))

    def take(self, answers: Sequence[tuple[int, Answer | np.void]]) -> None:
        """Note what became of photos, by number: what the model's outputs say, or an answer without them."""
        for number, found in answers:
            if isinstance(found, Answer):
                self._settled[number] = found
            else:
                self._settled.pop(number, None)
                self._rows.values[number] = found
        numbers = np.array([number for number, _ in answers], dtype=np.int64)
        self._file(numbers)

    def say(self, number: int, review: Review | None) -> None:
        """Note what a person says of a photo; None takes it back."""
        if review is None:
            self.said.pop(number, None)
        else:
            self.said[number] = review
        self._file(np.array([number]))

    def answer(self, number: int) -> Answer | None:
        """Return the model's answer, None while the photo waits for it."""
        if number in self._settled:
            return self._settled[number]
        if not self._states.values[number]:
            return None
        row: np.void = self._rows.values[number]
        answer = judge(packed.unpack(row, self._groups), self._decision, self._labels)
        then = self.followed.of(number, answer)
        return replace(answer, then=then) if then else answer

    def unasked(self, most: int) -> list[Asked]:
        """Return at most so many photos that a next model is to be asked about."""
        return self.followed.unasked(self, most)

    def seen(self) -> NDArray[np.bool_]:
        """Return which photos have a label or are not sure, [N]."""
        return np.isin(self._states.values, (_ANSWERED, _NOT_SURE))

    def states(self) -> NDArray[np.int8]:
        """Return the model's state of each photo, [N], as places in STATES."""
        return self._states.values

    def confidences(self) -> NDArray[np.float32]:
        """Return the best label's probability of each photo, [N]; 0 where the model did not see it."""
        found: NDArray[np.float32] = self._rows.values["confidences"][:, 0]
        return found

    def summed(self) -> Counter[Status]:
        """Return how many photos ended how, as the model has it."""
        counts = np.bincount(self._states.values, minlength=len(STATES)).tolist()
        return Counter({one: count for one, count in zip(STATES, counts, strict=True) if one})

    def counts(self) -> Counter[Filter]:
        """Return how many photos each filter shows; a person's word wins over the model's."""
        by_place = np.bincount(self._places.values + CODES).tolist()
        found = Counter({self._filter(code - CODES): count for code, count in enumerate(by_place) if count})
        found[ALL] = len(self)
        found.update(Filter(reviewed=reviewed(one)) for one in self.said.values())
        return found

    def words(self) -> list[str]:
        """Return the labels that photos may have: the model's, then other words of a person's."""
        return self._table.labels

    def mask(self, chosen: Filter) -> NDArray[np.bool_]:
        """Return which photos a filter shows, [N]."""
        if chosen == ALL:
            return np.ones(len(self), np.bool_)
        if chosen.reviewed is not None:
            found = np.zeros(len(self), np.bool_)
            found[[number for number, one in self.said.items() if reviewed(one) is chosen.reviewed]] = True
            return found
        return np.asarray(self._places.values == self._table.of_filter(chosen), np.bool_)

    def place(self, number: int) -> Filter:
        """Return the filter that a photo is filed under; ALL while it waits."""
        return self._filter(int(self._places.values[number]))

    def _filter(self, code: int) -> Filter:
        if code >= 0:
            return Filter(Status.ANSWERED, self._table.labels[code])
        return Filter(_BY_NUMBER.get(code))

    def _file(self, numbers: NDArray[np.int64]) -> None:
        """File photos that do not wait: by the model's answer, then by what a person said."""
        rows = self._rows.values[numbers]
        states = _states(rows, self._decision)
        self._states.values[numbers] = states
        codes = np.where(states == _ANSWERED, rows["labels"][:, 0].astype(np.int32), _CODES[states])
        self._places.values[numbers] = codes
        for number, answer in _among(self._settled, numbers):
            self._states.values[number] = STATES.index(answer.status)
            self._places.values[number] = self._table.of_answer(answer)
        for number, review in _among(self.said, numbers):
            self._places.values[number] = self._table.of_label(review.label)


def reviewed(review: Review) -> Reviewed:
    """Say whether a person agreed with the model."""
    return Reviewed.ACCEPTED if review.label == review.guess else Reviewed.PUT_RIGHT


def _states(rows: NDArray[Any], decision: Decision) -> NDArray[np.int8]:
    """Return what `decisions.judge` says of packed evidence [N], as places in STATES."""
    novelty, best = rows["novelty"].astype(np.float64), rows["confidences"][:, 0].astype(np.float64)
    unknown = rows["has_novelty"] & ~(np.isfinite(novelty) & (novelty <= decision.novelty_limit))
    sure = best >= (decision.threshold if decision.calibrated else 0.0)
    found = np.where(unknown, _UNKNOWN, np.where(sure, _ANSWERED, _NOT_SURE))
    return np.asarray(found, np.int8)


def _among(of: dict[int, T], numbers: NDArray[np.int64]) -> list[tuple[int, T]]:
    """Return what is kept of these photos, perhaps of more, by way of the fewer."""
    if len(numbers) > len(of):
        return list(of.items())
    return [(number, of[number]) for number in numbers.tolist() if number in of]
