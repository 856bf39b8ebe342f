"""What was measured of a bundle's int8 file, put into its card: the test photos, its labels, its unknowns.

    python benchmarks/measured.py models/cats-dogs

From `results/accuracy-NAME.json` and `results/novelty-NAME.json`, which must be of this very bundle. Beside
what int8 did on the test photos stands what fp32 did on them, so that a reader sees what 8 bits cost.
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
from whatsit.manifest import first_problem
from whatsit.verdict import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whatsit.bundle import Bundle
    from whatsit.evaluation import Answers, Told
    from whatsit.figures import ClassFigures, Figures, Interval

RESULTS = Path(__file__).parent / "results"
_TWO = 2
_MOST = 10  # labels or mistakes that are named


class OfSet(BaseModel):
    """What the two files did on one set of photos."""

    fp32: Report
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
    found = sets["test"]
    for one in (found.fp32, found.int8):
        _same(bundle, one.bundle_sha256, "accuracy")
    novelty = _read(bundle, "novelty", Novelty)
    _same(bundle, novelty.bundle, "novelty")
    text = "\n".join([*_test(found), "", *_labels(found.int8), "", *_unknown(novelty)])
    card_part.put(bundle.folder / "README.md", "measured", "What its int8 file did, measured", text)


def _read(bundle: Bundle, kind: str, record: type[Read]) -> Read:
    file = _file(bundle, kind)
    hint = f"Run benchmarks/{kind}.py again."
    try:
        return record.model_validate_json(file.read_bytes())
    except OSError as error:
        raise DataError(f"the figures cannot be read ({error.strerror}).", hint=hint, path=file) from None
    except ValidationError as error:
        what = f"these figures are not as benchmarks/{kind}.py writes them today ({first_problem(error)})."
        raise DataError(what, hint=hint, path=file) from None


def _file(bundle: Bundle, kind: str) -> Path:
    return RESULTS / f"{kind}-{bundle.manifest.name}.json"


def _same(bundle: Bundle, sha256: str, kind: str) -> None:
    if sha256 != bundle.sha256:
        hint = f"Run benchmarks/{kind}.py again."
        raise DataError("these are the figures of another bundle.", hint=hint, path=_file(bundle, kind))


def _test(found: OfSet) -> Iterator[str]:
    fp32 = _figures(found.fp32)
    photos, head = found.int8.figures.photos, "| figure | int8 | fp32 |"
    yield f"On its {photos:,} test photos, by `whatsit evaluate`, with 95 % intervals in brackets; what fp32"
    yield from ("did on the same photos shows what 8 bits cost:", "", head, "|---" * 3 + "|")
    yield from (f"| {name} | {value} | {fp32[name]} |" for name, value in _figures(found.int8).items())


def _figures(found: Report) -> dict[str, str]:
    """Return what there is to say of one file, by what it is about."""
    figures = found.figures
    low, high = figures.log_loss95
    said = {
        "most likely label right": _part(figures.accuracy, figures.interval95),
        "the same, every label counting alike": _part(figures.balanced_accuracy, figures.balanced_accuracy95),
    }
    if len(figures.classes) > _MOST:
        said["right label among the best five"] = _part(figures.top5, figures.top5_95)
    said["log loss"] = f"{figures.log_loss:.4f} ({low:.4f}–{high:.4f})"
    if found.reliability:
        chance, gained = found.reliability.error_by_chance, found.reliability.gained_by_refitting
        said["calibration error, 15 bins of as many photos"] = f"{found.reliability.error:.5f}"
        said["the error that perfectly true confidences exceed one time in twenty"] = f"{chance:.5f}"
        said["log loss that a temperature fitted here would gain"] = f"{gained:.5f}"
    return said | _answers(found.answers, figures)


def _answers(answers: Answers, figures: Figures) -> dict[str, str]:
    photos = figures.photos
    said = {
        "answered by default, of all photos": _part(answers.answered.photos / photos, answers.answered95),
        "wrong, of those answered": _wrong(answers.answered),
        "*not sure*, of all photos": _part(answers.not_sure / photos, answers.not_sure95),
        "*unknown*, of all photos": _part(answers.unknown / photos, answers.unknown95),
    }
    if len(figures.classes) > _TWO:  # of two both are named
        lists, groups = answers.lists, answers.groups
        said["short lists, of all photos"] = f"{lists.photos / photos:.2%}, {answers.listed:.1f} labels each"
        said["wrong, of these lists"] = _wrong(lists)
        said["groups said, of all photos"] = f"{groups.photos / photos:.2%}"
        said["wrong, of these groups"] = _wrong(groups)
        said["neither list nor group, of all photos"] = f"{answers.neither / photos:.2%}"
    return said


def _wrong(told: Told) -> str:
    return _part(told.wrong / told.photos, told.wrong95) if told.photos else "–"


def _part(part: float, interval: Interval) -> str:
    """Return a part with its interval."""
    low, high = (f"{100 * bound:.2f}" for bound in interval)
    return f"{part:.2%} ({low}–{high})"


def _labels(found: Report) -> Iterator[str]:
    classes, mistakes = found.figures.classes, found.figures.mistakes
    head = "Of each label" if len(classes) <= _MOST else f"Of the {_MOST} labels that are found least often"
    yield from (f"{head}:", "", "| label | photos | most likely label right |", "| --- | --- | --- |")
    ordered = sorted(classes, key=_found)
    yield from (f"| {one.label} | {one.photos:,} | {_found(one):.1%} |" for one in ordered[:_MOST])
    if others := ordered[_MOST:]:
        counts, parts = [one.photos for one in others], [f"{one.label} {_found(one):.0%}" for one in others]
        yield from ("", f"The others, of {min(counts)} to {max(counts)} photos each: {', '.join(parts)}.")
    if mistakes:
        named = [f"{one.label} for {one.taken_for} ({one.photos})" for one in mistakes[:_MOST]]
        yield from ("", f"Most often mistaken, the right label first: {'; '.join(named)}.")


def _found(one: ClassFigures) -> float:
    """Return the part of a label's photos that are right."""
    return one.right / max(one.photos, 1)


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
    alike = small["known"]["int8 unknown"]
    yield from ("", f"Of the known ones squashed alike {alike:.1%} are called unknown.")


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
