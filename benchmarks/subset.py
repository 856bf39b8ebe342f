"""A few photos of a labelled folder, as a folder of links."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def linked(data: Path, into: Path, photos: int, classes: int | None = None) -> Path:
    """Make a data set of links to `photos` of another, every k-th of the list of its first `classes`."""
    with (data / "split.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    labels = sorted({row["label"] for row in rows})[:classes]
    rows = [row for row in rows if row["label"] in labels]
    rows.sort(key=lambda row: (row["label"], row["split"], row["path"]))  # so that each split has its part
    chosen = rows[:: max(1, len(rows) // photos)][:photos]
    for row in chosen:
        (into / row["path"]).parent.mkdir(parents=True, exist_ok=True)
        (into / row["path"]).symlink_to((data / row["path"]).resolve())
    with (into / "split.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(chosen)
    return into
