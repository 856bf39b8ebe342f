"""What a bundle says of photos that it knows and of those that it does not, a row a set of pictures.

    make honesty          (python benchmarks/honesty.py models/cats-dogs)

Rows stand in `honesty.toml` beside this file, by the bundle's name. Of labelled photos *wrong* are answers
with another label, of unknown pictures every answer is; of known photos whose labels nobody noted (`known =
true`) answers are counted, and not judged. The table goes into the bundle's card; figures go into
`results/honesty-NAME.json`. Where a row is worse than it was there (`honesty_rows.is_worse`) it fails and
writes nothing, unless `--accept` says why that is meant; the reason then stands below the table. So too where
a row is gone or its pictures are not as many as they were. A row that is new is counted, and compared from
then on.
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
from honesty_rows import Row, Told, cells, is_worse, told_of

from whatsit import bundle as bundles
from whatsit.errors import DataError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatsit.bundle import Bundle

HERE = Path(__file__).parent
ROWS = HERE / "honesty.toml"
Counts: TypeAlias = dict[str, Told]  # of each variant


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted of which bundle, and why rows are worse than before, or gone, where that was meant."""

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
    meant = dict(given.accept)
    worse = [row for row, old in before.rows.items() if row not in counted or _worse(counted[row], old)]
    unsaid = [row for row in worse if row not in meant]
    if unsaid:
        print(f"worse than before, or not the same pictures: {'; '.join(unsaid)}")
        print("nothing was written. Where that is meant, say why: --accept 'ROW=REASON'")
        return 1
    accepted = before.accepted if before.bundle == bundle.sha256 else {}
    accepted |= {row: meant[row] for row in worse}
    _write(bundle, out, Counted(bundle.sha256, counted, accepted))
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
        else {variant: told_of(bundle, variant, row) for variant in bundle.manifest.variants}
        for row in rows
    }


def _write(bundle: Bundle, out: Path, found: Counted) -> None:
    record.write(out, **asdict(found))
    title, text = "What it says of photos it knows, and of others", "\n\n".join(_text(found))
    card_part.put(bundle.folder / "README.md", "honesty", title, text)


def _text(found: Counted) -> Iterator[str]:
    """Yield the table, then what its dashes mean, and a paragraph for each reason with the rows it is of."""
    yield _table(found.rows)
    if any("answered" in told for counts in found.rows.values() for told in counts.values()):
        yield "Where *wrong* has a dash nobody noted the labels: answers are counted, not judged."
    for why in dict.fromkeys(found.accepted.values()):
        names = [name for name, reason in found.accepted.items() if reason == why]
        yield f"Changed since the count before, {'; '.join(names)}: {why}"


def _worse(now: Counts, before: Counts) -> bool:
    return any(variant not in now or is_worse(now[variant], old) for variant, old in before.items())


def _table(found: dict[str, Counts]) -> str:
    lines = ["| pictures | file | photos | right | wrong | not sure | unknown |", "|---" * 7 + "|"]
    for name, variants in found.items():
        for variant, one in variants.items():
            lines.append(f"| {name} | {variant} | {one['photos']:,} | {' | '.join(cells(one))} |")
    return "\n".join(lines)


def _reason(text: str) -> tuple[str, str]:
    row, _, reason = text.partition("=")
    if not reason:
        raise argparse.ArgumentTypeError("expected ROW=REASON")
    return row, reason


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    parser.add_argument("--rows", type=Path, default=ROWS, help="the sets of pictures")
    parser.add_argument("--results", type=Path, default=HERE / "results", help="where the figures lie")
    said = "why a row is worse than before, or not there: ROW=REASON, a row each"
    parser.add_argument("--accept", type=_reason, action="append", default=[], help=said)
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        try:
            sys.exit(main())
        except WhatsitError as error:
            sys.exit(str(error))
