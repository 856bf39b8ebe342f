"""What the window says, as plain text: names, figures and sentences of answers."""

from __future__ import annotations

import html
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from desktop.language import tr
from desktop.state.orders import Order
from whatsit import files, reviews
from whatsit.decisions import NOT_CALIBRATED, Status

if TYPE_CHECKING:
    from collections import Counter

    from desktop.state.photo_model import Card
    from desktop.work.facts import Facts
    from whatsit.decisions import Answer, Candidate

STATUS: Final = {
    Status.ANSWERED: "Answered",
    Status.NOT_SURE: "Not sure",
    Status.UNKNOWN: "Unknown",
    Status.FAILED: "Failed",
    Status.SKIPPED: "Skipped",
}
ORDER: Final = {
    Order.FOUND: "As found",
    Order.NAME: "By name",
    Order.UNSURE_FIRST: "Unsure first",
    Order.SURE_FIRST: "Sure first",
    Order.NEWEST: "Newest first",
    Order.OLDEST: "Oldest first",
    Order.LIKENESS: "More like this",
}
NOT_KEPT: Final = "Your label could not be kept"
NO_SAMPLE: Final = (
    "Photos that were looked at because the model was unsure are no sample: they say nothing of how often it "
    "is right."
)
WAITING: Final = "Waiting"
PAUSE: Final = {True: "Pause", False: "Go on"}  # by whether there is work to be paused
_NOT_MEASURED: Final = "The model's best label. How often such answers are right was never measured."
_NO_NUMBERS: Final = "Not sure: what the model gives for this photo are no numbers."
_MOST_IN_HEADING = 2  # more candidates than this are counted, not listed


def capital(text: str) -> str:
    """Return text with a capital first letter and the others as they are."""
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """Return a whole number with its thousands apart."""
    return f"{value:,.0f}"


def percent(confidence: float) -> str:
    """Return a probability as a percentage that never claims to be certain."""
    if confidence >= 0.995:  # noqa: PLR2004 - rounds to 100
        return ">99%"
    if confidence < 0.005:  # noqa: PLR2004 - rounds to 0
        return "<1%"
    return f"{confidence * 100:.0f}%"


def size(amount: int) -> str:
    """Return a number of bytes as a person says it."""
    if amount < 1000:  # noqa: PLR2004 - a kilobyte
        return f"{amount} bytes"
    if amount < 999_500:  # noqa: PLR2004 - rounds to a megabyte
        return f"{amount / 1e3:.0f} KB"
    return f"{amount / 1e6:.1f} MB"


def place(path: Path) -> str:
    """Return where something is, with the person's own folder as ~."""
    home = Path.home()
    inside = path.is_relative_to(home) and path != home
    return f"~/{files.shown(path.relative_to(home))}" if inside else files.shown(path)


def duration(seconds: float) -> str:
    """Return a time span in its largest fitting unit."""
    if seconds < 90:  # noqa: PLR2004 - two minutes are said from a minute and a half on
        return _counted(max(1, round(seconds)), "second")
    if seconds < 90 * 60:
        return _counted(round(seconds / 60), "minute")
    return _counted(round(seconds / 3600), "hour")


def changed(mtime_ns: int) -> str:
    """Return when a file was changed last; nothing where that is not known."""
    if not mtime_ns:
        return ""
    when = datetime.fromtimestamp(mtime_ns / 1e9).astimezone()
    return tr("Changed {when}").format(when=when.strftime("%Y-%m-%d %H:%M"))


def taken(facts: Facts) -> str:
    """Return when a photo was taken and by what; nothing where its file does not say."""
    when = tr("Taken {when}").format(when=facts.taken) if facts.taken else ""
    return " · ".join(part for part in (when, facts.camera) if part)


def photos(amount: int) -> str:
    """Return how many photos."""
    return _counted(amount, "photo")


def open_things(amount: int) -> str:
    """Return how many files and folders are open."""
    return f"{amount} files and folders"


def heading(answer: Answer | None) -> str:
    """Return an answer in a word or two: a label, a question, or what became of the photo."""
    if answer is None:
        return WAITING
    if answer.status is Status.ANSWERED:
        return capital(answer.label)
    if answer.group and answer.status is Status.NOT_SURE:
        return f"{capital(answer.group)}, not sure which"
    if answer.listed:
        names = [one.label for one in answer.candidates[: answer.listed]]
        if len(names) > _MOST_IN_HEADING:
            return f"{capital(names[0])} or {len(names) - 1} others?"
        return f"{capital(' or '.join(names))}?"
    return STATUS[answer.status]


