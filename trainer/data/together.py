"""Which photos are not to be parted: those of one group or name, copies, and those that look the same."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainer.data.duplicates import Duplicates
    from whatsit.run import RunPhoto


def keyed(photos: Sequence[RunPhoto], same: Duplicates, labels: Sequence[str]) -> list[RunPhoto]:
    """Return the photos, each with its key: the least one of all photos that it is not to be parted from."""
    like = defaultdict[str, list[str]](list)
    for pair in same.twins:  # named once for all copies of each of the two
        like[pair.second.sha256].append(pair.first.sha256)
    contents = [(photo.sha256, *like[photo.sha256]) for photo in photos]
    keys = tied([key_of(photo, labels) for photo in photos], contents)
    return [replace(photo, key=key) for photo, key in zip(photos, keys, strict=True)]


def key_of(photo: RunPhoto, labels: Sequence[str]) -> str:
    """Return a photo's key; where none was given yet, its group, or else its label and its name.

    The name is without folder and extension: the same photo at other sizes has the same. Without the label
    the first photos of all classes, each called 1.jpg, would be taken for one.
    """
    return photo.key or photo.group or f"{labels[photo.label]}/{PurePosixPath(photo.path).stem}"


def tied(keys: Sequence[str], contents: Sequence[Sequence[str]]) -> list[str]:
    """Return for each item the least key of all tied to it, by a key or by any content they share."""
    numbers: defaultdict[tuple[str, bool], int] = defaultdict(lambda: len(numbers))
    ties = [
        (place, len(keys) + numbers[mark])
        for place, (key, own) in enumerate(zip(keys, contents, strict=True))
        for mark in ((key, True), *((content, False) for content in own))
    ]
    ends = np.array(ties, dtype=np.int64).reshape(-1, 2).T
    size = len(keys) + len(numbers)
    graph = coo_array((np.ones(len(ties), np.int8), (ends[0], ends[1])), shape=(size, size))
    _, components = connected_components(graph, directed=False)
    least: dict[int, str] = {}
    for component, key in zip(components.tolist(), keys, strict=False):
        least[component] = min(key, least.get(component, key))
    return [least[component] for component in components[: len(keys)].tolist()]
