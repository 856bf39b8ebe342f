"""Sorting, its plan and its undoing, as work for a thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

    from whatsit.photos import Photo
    from whatsit.sorting import Order, Outcome, Plan, Sortable, SortRun


class Tally:
    """How far something is that cannot be asked, and the wish that it stops: shared by two threads."""

    def __init__(self) -> None:
        self.done = 0
        self._stopping = False

    def stop(self) -> None:
        """Let the next step be the last."""
        self._stopping = True

    def advance(self) -> None:
        """Count one step."""
        if self._stopping:
            raise _Stopped
        self.done += 1


class _Stopped(Exception):  # noqa: N818 - nothing went wrong
    """Somebody does not want the rest any more."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a file, and which of the photos that are open it is: -1 where it is none."""

    outcome: Outcome
    number: int


def plan(items: Iterable[Sortable], order: Order, tally: Tally) -> Generator[Plan, None, None]:
    """Yield what a sort run would do; nothing where it was stopped.

    Raises SortError when an earlier run's journal cannot be read.
    """
    from whatsit import sorting  # noqa: PLC0415 - the window is seen before this is loaded

    try:
        found = []
        for item in items:
            found.append(item)
            tally.advance()
        yield sorting.plan(found, order, tally.advance)
    except _Stopped:
        return


def act(drawn: Plan, photos: Iterable[Photo]) -> Generator[Moved, None, None]:
    """Do what was planned and yield what became of each file.

    Raises SortError when it cannot be begun or cannot go on.
    """
    from whatsit import recall, sorting  # noqa: PLC0415 - as above

    return _numbered(recall.followed(sorting.act(drawn)), photos)


def undo(run: str, photos: Iterable[Photo]) -> Generator[Moved, None, None]:
    """Take a sort run back and yield what became of each file.

    Raises SortError when that cannot be begun or cannot go on.
    """
    from whatsit import recall, sorting  # noqa: PLC0415 - as above

    return _numbered(recall.followed(sorting.undo(run)), photos)


def runs() -> Generator[SortRun, None, None]:
    """Yield the sort runs there are, the latest first, once what a crash left was settled.

    Raises SortError when it cannot be.
    """
    from whatsit import sorting  # noqa: PLC0415 - as above

    sorting.recover()
    yield from sorting.runs()


def _numbered(
    outcomes: Generator[Outcome, None, None], photos: Iterable[Photo]
) -> Generator[Moved, None, None]:
    try:
        numbers: dict[Path, int] = {one.path.absolute(): number for number, one in enumerate(photos)}
        for one in outcomes:
            yield Moved(one, numbers.get(one.source.absolute(), -1))
    finally:
        outcomes.close()
