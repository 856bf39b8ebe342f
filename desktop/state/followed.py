"""What next models say of photos, by their numbers, and which of them are still to be asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from desktop.work.following import Asked
from whatsit import packed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop.state.collection import Collection
    from whatsit.chain import Chain
    from whatsit.decisions import Answer, Then


class FollowedAnswers:
    """Kept whatever the threshold: an answer that leads to a next model again has its word at once."""

    def __init__(self) -> None:
        self.chain: Chain | None = None
        self._then: dict[int, Then] = {}

    def use(self, chain: Chain | None) -> None:
        """Follow another chain, or none."""
        self.chain, self._then = chain, {}

    def take(self, found: Sequence[tuple[int, Then]]) -> None:
        """Note what next models say of photos."""
        self._then.update(found)

    def of(self, number: int, answer: Answer) -> Then | None:
        """Return what the model that this answer leads to says of a photo."""
        then = self._then.get(number)
        following = self.chain.next_of(answer) if self.chain and then else None
        return then if then and following and following.bundle.manifest.name == then.model else None

    def unasked(self, collection: Collection, most: int) -> list[Asked]:
        """Return at most so many photos whose answers lead to a next model that was not asked yet."""
        if self.chain is None:
            return []
        steps = set(self.chain.then)
        labels = self.chain.first.bundle.manifest.labels
        best = [place for place, one in enumerate(labels) if {one.name, one.group} & steps]
        groups = [place for place, one in enumerate(packed.groups_of(labels)) if one in steps]
        rows = collection.rows
        # By what is kept in columns first: to make every answer anew would be felt.
        leading = np.isin(rows["labels"][:, 0], best) | np.isin(rows["group"], groups)
        found: list[Asked] = []
        for number in np.flatnonzero(leading & collection.seen()).tolist():
            if number in self._then or len(found) == most:
                continue
            answer = collection.answer(number)
            if answer is not None and self.chain.next_of(answer) is not None:
                found.append(Asked(number, collection.photos[number], answer))
        return found
