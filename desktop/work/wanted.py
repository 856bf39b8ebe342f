"""What the window wants made now: a new wish takes the place of the old ones."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")


class Wanted(Generic[T]):
    """A list of wishes between the window and one worker; iterating waits for the next wish.

    Scrolling past a thousand photos leaves no queue behind: only the newest list counts.
    """

    def __init__(self) -> None:
        self._wishes: list[T] = []
        self._closed = False
        self._changed = threading.Condition()

    def replace(self, wishes: Sequence[T]) -> None:
        """Want these, first things first, and nothing else any more."""
        with self._changed:
            self._wishes = list(reversed(wishes))
            self._changed.notify()

    def close(self) -> None:
        """Let the worker's iteration end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def __iter__(self) -> Iterator[T]:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._wishes or self._closed)
                if self._closed:
                    return
                wish = self._wishes.pop()
            yield wish
