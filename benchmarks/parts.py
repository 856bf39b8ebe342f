"""How right a bundle is on each part of its test photos: ages, groups, whatever their names say.

    python benchmarks/parts.py models/age data/faces

Parts stand in `parts.toml` beside this file, by the bundle's name. The table goes into the bundle's card,
figures into `results/parts-NAME.json`. Counted is the most likely label of every photo, and of those that
are answered at the default threshold how many are wrong. Parts by words are parted by label too: where one is
rarer in a part than in another, the two cannot be compared as wholes.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from bisect import bisect
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

import card_part
import record

from whatsit import batch, figures, labelled
from whatsit import bundle as bundles
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from whatsit.batch import Prediction
    from whatsit.bundle import Bundle

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to part photos by their names."""

    name: str
    pattern: str
    bands: list[int] = field(default_factory=list)
    words: dict[str, str] = field(default_factory=dict)

    def part_of(self, path: str) -> str:
        """Return the name of the part that a photo is in."""
        found = re.search(self.pattern, PurePath(path).name)
        if found is None:
            return "not said"
        if not self.bands:
            return self.words.get(found[1], "not said")
        place = bisect(self.bands, int(found[1])) - 1
        last = place + 1 == len(self.bands)
        return f"{self.bands[place]} and more" if last else f"{self.bands[place]}–{self.bands[place + 1] - 1}"


@dataclass(slots=True)
class Count:
    """How many photos a part has, and of how many the most likely label, or the answer, is right."""

    photos: int = 0
    likeliest_right: int = 0
    answered: int = 0
    answered_wrong: int = 0

    def add(self, one: Prediction, right: str) -> None:
        """Count a photo whose label is `right`."""
        answered = one.answer.status is Status.ANSWERED
        self.photos += 1
        self.likeliest_right += bool(one.answer.candidates) and one.answer.candidates[0].label == right
        self.answered += answered
        self.answered_wrong += answered and one.answer.label != right


def main() -> int:
    """Fill the table of a bundle."""
    given = _arguments()
    bundle = bundles.read(given.bundle)
    name = bundle.manifest.name
    kinds = [Kind(**one) for one in tomllib.loads((HERE / "parts.toml").read_text(encoding="utf-8"))[name]]
    found = _counts(bundle, given, kinds)
    plain = {kind: {part: asdict(one) for part, one in parts.items()} for kind, parts in found.items()}
    record.write(
        HERE / "results" / f"parts-{name}.json", bundle=bundle.sha256, variant=given.variant, parts=plain
    )
    table = _table(found)
    title = f"How right it is on parts of its test photos ({given.variant})"
    card_part.put(bundle.folder / "README.md", "parts", title, table)
    print(table)
    return 0


def _counts(bundle: Bundle, given: argparse.Namespace, kinds: list[Kind]) -> dict[str, dict[str, Count]]:
    labels = [label.name for label in bundle.manifest.labels]
    known = labelled.read(given.data, "test", labels)
    found: dict[str, dict[str, Count]] = {kind.name: defaultdict(Count) for kind in kinds}
    classifier = Classifier.open(bundle, "cpu", given.variant)
    told = batch.predict((one.photo for one in known), classifier)
    for one, prediction in zip(known, told, strict=True):
        for kind in kinds:
            part, label = kind.part_of(one.photo.name), labels[one.label]
            found[kind.name][part if kind.bands else f"{part}, {label}"].add(prediction, label)
    return found


def _table(found: dict[str, dict[str, Count]]) -> str:
    head = ("", "", "photos", "most likely label right", "answered", "of these wrong")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for kind, parts in found.items():
        for part in sorted(parts, key=_first_number):
            one = parts[part]
            right, answered = _share(one.likeliest_right, one.photos), one.answered / one.photos
            wrong = _share(one.answered_wrong, one.answered) if one.answered else "–"
            lines.append(f"| {kind} | {part} | {one.photos:,} | {right} | {answered:.1%} | {wrong} |")
    return "\n".join(lines)


def _share(some: int, of: int) -> str:
    """Return a part of so many, with its 95 % interval."""
    low, high = (100 * bound for bound in figures.wilson(some, of))
    return f"{some / of:.1%} ({low:.1f}–{high:.1f})"


def _first_number(part: str) -> tuple[int, str]:
    number = re.match(r"\d+", part)
    return (int(number[0]) if number else 0, part)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    parser.add_argument("data", type=Path, help="the labelled photos")
    parser.add_argument("--variant", default="int8", help="which file")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except WhatsitError as error:
        sys.exit(str(error))
