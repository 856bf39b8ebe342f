"""The photos of a session with their answers, and how many are filed where."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from desktop.state.filters import Filter, place_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whatsit.decisions import Answer
    from whatsit.photos import Photo


class Collection:
    """Photos in the order they were found; a photo's number is its place in that order."""

    def __init__(self) -> None:
        self.photos: list[Photo] = []
        self.answers: list[Answer | None] = []
        self.places: list[Filter | None] = []
        self.counts: Counter[Filter] = Counter()

    def __len__(self) -> int:
        return len(self.photos)

    def add(self, photos: Sequence[Photo]) -> range:
        """Add photos that wait for their answers; return their numbers."""
        first = len(self.photos)
        self.photos.extend(photos)
        self.answers.extend(None for _ in photos)
        self.places.extend(None for _ in photos)
        return range(first, len(self.photos))

    def answer(self, number: int, answer: Answer) -> None:
        """Note a photo's answer and file it."""
        before = self.places[number]
        if before is not None:
            self.counts[before] -= 1
        place = place_of(answer)
        self.answers[number], self.places[number] = answer, place
        if place is not None:
            self.counts[place] += 1

    def count(self, chosen: Filter) -> int:
        """Return how many photos a filter shows."""
        return len(self) if chosen == Filter() else self.counts[chosen]

    def numbers(self, chosen: Filter) -> Iterable[int]:
        """Return the numbers of the photos that a filter shows."""
        if chosen == Filter():
            return range(len(self))
        return [number for number, place in enumerate(self.places) if place == chosen]
