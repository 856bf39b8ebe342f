"""What was measured of a bundle's int8 file, put into its card: the test photos, its labels, its unknowns.

    python benchmarks/measured.py models/cats-dogs

From `results/accuracy-NAME.json` and `results/novelty-NAME.json`, which must be of this very bundle.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import card_part
from pydantic import BaseModel, ValidationError

from whatsit import bundle as bundles
from whatsit.errors import DataError, WhatsitError
from whatsit.verdict import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whatsit.bundle import Bundle
    from whatsit.evaluation import Told

RESULTS = Path(__file__).parent / "results"
_TWO = 2
_MOST = 10  # labels or mistakes that are named


class OfSet(BaseModel):
    """What the int8 file did on one set of photos."""

    int8: Report


class Accuracy(BaseModel):
    """What `accuracy.py` wrote."""

    sets: dict[str, OfSet]


class Novelty(BaseModel):
    """What `novelty.py` wrote: by the way of looking and the set, each figure by its name."""

    bundle: str
    sets: dict[str, dict[str, dict[str, float]]]


Read = TypeVar("Read", Accuracy, Novelty)


def main() -> None:
    """Fill the part of a bundle's card."""
    bundle = bundles.read(_arguments().bundle)
    sets = _read(bundle, "accuracy", Accuracy).sets
    if "test" not in sets:
        raise DataError("accuracy was measured on no set called test.", path=_file(bundle, "accuracy"))
    found = sets["test"].int8
    _same(bundle, found.bundle_sha256, "accuracy")
    novelty = _read(bundle, "novelty", Novelty)
    _same(bundle, novelty.bundle, "novelty")
    text = "\n".join([*_test(found), "", *_labels(found), "", *_unknown(novelty)])
    card_part.put(bundle.folder / "README.md", "measured", "What its int8 file did, measured", text)


def _read(bundle: Bundle, kind: str, record: type[Read]) -> Read:
    file = _file(bundle, kind)
    try:
        return record.model_validate_json(file.read_bytes())
    except (OSError, ValidationError) as error:
        reason, hint = str(error).splitlines()[0], f"Run benchmarks/{kind}.py first."
        raise DataError(f"the figures cannot be read ({reason}).", hint=hint, path=file) from None


def _file(bundle: Bundle, kind: str) -> Path:
    return RESULTS / f"{kind}-{bundle.manifest.name}.json"


def _same(bundle: Bundle, sha256: str, kind: str) -> None:
    if sha256 != bundle.sha256:
        hint = f"Run benchmarks/{kind}.py first."
        raise DataError("these are the figures of another bundle.", hint=hint, path=_file(bundle, kind))


def _test(found: Report) -> Iterator[str]:
    figures, answers = found.figures, found.answers
    low, high = (f"{100 * bound:.2f}" for bound in figures.interval95)
    recalls = [one.right / one.photos for one in figures.classes if one.photos]
    yield from ("On its test photos, by `whatsit evaluate`:", "", "| figure | value |", "| --- | --- |")
    yield f"| most likely label right | {figures.accuracy:.2%} ({low}–{high}) of {figures.photos:,} |"
    yield f"| the same, every label counting alike | {sum(recalls) / len(recalls):.2%} |"
    if len(figures.classes) > _MOST:
        yield f"| right label among the best five | {figures.top5:.2%} |"
    yield f"| log loss | {figures.log_loss:.4f} |"
    if found.reliability:
        chance, gained = found.reliability.error_by_chance, found.reliability.gained_by_refitting
        yield f"| calibration error, 15 bins of as many photos | {found.reliability.error:.5f} |"
        yield f"| the error that perfectly true confidences exceed one time in twenty | {chance:.5f} |"
        yield f"| log loss that a temperature fitted here would gain | {gained:.5f} |"
    yield f"| answered by default | {_told(answers.answered, figures.photos)} |"
    if len(figures.classes) > _TWO:  # of two both are named
        lists = _told(answers.lists, figures.photos)
        yield f"| short lists | {lists}; {answers.listed:.1f} labels each |"
        yield f"| groups said | {_told(answers.groups, figures.photos)} |"


def _told(told: Told, photos: int) -> str:
    if not told.photos:
        return "none"
    low, high = (f"{100 * bound:.2f}" for bound in told.wrong95)
    return (
        f"{told.photos / photos:.1%} of photos, {told.wrong / told.photos:.2%} ({low}–{high}) of these wrong"
    )


def _labels(found: Report) -> Iterator[str]:
    classes, mistakes = found.figures.classes, found.figures.mistakes
    few = len(classes) <= _MOST
    head = "Of each label" if few else f"Of the {_MOST} labels that are found least often"
    yield from (f"{head}:", "", "| label | photos | most likely label right |", "| --- | --- | --- |")
    for one in sorted(classes, key=lambda one: one.right / max(one.photos, 1))[:_MOST]:
        yield f"| {one.label} | {one.photos:,} | {one.right / max(one.photos, 1):.1%} |"
    if not few and mistakes:
        named = [f"{one.label} for {one.taken_for} ({one.photos})" for one in mistakes[:_MOST]]
        yield from ("", f"Most often mistaken: {'; '.join(named)}.")


def _unknown(found: Novelty) -> Iterator[str]:
    as_is, small = found.sets["as they are"], found.sets["squashed alike"]
    known = as_is["known"]
    yield f"How `novelty` tells other pictures from {known['pictures']:.0f} known ones, as the area under the"
    yield "ROC curve: as they are, and all squashed to 200×200 and saved as JPEGs of one quality; which part"
    yield "is called unknown as it is, and how often fp32 and int8 agree on that. Rows with – are of what it"
    yield "knows."
    yield from (
        "",
        "| pictures | as they are | squashed alike | unknown | fp32 and int8 agree |",
        "|---" * 5 + "|",
    )
    for name, row in as_is.items():
        apart = [f"{one['int8 auroc']:.3f}" if "int8 auroc" in one else "–" for one in (row, small[name])]
        yield f"| {name} | {apart[0]} | {apart[1]} | {row['int8 unknown']:.1%} | {row['same_verdict']:.1%} |"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundle", type=Path, help="the bundle's folder")
    return parser.parse_args()


if __name__ == "__main__":
    try:
        main()
    except WhatsitError as error:
        sys.exit(str(error))
