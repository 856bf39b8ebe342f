"""How often something happens lately."""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

_SPAN: Final = 1.5  # seconds


class Pace:
    """Counts within the last moments; `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque()

    def tick(self) -> None:
        """Note that it happened."""
        self._times.append(self._clock())
        self._drop()

    def clear(self) -> None:
        """Forget what happened."""
        self._times.clear()

    @property
    def rate(self) -> float | None:
        """Times a second; None while too few to say."""
        self._drop()
        if len(self._times) < 2:  # noqa: PLR2004 - two make a distance
            return None
        passed = self._times[-1] - self._times[0]
        return (len(self._times) - 1) / passed if passed > 0 else None

    def _drop(self) -> None:
        while self._times and self._times[0] < self._clock() - _SPAN:
            self._times.popleft()
