"""A few photos of a labelled folder, as a folder of links."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def linked(data: Path, into: Path, photos: int, classes: int | None = None) -> Path:
    """Make a data set of links to about `photos` of another's first `classes`, spread over its splits."""
    with (data / "split.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = sorted({row["label"] for row in rows})[:classes]
    of_part: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        if row["label"] in labels:
            of_part[row["label"], row["split"]].append(row)
    every = max(1, sum(map(len, of_part.values())) // photos)
    chosen = [row for part in of_part.values() for row in part[::every]]  # each has its first at least
    for row in chosen:
        (into / row["path"]).parent.mkdir(parents=True, exist_ok=True)
        (into / row["path"]).symlink_to((data / row["path"]).resolve())
    with (into / "split.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(chosen)
    return into
