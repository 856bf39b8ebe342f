"""Photos that are the same or nearly so: by content, and by a perceptual hash that a second look confirms."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from trainer.data.ledger import THUMBNAIL_HEIGHT, THUMBNAIL_WIDTH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whatsit.run import RunPhoto

# Chosen by looking at pairs of 25,000 cats and dogs, 23,000 faces and 20,000 dogs of 120 breeds. From 24 bits
# on, and below 0.9, two faces in one pose are taken for one photo.
MOST_BITS: Final = 20
LEAST_CORRELATION: Final = 0.9
# A picture with little in it, such as a thing on white, has few bits set and is near all others of its kind.
# Of those photos one in 1,000 has fewer than 54.
_LEAST_BITS: Final = 40
_BITS_A_DIFFERENCE: Final = 5
_LEAST_DEVIATION: Final = 4.0
MOST_PAIRS: Final = 200_000
_BITS: Final = THUMBNAIL_HEIGHT * (THUMBNAIL_WIDTH - 1)
_TILE: Final = (64, 2048)


@dataclass(frozen=True, slots=True)
class Twins:
    """Two photos that look the same; `bits` of 256 of their hashes differ."""

    first: RunPhoto
    second: RunPhoto
    bits: int

    @property
    def apart(self) -> bool:
        """Whether they are in two splits."""
        return self.first.split != self.second.split

    @property
    def contradict(self) -> bool:
        """Whether they have two labels."""
        return self.first.label != self.second.label


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Groups of photos of the same content, and pairs that look the same, one of each such group.

    `unsearched` photos were not compared with each other any more, as there were too many pairs already.
    """

    copies: tuple[tuple[RunPhoto, ...], ...]
    twins: tuple[Twins, ...]
    unsearched: int = 0

    @property
    def contradicting(self) -> list[tuple[RunPhoto, ...]]:
        """The copies with more than one label."""
        return [group for group in self.copies if len({photo.label for photo in group}) > 1]

    def held_out(self) -> dict[str, RunPhoto]:
        """Return for each photo of train, by path, a photo that looks the same and is not of train."""
        group_of = {photo.path: group for group in self.copies for photo in group}
        found: dict[str, RunPhoto] = {}
        for group in self.copies:
            _leave_out(group, group, found)
        for pair in self.twins:
            first, second = (group_of.get(one.path, (one,)) for one in (pair.first, pair.second))
            _leave_out(first, second, found)
            _leave_out(second, first, found)
        return found


def find(photos: Sequence[RunPhoto], thumbnails: Sequence[bytes]) -> Duplicates:
    """Return which photos are the same by content, and which look the same, given their thumbnails.

    A difference hash (dHash) of 16×16 bits finds pairs, the thumbnails' correlation confirms them.
    """
    groups = defaultdict[str, list[int]](list)
    for place, photo in enumerate(photos):
        groups[photo.sha256].append(place)
    firsts = [places[0] for places in groups.values()]
    copies = tuple(tuple(photos[one] for one in places) for places in groups.values() if len(places) > 1)
    pairs, unsearched = look_alikes(_stacked([thumbnails[place] for place in firsts]))
    twins = tuple(Twins(photos[firsts[one]], photos[firsts[two]], bits) for one, two, bits in pairs.tolist())
    return Duplicates(copies, twins, unsearched)


def look_alikes(thumbnails: NDArray[np.uint8]) -> tuple[NDArray[np.int64], int]:
    """Return the pairs that look the same among grey thumbnails [N,16,17]: first, second, bits, [P,3].

    Past 200,000 pairs the search ends: those are frames of a video, to be kept together by a group. How many
    photos were not compared with each other then is returned as well.
    """
    count = len(thumbnails)
    bits = (thumbnails[:, :, 1:] > thumbnails[:, :, :-1]).reshape(count, _BITS)
    ones = bits.sum(axis=1)
    weight = np.minimum(ones, _BITS - ones)
    flat = thumbnails.reshape(count, THUMBNAIL_HEIGHT * THUMBNAIL_WIDTH).astype(np.float32)
    telling = np.flatnonzero((weight >= _LEAST_BITS) & (flat.std(axis=1) >= _LEAST_DEVIATION))
    hashes = np.packbits(bits[telling], axis=1).view(np.uint64)
    pairs, unsearched = _near(np.ascontiguousarray(hashes.T), weight[telling] // _BITS_A_DIFFERENCE)
    pairs = pairs[_correlation(flat[telling], pairs) >= LEAST_CORRELATION]
    return np.stack([telling[pairs[:, 0]], telling[pairs[:, 1]], pairs[:, 2]], axis=1), unsearched


def _near(hashes: NDArray[np.uint64], limits: NDArray[np.int64]) -> tuple[NDArray[np.int64], int]:
    """Return the pairs of hashes [4,N] within both one's own limit and the limit for all, [P,3].

    Also how many of the hashes were not compared with each other.
    """
    count, (rows, columns) = hashes.shape[1], _TILE
    found = [np.zeros((0, 3), np.int64)]
    for top in range(0, count, rows):
        for left in range(top // columns * columns, count, columns):
            pairs = _near_in_tile(hashes[:, top : top + rows], hashes[:, left : left + columns])
            pairs[:, :2] += (top, left)
            found.append(_within(pairs, limits))
        if sum(map(len, found)) > MOST_PAIRS:
            return np.concatenate(found), max(0, count - top - rows)
    return np.concatenate(found), 0


def _within(pairs: NDArray[np.int64], limits: NDArray[np.int64]) -> NDArray[np.int64]:
    first, second, apart = pairs.T
    near: NDArray[np.bool] = (first < second) & (apart <= np.minimum(limits[first], limits[second]))
    return pairs[near]


def _near_in_tile(one: NDArray[np.uint64], two: NDArray[np.uint64]) -> NDArray[np.int64]:
    # Of a hash and its very opposite 256 bits differ, which is 0 here; their correlation is below zero.
    apart = np.zeros((one.shape[1], two.shape[1]), np.uint8)
    for first, second in zip(one, two, strict=True):
        apart += np.bitwise_count(first[:, None] ^ second[None, :])
    if apart.min() > MOST_BITS:
        return np.zeros((0, 3), np.int64)
    rows, columns = np.nonzero(apart <= MOST_BITS)
    return np.stack([rows, columns, apart[rows, columns].astype(np.int64)], axis=1)


def _correlation(flat: NDArray[np.float32], pairs: NDArray[np.int64]) -> NDArray[np.float32]:
    even = flat - flat.mean(axis=1, keepdims=True)
    even /= np.maximum(np.linalg.norm(even, axis=1, keepdims=True), 1e-6)
    together: NDArray[np.float32] = (even[pairs[:, 0]] * even[pairs[:, 1]]).sum(axis=1)
    return together


def _leave_out(group: Sequence[RunPhoto], other: Sequence[RunPhoto], found: dict[str, RunPhoto]) -> None:
    like = next((photo for photo in other if photo.split != "train"), None)
    for photo in group if like else ():
        if photo.split == "train" and like:
            found.setdefault(photo.path, like)


def _stacked(thumbnails: Sequence[bytes]) -> NDArray[np.uint8]:
    return np.frombuffer(b"".join(thumbnails), np.uint8).reshape(-1, THUMBNAIL_HEIGHT, THUMBNAIL_WIDTH)
