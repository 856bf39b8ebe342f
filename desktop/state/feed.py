"""The photos that wait for their answers, as the answering thread takes them one by one."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from desktop.state.photo_list import PhotoList
    from whatsit.photos import Photo


class Feed:
    """Yields the photos of a growing list in their order; can be paused, and is closed once for all."""

    def __init__(self, photos: PhotoList) -> None:
        self._photos = photos
        self._there = 0
        self._complete = self._closed = self._paused = False
        self._changed = threading.Condition()

    def offer(self, count: int) -> None:
        """Let the first `count` photos of the list be taken."""
        with self._changed:
            self._there = count
            self._changed.notify()

    def complete(self) -> None:
        """Say that no more photos will come."""
        with self._changed:
            self._complete = True
            self._changed.notify()

    def close(self) -> None:
        """Give no photo any more."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    @property
    def paused(self) -> bool:
        """Whether photos are held back."""
        return self._paused

    @paused.setter
    def paused(self, paused: bool) -> None:
        with self._changed:
            self._paused = paused
            self._changed.notify()

    def __iter__(self) -> Iterator[Photo]:
        number = 0
        while self._wait_for(number):
            yield self._photos[number]
            number += 1

    def _wait_for(self, number: int) -> bool:
        def is_settled() -> bool:
            there = number < self._there and not self._paused
            return self._closed or there or (self._complete and number >= self._there)

        with self._changed:
            self._changed.wait_for(is_settled)
            return not self._closed and number < self._there
