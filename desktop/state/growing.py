"""A column of numbers that grows at its end, as one numpy array."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST: Final = 256


class Growing:
    """`values` are those in use; room is doubled where it runs out."""

    def __init__(self, kind: np.dtype[Any], fill: object = 0) -> None:
        self._room = np.zeros(_FIRST, kind)
        self._fill = fill
        self._used = 0

    @property
    def values(self) -> NDArray[Any]:
        """All values so far, to be read and written in place."""
        return self._room[: self._used]

    def grow(self, count: int) -> None:
        """Add so many values, which are all `fill`."""
        needed = self._used + count
        if needed > len(self._room):
            room = np.zeros(max(needed, len(self._room) * 3 // 2), self._room.dtype)
            room[: self._used] = self.values
            self._room = room
        if self._fill:
            self._room[self._used : needed] = self._fill
        self._used = needed
