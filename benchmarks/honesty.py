"""What a bundle says of photos that it knows and of those that it does not, a row a set of pictures.

    make honesty          (python benchmarks/honesty.py models/cats-dogs)

Rows stand in `honesty.toml` beside this file, by the bundle's name. Of labelled photos *wrong* are answers
with another label, of others every answer is. The table goes into the bundle's card; figures go into
`results/honesty-NAME.json`, and it fails when a row has more wrong answers than it had there, or fewer right.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import card_part
import record

from whatsit import batch, labelled, photos
from whatsit import bundle as bundles
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whatsit.bundle import Bundle
    from whatsit.manifest import VariantName
    from whatsit.photos import Photo

HERE = Path(__file__).parent
ROWS = HERE / "honesty.toml"
_SHOWN = ("right", "wrong", "not_sure", "unknown")


@dataclass(frozen=True, slots=True)
class Row:
    """A set of pictures: labelled where `split` is given, else of nothing that the bundle knows."""

    name: str
    folder: str
    split: str = ""


@dataclass(slots=True)
class Told:
    """How many photos of a set were told what."""

    photos: int = 0
    right: int = 0
    wrong: int = 0
    not_sure: int = 0
    unknown: int = 0
    failed: int = 0


def main() -> int:
    """Fill the table of a bundle, and return 1 where a row is worse than it was."""
    given = _arguments()
    bundle = bundles.read(given.bundle)
    out = HERE / "results" / f"honesty-{bundle.manifest.name}.json"
    rows = [Row(**row) for row in tomllib.loads(given.rows.read_text(encoding="utf-8"))[bundle.manifest.name]]
    written = json.loads(out.read_text(encoding="utf-8"))["rows"] if out.is_file() else {}
    before = {row.name: written[row.name] for row in rows if row.name in written}
    found = {
        row.name: {variant: asdict(_told(bundle, variant, row)) for variant in bundle.manifest.variants}
        for row in rows
        if _is_there(row)
    }
    record.write(out, bundle=bundle.sha256, rows={**before, **found})
    table = _table(found)
    title = "What it says of photos it knows, and of others"
    card_part.put(bundle.folder / "README.md", "honesty", title, table)
    print(table)
    worse = [name for name in found if name in before and _worse(found[name], before[name])]
    print(f"worse than before: {', '.join(worse)}" if worse else "no row is worse than before")
    return int(bool(worse))


def _is_there(row: Row) -> bool:
    there = Path(row.folder).is_dir()
    if not there:
        print(f"{row.name}: {row.folder} is not there, so this row stays as it was", file=sys.stderr)
    return there


def _told(bundle: Bundle, variant: VariantName, row: Row) -> Told:
    classifier, told = Classifier.open(bundle, "cpu", variant), Told()
    chosen, truth = _photos(bundle, row)
    for one, right in zip(batch.classify(chosen, classifier), truth, strict=True):
        status = one.answer.status
        told.photos += 1
        told.right += status is Status.ANSWERED and one.answer.label == right
        told.wrong += status is Status.ANSWERED and one.answer.label != right
        told.not_sure += status is Status.NOT_SURE
        told.unknown += status is Status.UNKNOWN
        told.failed += status in (Status.FAILED, Status.SKIPPED)
    return told


def _photos(bundle: Bundle, row: Row) -> tuple[Sequence[Photo], Iterable[str]]:
    if not row.split:
        chosen = [one for one in photos.scan([Path(row.folder)]) if one.settled is None]
        return chosen, [""] * len(chosen)
    names = [label.name for label in bundle.manifest.labels]
    known = labelled.read(Path(row.folder), row.split, names)
    return [one.photo for one in known], [names[one.label] for one in known]


def _worse(now: dict[str, dict[str, int]], before: dict[str, dict[str, int]]) -> bool:
    both = [(one, before[variant]) for variant, one in now.items() if variant in before]
    return any(one["wrong"] > old["wrong"] or one["right"] < old["right"] for one, old in both)


def _table(found: dict[str, dict[str, dict[str, int]]]) -> str:
    lines = ["| pictures | file | photos | right | wrong | not sure | unknown |", "|---" * 7 + "|"]
    for name, variants in found.items():
        for variant, one in variants.items():
            parts = [f"{one[key]:,} ({one[key] / one['photos']:.1%})" for key in _SHOWN]
            lines.append(f"| {name} | {variant} | {one['photos']:,} | {' | '.join(parts)} |")
    return "\n".join(lines)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    parser.add_argument("--rows", type=Path, default=ROWS, help="the sets of pictures")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        try:
            sys.exit(main())
        except WhatsitError as error:
            sys.exit(str(error))
