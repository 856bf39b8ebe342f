"""A second model for chains: the tiny bundle under another name, with labels of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers import tiny_bundle
from whatsit import bundle as bundles

if TYPE_CHECKING:
    from pathlib import Path

LABELS = ("rose", "ice")


def make(folder: Path, name: str = "shades", group: str = "") -> bundles.Bundle:
    """Write the bundle, which calls red "rose" and blue "ice", both of the group, and return it."""
    made = tiny_bundle.make(folder, name)
    (folder / "labels.txt").write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    labels = tuple(
        old.model_copy(update={"name": label, "group": group})
        for old, label in zip(made.manifest.labels, LABELS, strict=True)
    )
    return bundles.write(folder, made.manifest.model_copy(update={"labels": labels, "title": "Shades"}))
