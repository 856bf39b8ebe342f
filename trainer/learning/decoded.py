"""Decoded training photos, kept in memory as far as they fit: each epoch wants them all again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from whatsit import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

LIMIT: Final = 1 << 30  # bytes; a photo of 200×200 takes 120 kB


class Decoded:
    """Photos by their place in a lesson, each decoded once until `limit` bytes are full, then every time."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._left = limit
        self._kept: dict[int, NDArray[np.uint8]] = {}
        self._lock = threading.Lock()

    def picture(self, place: int, path: Path, at_least: tuple[int, int]) -> Image.Image:
        """Return the photo as `whatsit.pictures.decode` does; raises PictureError as that does."""
        kept = self._kept.get(place)
        if kept is not None:
            return Image.fromarray(kept)
        picture = pictures.decode(pictures.read(path), at_least, path=path)
        pixels = np.array(picture)
        with self._lock:
            if pixels.nbytes <= self._left and place not in self._kept:
                self._kept[place] = pixels
                self._left -= pixels.nbytes
        return picture
