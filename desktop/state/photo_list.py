"""Photos in few bytes: a name, a size and a time each; the photo itself is made when it is asked for."""

from __future__ import annotations

import os
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from whatsit.decisions import Answer


class PhotoList:
    """Photos by number, in the order they were found; grows at its end only.

    A path is what stands before its name, which is the same for all photos of a folder, and the name.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.times = array("q")
        self._sizes = array("q")
        self._before: list[str] = []
        self._odd: dict[int, Path] = {}  # paths that their names, made fit to show, do not give back
        self._settled: dict[int, Answer] = {}

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, number: int) -> Photo:
        name = self.names[number]
        path = self._odd.get(number) or Path(self._before[number] + name)
        settled = self._settled.get(number)
        return Photo(path, name, self._sizes[number], self.times[number], settled)

    def __iter__(self) -> Iterator[Photo]:
        return (self[number] for number in range(len(self)))

    def extend(self, photos: Iterable[Photo]) -> None:
        """Add photos."""
        for photo in photos:
            self._add(photo)

    def follow(self, number: int, path: Path, name: str) -> None:
        """Note that a photo was moved, and the name it is shown by now."""
        self._odd[number] = path
        self.names[number] = name

    def file_name(self, number: int) -> str:
        """Return a photo's name without its folder."""
        return self.names[number].rpartition("/")[2]

    def _add(self, photo: Photo) -> None:
        number, path = len(self.names), os.fspath(photo.path)
        shared = self._before[-1] if self._before else ""
        before = shared if path == shared + photo.name else path.removesuffix(photo.name)
        if path != before + photo.name and Path(before + photo.name) != photo.path:
            self._odd[number], before = photo.path, ""
        if photo.settled is not None:
            self._settled[number] = photo.settled
        self._before.append(before)
        self._sizes.append(photo.size)
        self.times.append(photo.mtime_ns)
        self.names.append(photo.name)  # last: other threads read what has a name
