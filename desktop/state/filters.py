"""Where each photo is filed: under its label, or under what still needs a look; a person's word wins."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

from whatsit import reviews
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from whatsit.decisions import Answer


class Reviewed(Enum):
    """What a person did with the model's answer."""

    ACCEPTED = "accepted"
    PUT_RIGHT = "put right"


@dataclass(frozen=True, slots=True)
class Filter:
    """A part of the photos: all, one label, one status that needs a look, or what a person reviewed."""

    status: Status | None = None
    label: str = ""
    reviewed: Reviewed | None = None


ALL: Final = Filter()
NEEDS_A_LOOK: Final = tuple(
    Filter(status) for status in (Status.NOT_SURE, Status.UNKNOWN, Status.FAILED, Status.SKIPPED)
)
REVIEWED: Final = tuple(Filter(reviewed=one) for one in Reviewed)
WAITING: Final = -1
STATUS_CODES: Final = {one.status: -2 - place for place, one in enumerate(NEEDS_A_LOOK) if one.status}
CODES: Final = 1 - min(STATUS_CODES.values())  # how many stand before the first label


class Places:
    """A number for each place where a photo may be filed: labels from 0 on, the rest below it."""

    def __init__(self, labels: Iterable[str] = ()) -> None:
        self.labels = list(labels)
        self._numbers = {label: number for number, label in enumerate(self.labels)}

    def of_label(self, label: str) -> int:
        """Return the place of a label, a new one for a word that no model has."""
        if label == reviews.UNKNOWN:
            return STATUS_CODES[Status.UNKNOWN]
        if label not in self._numbers:
            self._numbers[label] = len(self.labels)
            self.labels.append(label)
        return self._numbers[label]

    def of_answer(self, answer: Answer) -> int:
        """Return the place of an answer."""
        if answer.status is Status.ANSWERED:
            return self.of_label(answer.label)
        return STATUS_CODES[answer.status]

    def of_filter(self, chosen: Filter) -> int:
        """Return the place that a filter shows; one of a label that nobody has is made."""
        if chosen.status is None or chosen.status is Status.ANSWERED:
            return self.of_label(chosen.label)
        return STATUS_CODES[chosen.status]
