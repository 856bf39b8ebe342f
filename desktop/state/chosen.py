"""The photos that something is done with, read from a collection on another thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from desktop.language import tr
from whatsit.decisions import Answer, Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from desktop.state.collection import Collection
    from whatsit.sorting import Sortable

ALL: Final = "all"
SHOWN: Final = "shown"
SELECTED: Final = "selected"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Photos of a collection by number: all, those that are shown, or those that are selected."""

    which: str
    collection: Collection
    numbers: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.numbers)

    def items(self) -> Iterator[Sortable]:
        """Yield the photos with the model's answer and a person's label."""
        from whatsit.sorting import Sortable  # noqa: PLC0415 - the window is seen before this is loaded

        waiting = Answer(Status.SKIPPED, reason=tr("it waits for its answer"))
        for number in self.numbers.tolist():
            said = self.collection.said.get(number)
            answer = self.collection.answer(number) or waiting
            yield Sortable(self.collection.photos[number], answer, said.label if said else "")