def figure(answer: Answer) -> str:
    """Return how sure an answer is as a percentage, where that was measured; nothing without a label."""
    if answer.status is not Status.ANSWERED or answer.confidence is None:
        return ""
    return percent(answer.confidence) if answer.calibrated else NOT_CALIBRATED


def sureness(answer: Answer | None) -> str:
    """Return in words how sure an answer is, nothing where there is no label."""
    said = figure(answer) if answer else ""
    return f"{said} sure" if said and answer and answer.calibrated else said


def sentence(answer: Answer | None, threshold: float | None) -> str:
    """Return in a sentence why a photo has no label, or no percentage; nothing when it has both."""
    if answer is None:
        return ""
    if answer.status is Status.ANSWERED:
        return "" if answer.calibrated else _NOT_MEASURED
    if answer.status is Status.NOT_SURE and answer.candidates:
        return _not_sure(answer.candidates[0], threshold) if answer.calibrated else _NO_NUMBERS
    if answer.status is Status.UNKNOWN:
        reason = answer.reason or "unlike everything it was taught"
        return f"{capital(reason)}: none of the labels fits well enough to say."
    return f"{capital(answer.reason)}." if answer.reason else ""


def ranked_spoken(answer: Answer) -> str:
    """Return the ranked labels as a screen reader says them."""
    if not answer.calibrated:
        return ", ".join([*(one.label for one in answer.candidates), NOT_CALIBRATED])
    return ", ".join(f"{one.label} {percent(one.confidence)}" for one in answer.candidates)


def title(card: Card) -> str:
    """Return what is on a photo in a word or two: a person's word, else what the models say."""
    return said_label(card.said.label) if card.said else full_heading(card.answer)


def full_heading(answer: Answer | None) -> str:
    """Return an answer in a word or two, with the next model's where one was asked."""
    said = heading(answer)
    return f"{said} · {heading(answer.then.answer)}" if answer and answer.then else said


def then_sentence(answer: Answer | None) -> str:
    """Return in a sentence what the next model says; nothing where none was asked."""
    if answer is None or answer.then is None:
        return ""
    then = answer.then.answer
    sure = sureness(then)
    said = f"Looks most like {then.label}" if then.status is Status.ANSWERED else heading(then)
    return f"{said}{sure and f', {sure}'} ({answer.then.model})"


def said_label(label: str) -> str:
    """Return a person's label."""
    return STATUS[Status.UNKNOWN] if label == reviews.UNKNOWN else capital(label)


def said(card: Card) -> str:
    """Return in a sentence what a person said of a photo beside what the model says; nothing if nothing."""
    if card.said is None:
        return ""
    if card.said.label == card.said.guess:
        return "You agreed."
    return f"You put it right. The model says: {heading(card.answer)}."


def card_spoken(card: Card) -> str:
    """Return a photo's answer and name as a screen reader says them."""
    how = said(card).rstrip(".") if card.said else sureness(card.answer)
    return ", ".join(part for part in (title(card), how, card.photo.name) if part)


def tooltip(card: Card) -> str:
    """Return a photo's name and, where it failed, why; escaped, since tooltips read markup."""
    lines, answer = [card.photo.name], card.answer
    if answer is not None and answer.reason and answer.status in (Status.FAILED, Status.SKIPPED):
        lines.append(f"{STATUS[answer.status]}: {answer.reason}")
    if card.said is not None:
        lines.append(said(card))
    return plain(*lines)


def plain(*lines: str) -> str:
    """Return lines for a place that reads markup, so that they are seen as they are."""
    return "<br>".join(f"<span>{html.escape(line)}</span>" for line in lines)


def summed(counts: Counter[Status]) -> str:
    """Return what became of all photos, as the model has it: the parts add up to what was found."""
    parts = " + ".join(f"{number(counts[one])} {STATUS[one].lower()}" for one in Status)
    return f"{number(sum(counts[one] for one in Status))} found = {parts}"


def speaks_of(count: int) -> str:
    """Return how many photos a label is for, nothing for a single one."""
    return f"For the {photos(count)} that are selected" if count > 1 else ""


def new_label(text: str) -> str:
    """Return the offer to use a word that no model has."""
    return f"“{text}”, a new label"


def _not_sure(best: Candidate, threshold: float | None) -> str:
    said = f"Not sure: the best guess, {best.label}, has"
    if threshold is None:
        return f"{said} {percent(best.confidence)}."
    if percent(best.confidence) == percent(threshold):
        return f"{said} just under the {percent(threshold)} that it takes to answer."
    return f"{said} {percent(best.confidence)}; it takes {percent(threshold)} to answer."


def _counted(amount: int, unit: str) -> str:
    return f"{amount:,} {unit}" + ("" if amount == 1 else "s")
