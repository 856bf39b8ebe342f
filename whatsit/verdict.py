"""What `evaluate` says of a model: facts for people, a record for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatsit import files
from whatsit.evaluation import Answers, Evaluation, FailedPhoto, Figures, Told
from whatsit.manifest import Record
from whatsit.paired import Paired
from whatsit.reliability import Reliability

if TYPE_CHECKING:
    from whatsit.classifier import Classifier
    from whatsit.figures import Interval, Mistake

_TWO = 2
_MISTAKES = 5


class Report(Record):
    """What `evaluate --json` writes."""

    model: str
    bundle_sha256: str
    variant: str
    device: str
    split: str
    figures: Figures
    reliability: Reliability | None
    answers: Answers
    failed: tuple[FailedPhoto, ...]
    paired: Paired | None


def report(found: Evaluation, pair: Paired | None, classifier: Classifier, split: str) -> Report:
    """Return the record of an evaluation."""
    return Report(
        model=classifier.bundle.manifest.name,
        bundle_sha256=classifier.bundle.sha256,
        variant=classifier.variant,
        device=classifier.device.name,
        split=split,
        figures=found.figures,
        reliability=found.reliability,
        answers=found.answers,
        failed=found.failed,
        paired=pair,
    )


def facts(found: Evaluation, pair: Paired | None, classifier: Classifier) -> dict[str, str]:
    """Return what there is to say, by what it is about."""
    figures = found.figures
    low, high = figures.log_loss95
    said = {
        "Model": f"{classifier.bundle.manifest.name}, {classifier.variant} on {classifier.device.name}",
        "Photos": f"{figures.photos:,}",
        "Right": f"{figures.right:,} = {_within(figures.accuracy, figures.interval95)}",
        "Log loss": f"{figures.log_loss:.4f} (95 %: {low:.4f} to {high:.4f})",
        **(_reliability_facts(found.reliability) if found.reliability else {}),
        **_answers_facts(found.answers, figures),
    }
    if len(figures.classes) > _TWO:
        said["Among the best five"] = _within(figures.top5, figures.top5_95)
        said["Most often mistaken"] = "; ".join(map(_mistake, figures.mistakes[:_MISTAKES])) or "none"
    for one in figures.classes:
        said[files.shown(one.label)] = f"{one.right:,} of {one.photos:,} right"
    if found.failed:
        said["Failed, so wrong"] = f"{found.answers.failed:,}"
    return said | (_paired_facts(pair) if pair else {})


def _answers_facts(answers: Answers, figures: Figures) -> dict[str, str]:
    photos, many = figures.photos, len(figures.classes) > _TWO  # of two both are named
    helped = (
        f" ({answers.lists.photos:,} with a short list, {answers.groups.photos:,} with a group, "
        f"{answers.neither:,} with neither)"
    )
    said = {
        "Answered": _told(answers.answered),
        "Set aside": f"{answers.not_sure:,} not sure{helped if many else ''}, {answers.unknown:,} unknown",
        "Part answered": _within(answers.answered.photos / photos, answers.answered95),
        "Part not sure": _within(answers.not_sure / photos, answers.not_sure95),
        "Part unknown": _within(answers.unknown / photos, answers.unknown95),
    }
    if many:
        said["Short lists"] = f"{_told(answers.lists)}; {answers.listed:.1f} labels each"
        said["Groups said"] = _told(answers.groups)
    return said


def _mistake(one: Mistake) -> str:
    return f"{files.shown(one.label)} for {files.shown(one.taken_for)} ({one.photos:,})"


def _reliability_facts(found: Reliability) -> dict[str, str]:
    chance, gained = found.error_by_chance, found.gained_by_refitting
    return {
        "Calibration error": f"{found.error:.4f} (true confidences would show up to {chance:.4f})",
        "Temperature": f"fitted on these photos it would take {gained:.4f} off the log loss",
    }


def _told(told: Told) -> str:
    if not told.photos:
        return "none"
    wrong = _within(told.wrong / told.photos, told.wrong95)
    return f"{told.photos:,}, {told.wrong:,} of them wrong = {wrong}"


def _within(part: float, interval: Interval) -> str:
    """Return a part with its interval."""
    low, high = interval
    return f"{part:.2%} (95 %: {low:.2%} to {high:.2%})"


def _paired_facts(pair: Paired) -> dict[str, str]:
    low, high = (100 * bound for bound in pair.interval95)
    apart = ", ".join(f"{name} {value:.2g}" for name, value in pair.largest_differences.items())
    return {
        "Against the other": f"{100 * pair.difference:+.2f} points (95 %: {low:+.2f} to {high:+.2f})",
        "Same answer": f"{pair.same_answers:,} of {pair.photos:,}",
        "Only this right": f"{pair.only_first_right:,}; only the other right {pair.only_second_right:,}",
        "Largest difference": apart,
    }
