"""The cards of the bundles that ship, written anew from bundle.json and the recipes' words.

    python setup/cards.py [NAME …]

No model runs: what was measured stays as it is, and so do the parts that benchmarks put at a card's end.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from exporter import card
from whatsit import bundle as bundles
from whatsit import files

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "models"
_PART = "<!-- "  # how the parts of benchmarks/card_part.py begin


def main() -> None:
    """Write the cards of the bundles that are named, else of all."""
    there = sorted(file.parent.name for file in MODELS.glob("*/bundle.json"))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=there, help=f"of {', '.join(there)}; else all of them")
    names = parser.parse_args().names
    if unknown := sorted(set(names) - set(there)):
        parser.error(f"no bundle is called {unknown[0]}; there are {', '.join(there)}.")
    for name in names:
        files.write_text(MODELS / name / "README.md", written(MODELS / name))


def written(folder: Path) -> str:
    """Return the card that a bundle's folder should have."""
    manifest = bundles.read(folder).manifest
    own = ROOT / "trainer" / "recipes" / f"{manifest.training.recipe}.card.md"
    kept = (folder / "README.md").read_text(encoding="utf-8").partition(_PART)
    parts = f"\n{kept[1]}{kept[2]}" if kept[1] else ""
    return card.text(manifest, own.read_text(encoding="utf-8")) + parts


if __name__ == "__main__":
    main()
