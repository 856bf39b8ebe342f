"""What a bundle says of photos that it knows and of those that it does not, a row a set of pictures.

    make honesty          (python benchmarks/honesty.py models/cats-dogs)

Rows stand in `honesty.toml` beside this file, by the bundle's name. Of labelled photos *wrong* are answers
with another label, of others every answer is. The table goes into the bundle's card; figures go into
`results/honesty-NAME.json`. Where a row has more wrong answers than it had there, or fewer right, it fails
and writes nothing, unless `--accept` says why that is meant; the reason then stands below the table.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import sys
import tomllib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import card_part
import record

from whatsit import batch, labelled, photos
from whatsit import bundle as bundles
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.errors import DataError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from whatsit.bundle import Bundle
    from whatsit.manifest import VariantName
    from whatsit.photos import Photo

HERE = Path(__file__).parent
ROWS = HERE / "honesty.toml"
Counts: TypeAlias = dict[str, dict[str, int]]  # of each variant: Told as it is written
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


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of which bundle, and which rows are worse than before on purpose, with the reason."""

    bundle: str
    rows: dict[str, Counts]
    accepted: dict[str, str]


def main() -> int:
    """Fill the table of a bundle, and return 1 where a row is worse than it was."""
    given = _arguments()
    bundle = bundles.read(given.bundle)
    name = bundle.manifest.name
    out = given.results / f"honesty-{name}.json"
    rows = [Row(**row) for row in tomllib.loads(given.rows.read_text(encoding="utf-8"))[name]]
    before = _read(out)
    counted = _counted(bundle, rows, before)
    print(_table(counted))
    gone = before.rows.keys() - counted.keys()
    if gone:
        print(f"no longer counted: {', '.join(sorted(gone))}")
    worse = [row for row in counted if row in before.rows and _worse(counted[row], before.rows[row])]
    if worse and not given.accept:
        print(f"worse than before: {', '.join(worse)}; nothing was written. If meant: --accept REASON")
        return 1
    accepted = before.accepted if before.bundle == bundle.sha256 else {}
    _write(bundle, out, Counted(bundle.sha256, counted, accepted | dict.fromkeys(worse, given.accept)))
    return 0


def _read(out: Path) -> Counted:
    if not out.is_file():
        return Counted("", {}, {})
    written = json.loads(out.read_text(encoding="utf-8"))
    return Counted(written["bundle"], written["rows"], written.get("accepted", {}))


def _counted(bundle: Bundle, rows: Sequence[Row], before: Counted) -> dict[str, Counts]:
    """Return what each row's pictures are told; where their folder is not there, what they were told before.

    Raises DataError where that was another bundle's answer: a new bundle is compared in every row or in none.
    """
    missing = [row for row in rows if not Path(row.folder).is_dir()]
    for row in missing:
        if before.bundle != bundle.sha256 or row.name not in before.rows:
            raise DataError(
                f"{row.name} cannot be counted: this folder is not there.",
                hint="trainer/README.md says where these pictures come from.",
                path=Path(row.folder),
            )
    return {
        row.name: before.rows[row.name]
        if row in missing
        else {variant: asdict(_told(bundle, variant, row)) for variant in bundle.manifest.variants}
        for row in rows
    }


def _write(bundle: Bundle, out: Path, found: Counted) -> None:
    record.write(out, **asdict(found))
    meant = [f"Worse than the version before, {name}: {why}" for name, why in found.accepted.items()]
    text = "\n\n".join([_table(found.rows), *meant])
    card_part.put(
        bundle.folder / "README.md", "honesty", "What it says of photos it knows, and of others", text
    )


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


def _worse(now: Counts, before: Counts) -> bool:
    both = [(one, before[variant]) for variant, one in now.items() if variant in before]
    return any(one["wrong"] > old["wrong"] or one["right"] < old["right"] for one, old in both)


def _table(found: dict[str, Counts]) -> str:
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
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where the figures lie")
    parser.add_argument("--accept", default="", help="why a row is worse than before")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        try:
            sys.exit(main())
        except WhatsitError as error:
            sys.exit(str(error))
