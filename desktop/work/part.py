"""The part of a picture that the model is shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

_LEAST: Final = 0.1  # of the short side: fewer pixels than that say nothing


@dataclass(frozen=True, slots=True)
class Part:
    """A square: its middle as parts of the width and the height, its side as a part of the short side."""

    x: float = 0.5
    y: float = 0.5
    side: float = 0.6

    def box(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return left, top, right and bottom in a picture of this size, always inside and never empty."""
        side = max(1, round(min(max(self.side, _LEAST), 1.0) * min(width, height)))
        left = min(max(round(self.x * width - side / 2), 0), width - side)
        top = min(max(round(self.y * height - side / 2), 0), height - side)
        return left, top, left + side, top + side

    def moved(self, x: float, y: float) -> Part:
        """Return this square with its middle moved by parts of the width and the height."""
        return replace(self, x=min(max(self.x + x, 0.0), 1.0), y=min(max(self.y + y, 0.0), 1.0))

    def scaled(self, factor: float) -> Part:
        """Return this square, larger or smaller."""
        return replace(self, side=min(max(self.side * factor, _LEAST), 1.0))

    def inside(self, width: int, height: int) -> Part:
        """Return this square with its middle where it is seen in a picture of this size."""
        left, top, right, bottom = self.box(width, height)
        return replace(self, x=(left + right) / 2 / width, y=(top + bottom) / 2 / height)
