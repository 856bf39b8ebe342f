"""How far the answers are: how many of how many, how fast, how long still."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_WINDOW: Final = 4.0  # seconds whose pace is called the present one
_SETTLING: Final = 0.5  # before this the first answers say little about the pace


class Progress:
    """Counts what is done against what was found; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._marks: deque[tuple[float, int]] = deque()
        self._began: float | None = None
        self._finished: float | None = None
        self._held: float | None = None
        self.done = 0
        self.at_once = 0  # of these: they took no time, and say nothing of the pace
        self.found = 0
        self.all_found = False

    def begin(self) -> None:
        """Start the clock: the work on photos begins."""
        self._began = self._clock()
        self._marks.append((self._began, 0))

    def add(self, count: int, at_once: int = 0) -> None:
        """Count so many photos more as done, some of them without the model."""
        self.done += count
        self.at_once += at_once
        now = self._clock()
        self._marks.append((now, self._anew))
        while len(self._marks) > 2 and self._marks[1][0] <= now - _WINDOW:  # noqa: PLR2004 - a pace needs two marks
            self._marks.popleft()

    def hold(self) -> None:
        """Stop the clock for a while."""
        self._held = self._clock()

    def go_on(self) -> None:
        """Let the clock run again: the time since it was stopped does not count."""
        if self._held is not None and self._began is not None:
            passed = self._clock() - self._held
            self._began += passed
            self._marks = deque((when + passed, done) for when, done in self._marks)
        self._held = None

    def finish(self) -> None:
        """Stop the clock: from now on the pace is that of the whole."""
        self.go_on()
        self._finished = self._clock()

    @property
    def _anew(self) -> int:
        return self.done - self.at_once

    @property
    def seconds(self) -> float:
        """How long the work on photos has taken."""
        if self._began is None:
            return 0.0
        now = self._held or self._finished
        return (self._clock() if now is None else now) - self._began

    @property
    def rate(self) -> float | None:
        """Photos a second: lately while at work, of the whole when finished; None while too few are done."""
        if self._finished is not None:
            return self._anew / self.seconds if self._anew and self.seconds > 0 else None
        if self._began is None or self._held is not None or self.seconds < _SETTLING or not self._anew:
            return None
        since, before = self._marks[0]
        passed = self._clock() - since
        return (self._anew - before) / passed if passed > 0 else None

    @property
    def seconds_left(self) -> float | None:
        """How long it will still take; None while that is not known."""
        rate = self.rate
        if not self.all_found or not rate:
            return None
        return (self.found - self.done) / rate
