"""What a bundle's int8 file says of twelve pictures, one by one: wolves, foxes, a toy, a comic, drawn dogs.

    python benchmarks/looked_at.py models/cats-dogs data/looked-at

`setup/unknowns.py` lays the pictures out. This reports; nothing may be chosen by what it says.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import record

from whatsit import batch, photos
from whatsit import bundle as bundles
from whatsit.classifier import Classifier
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from whatsit.batch import Result

RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Ask about each picture, and write what is said."""
    given = _arguments()
    bundle = bundles.read(given.bundle)
    classifier = Classifier.open(bundle, "cpu", "int8")
    chosen = [one for one in photos.scan([given.pictures]) if one.settled is None]
    told = {found.photo.name: _told(found) for found in batch.classify(chosen, classifier)}
    out = given.results / f"looked-at-{bundle.manifest.name}.json"
    record.write(out, bundle=bundle.sha256, pictures=told)
    for name, said in told.items():
        print(name, said)


def _told(found: Result) -> dict[str, object]:
    answer = found.answer
    likeliest = {one.label: round(one.confidence, 4) for one in answer.candidates[:1]}
    return {"status": answer.status.value, "most_likely": likeliest}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    parser.add_argument("pictures", type=Path, help="the folder of pictures")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the answers go")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except WhatsitError as error:
        sys.exit(str(error))
