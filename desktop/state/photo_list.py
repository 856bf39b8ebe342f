"""Photos in few bytes: a name, a size and a time each; the photo itself is made when it is asked for."""

from __future__ import annotations

import os
from array import array
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from whatsit.decisions import Answer

T = TypeVar("T")
_MOST_MADE: Final = 512


class Entry(NamedTuple):
    """A photo in columns: what stands before its name, its name, size and time, and what is seldom there."""

    before: str
    name: str
    size: int
    mtime_ns: int
    odd: Path | None
    settled: Answer | None


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
        self._made: dict[int, Photo] = {}  # lately: a page is asked for again at every turn of the wheel

    def __len__(self) -> int:
        return len(self.names)

    def __getitem__(self, number: int) -> Photo:
        photo = self._made.get(number)
        if photo is None:
            if len(self._made) >= _MOST_MADE:
                self._made.clear()
            photo = self._made[number] = self._photo(number)
        return photo

    def _photo(self, number: int) -> Photo:
        name = self.names[number]
        path = self._odd.get(number) or Path(self._before[number] + name)
        settled = self._settled.get(number)
        return Photo(path, name, self._sizes[number], self.times[number], settled)

    def __iter__(self) -> Iterator[Photo]:
        return (self[number] for number in range(len(self)))

    def extend(self, found: Sequence[Entry]) -> None:
        """Add photos, column by column: one by one, thousands would be felt in the window."""
        if not found:
            return
        first = len(self.names)
        before, names, sizes, times, odd, settled = zip(*found, strict=True)
        self._odd.update(_sparse(first, odd))
        self._settled.update(_sparse(first, settled))
        self._before.extend(before)
        self._sizes.extend(sizes)
        self.times.extend(times)
        self.names.extend(names)  # last: other threads read what has a name

    def follow(self, number: int, path: Path, name: str) -> None:
        """Note that a photo was moved, and the name it is shown by now."""
        self._odd[number] = path
        self.names[number] = name
        self._made.pop(number, None)

    def file_name(self, number: int) -> str:
        """Return a photo's name without its folder."""
        return self.names[number].rpartition("/")[2]


def entries(photos: Iterable[Photo]) -> Generator[Entry, None, None]:
    """Yield photos as a list of them has them; done on the thread that finds them."""
    shared = ""
    for photo in photos:
        path, odd = os.fspath(photo.path), None
        if path != shared + photo.name:
            shared = path.removesuffix(photo.name)
            if path != shared + photo.name and Path(shared + photo.name) != photo.path:
                odd, shared = photo.path, ""
        yield Entry(shared, photo.name, photo.size, photo.mtime_ns, odd, photo.settled)


def _sparse(first: int, column: Sequence[T | None]) -> dict[int, T]:
    return {number: one for number, one in enumerate(column, first) if one is not None}
