"""The cards of the bundles that ship, written anew from bundle.json and the recipes' words.

    python setup/cards.py [NAME …]

No model runs: what was measured stays as it is, and so do the parts that benchmarks put at a card's end.
"""

from __future__ import annotations

import sys
from pathlib import Path

from exporter import card
from whatsit import bundle as bundles
from whatsit import files

ROOT = Path(__file__).parents[1]
_PART = "<!-- "  # how the parts of benchmarks/card_part.py begin


def main() -> None:
    """Write the cards of the bundles that are named, else of all."""
    folders = sorted(file.parent for file in (ROOT / "models").glob("*/bundle.json"))
    for folder in folders:
        if folder.name in sys.argv[1:] or not sys.argv[1:]:
            files.write_text(folder / "README.md", written(folder))


def written(folder: Path) -> str:
    """Return the card that a bundle's folder should have."""
    manifest = bundles.read(folder).manifest
    own = ROOT / "trainer" / "recipes" / f"{manifest.training.recipe}.card.md"
    kept = (folder / "README.md").read_text(encoding="utf-8").partition(_PART)
    parts = f"\n{kept[1]}{kept[2]}" if kept[1] else ""
    return card.text(manifest, own.read_text(encoding="utf-8")) + parts


if __name__ == "__main__":
    main()
