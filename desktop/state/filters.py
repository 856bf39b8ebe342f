"""Where each photo is filed: under its label, or under what still needs a look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from whatsit.decisions import Status

if TYPE_CHECKING:
    from whatsit.decisions import Answer


@dataclass(frozen=True, slots=True)
class Filter:
    """A part of the photos: all of them, one label, or one status that needs a look."""

    status: Status | None = None
    label: str = ""

    def takes(self, place: Filter | None) -> bool:
        """Say whether a photo filed at `place` (None: it waits for its answer) is shown."""
        return self in (ALL, place)


ALL: Final = Filter()
NEEDS_A_LOOK: Final = tuple(
    Filter(status) for status in (Status.NOT_SURE, Status.UNKNOWN, Status.FAILED, Status.SKIPPED)
)


def place_of(answer: Answer | None) -> Filter | None:
    """Return where a photo with this answer is filed; None while it waits for one."""
    if answer is None:
        return None
    if answer.status is Status.ANSWERED:
        return Filter(Status.ANSWERED, answer.label)
    return Filter(answer.status)
