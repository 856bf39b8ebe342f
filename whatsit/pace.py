"""How many photos a model takes at a time: measured on this processor once, and kept."""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Final

import numpy as np
from pydantic import Field, ValidationError

from whatsit import device, files
from whatsit.manifest import Record

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle
    from whatsit.graph import Graph

_SIZES: Final = (1, 2, 4, 8, 16)
_TURNS: Final = 3
_ENOUGH_SECONDS: Final = 1.0
# A larger batch takes more memory and its first answer comes later: it must be worth that.
_WORTH: Final = 0.97


class Pace(Record):
    """Seconds of one core a photo, by how many are run at a time."""

    seconds: dict[int, float] = Field(min_length=1)

    @property
    def fastest(self) -> int:
        """The smallest number that no other is clearly faster than."""
        best = min(self.seconds.values())
        return min(size for size, seconds in self.seconds.items() if best >= _WORTH * seconds)


def fastest(graph: Graph, bundle: Bundle) -> int:
    """Return how many photos at a time are fastest for a graph that runs on one core."""
    file = device.kept(bundle, graph.variant, "paces")
    pace = _recalled(file)
    if pace is None:
        pace = measured(graph, bundle)
        graph.rest()
        with contextlib.suppress(OSError):  # a home that cannot be written costs a second at each start
            files.write_text(file, pace.model_dump_json() + "\n")
    return pace.fastest


def measured(graph: Graph, bundle: Bundle) -> Pace:
    """Return what each number of photos takes of this thread's own time, which other work does not add to."""
    spec = bundle.manifest.input
    drawn = np.random.default_rng(0).integers(
        0, 256, (max(_SIZES), spec.height, spec.width, 3), dtype=np.uint8
    )
    taken: dict[int, float] = {}
    ends = time.monotonic() + _ENOUGH_SECONDS
    for _ in range(_TURNS):
        for size in _SIZES:
            began = time.thread_time()
            graph.run(drawn[:size])
            seconds = (time.thread_time() - began) / size
            taken[size] = min(seconds, taken.get(size, seconds))
        if time.monotonic() > ends:
            break
    return Pace(seconds=taken)


def _recalled(file: Path) -> Pace | None:
    try:
        return Pace.model_validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return None
