"""The orders in which photos can be shown."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from desktop.state.collection import STATES
from whatsit import likeness
from whatsit.decisions import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from desktop.state.collection import Collection

# What needs a person most comes first; what cannot be shown comes last.
_UNSURE_FIRST: Final = (Status.NOT_SURE, Status.UNKNOWN, Status.ANSWERED, None, Status.FAILED, Status.SKIPPED)
_SURE_FIRST: Final = (Status.ANSWERED, Status.NOT_SURE, Status.UNKNOWN, None, Status.FAILED, Status.SKIPPED)


class Order(Enum):
    """An order of photos; LIKENESS is that to one of them."""

    FOUND = "found"
    NAME = "name"
    UNSURE_FIRST = "unsure first"
    SURE_FIRST = "sure first"
    NEWEST = "newest"
    OLDEST = "oldest"
    LIKENESS = "likeness"


def ranks(order: Order, collection: Collection, like: int) -> NDArray[Any]:
    """Return each photo's place in an order, [N]; photos of one rank stay in the order they were found.

    `like` is the photo that an order by likeness begins with.
    """
    if order is Order.FOUND:
        return np.arange(len(collection))
    if order is Order.LIKENESS:
        return _by_likeness(collection, like)
    return _RANKS[order](collection)


def _by_state(collection: Collection, states: tuple[Status | None, ...], sign: int) -> NDArray[Any]:
    """Rank by the model's own state, then by its confidence: what a person says moves no photo."""
    state = np.empty(len(states), np.int8)
    for place, one in enumerate(states):
        state[STATES.index(one)] = place
    confidence = sign * collection.confidences()
    return _inverse(np.lexsort((confidence, state[collection.states()])))


def _by_name(collection: Collection) -> NDArray[Any]:
    names = [collection.photos.file_name(number).casefold() for number in range(len(collection))]
    return _inverse(np.array(sorted(range(len(names)), key=names.__getitem__), dtype=np.int64))


def _by_likeness(collection: Collection, like: int) -> NDArray[Any]:
    """Rank photos with features by likeness; the others come after them."""
    rows = collection.rows
    there = np.flatnonzero(rows["has_sketch"])
    place = int(np.searchsorted(there, like))
    if place >= len(there) or there[place] != like:
        return np.arange(len(collection))
    order = there[likeness.nearest(rows["sketch"][there], place)]
    return _inverse(np.concatenate([order, np.flatnonzero(~rows["has_sketch"])]))


def _times(collection: Collection) -> NDArray[np.int64]:
    return np.array(collection.photos.times, dtype=np.int64)


def _inverse(order: NDArray[Any]) -> NDArray[Any]:
    found = np.empty(len(order), np.int64)
    found[order] = np.arange(len(order))
    return found


_RANKS: Final[dict[Order, Callable[[Collection], NDArray[Any]]]] = {
    Order.NAME: _by_name,
    Order.UNSURE_FIRST: lambda collection: _by_state(collection, _UNSURE_FIRST, 1),
    Order.SURE_FIRST: lambda collection: _by_state(collection, _SURE_FIRST, -1),
    Order.NEWEST: lambda collection: _inverse(np.argsort(-_times(collection), kind="stable")),
    Order.OLDEST: lambda collection: _inverse(np.argsort(_times(collection), kind="stable")),
}
