"""Evidence in few bytes: a hundred thousand photos in memory, or in a file, at less than 200 bytes each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit.decisions import MOST_CANDIDATES, Evidence
from whatsit.likeness import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from whatsit.manifest import Label

ROW: Final = np.dtype(
    [
        ("count", "u1"),  # how many labels are ranked
        ("listed", "u1"),
        ("has_novelty", "?"),
        ("has_sketch", "?"),
        ("group", "<i4"),
        ("novelty", "<f4"),
        ("together", "<f4"),
        ("labels", "<u4", (MOST_CANDIDATES,)),
        ("confidences", "<f4", (MOST_CANDIDATES,)),
        ("sketch", "<f2", (DIMENSIONS,)),
    ]
)


def groups_of(labels: Sequence[Label]) -> list[str]:
    """Return the groups of a model's labels, in the order that rows number them."""
    return sorted({label.group for label in labels})


def pack(evidence: Evidence, groups: Sequence[str], sketch: NDArray[np.float16] | None = None) -> np.void:
    """Return the row of one photo's evidence and, where there is one, its sketch [64]."""
    rows = np.zeros(1, ROW)
    count = len(evidence.ranked)
    rows["count"], rows["listed"], rows["together"] = count, evidence.listed, evidence.together
    rows["group"] = groups.index(evidence.group) if evidence.group in groups else -1
    if evidence.novelty is not None:
        rows["has_novelty"], rows["novelty"] = True, evidence.novelty
    rows["labels"][0, :count] = [number for number, _ in evidence.ranked]
    rows["confidences"][0, :count] = [confidence for _, confidence in evidence.ranked]
    if sketch is not None:
        rows["has_sketch"], rows["sketch"] = True, sketch
    row: np.void = rows[0]
    return row


def unpack(row: np.void, groups: Sequence[str]) -> Evidence:
    """Return the evidence in a row."""
    count, group = int(row["count"]), int(row["group"])
    pairs = zip(row["labels"][:count].tolist(), row["confidences"][:count].tolist(), strict=True)
    return Evidence(
        tuple(pairs),
        float(row["novelty"]) if row["has_novelty"] else None,
        int(row["listed"]),
        groups[group] if group >= 0 else "",
        float(row["together"]),
    )
