"""What the window says, as plain text: names, figures and sentences of answers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from desktop.language import figures, model_title, tr
from desktop.state import names
from desktop.state.spelling import capital, plain
from desktop.told import told
from whatsit import reviews
from whatsit.decisions import NOT_CALIBRATED, Status

if TYPE_CHECKING:
    from collections import Counter

    from desktop.state.photo_model import Card
    from desktop.work.facts import Facts
    from whatsit.decisions import Answer, Candidate

_MOST_IN_HEADING = 2  # more candidates than this are counted, not listed


def number(value: float) -> str:
    """Return a whole number with its thousands apart."""
    return figures(f"{value:,.0f}")


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
        return tr("{count} bytes").format(count=amount)
    if amount < 999_500:  # noqa: PLR2004 - rounds to a megabyte
        return tr("{count} KB").format(count=f"{amount / 1e3:.0f}")
    if amount < 999_500_000:  # noqa: PLR2004 - rounds to a gigabyte
        return tr("{count} MB").format(count=figures(f"{amount / 1e6:.1f}"))
    return tr("{count} GB").format(count=figures(f"{amount / 1e9:,.1f}"))


def duration(seconds: float) -> str:
    """Return a time span in its largest fitting unit."""
    if seconds < 90:  # noqa: PLR2004 - two minutes are said from a minute and a half on
        whole = max(1, round(seconds))
        said = tr("1 second") if whole == 1 else tr("{count} seconds", "", whole)
        return said.format(count=number(whole))
    if seconds < 90 * 60:
        whole = round(seconds / 60)
        return tr("{count} minutes", "", whole).format(count=number(whole))
    whole = round(seconds / 3600)
    return tr("{count} hours", "", whole).format(count=number(whole))


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
    said = tr("1 photo") if amount == 1 else tr("{count} photos", "", amount)
    return said.format(count=number(amount))


def open_things(amount: int) -> str:
    """Return how many files and folders are open."""
    return tr("{count} files and folders", "", amount).format(count=number(amount))


def heading(answer: Answer | None) -> str:
    """Return an answer as it is read by itself: of look-alikes the label is what a photo looks most like."""
    if answer is not None and answer.fine_grained and answer.status is Status.ANSWERED:
        return tr("Looks most like {label}").format(label=names.label(answer.label))
    return short_heading(answer)


def short_heading(answer: Answer | None) -> str:
    """Return an answer in a word or two: a label, a question, or what became of the photo."""
    if answer is None:
        return tr("Waiting")
    if answer.status is Status.ANSWERED:
        return capital(names.label(answer.label))
    if answer.group and answer.status is Status.NOT_SURE:
        return tr("{group}, not sure which").format(group=capital(names.label(answer.group)))
    if answer.listed:
        labels = [names.label(one.label) for one in answer.candidates[: answer.listed]]
        if len(labels) > _MOST_IN_HEADING:
            others = len(labels) - 1
            said = tr("{label} or {count} others?", "", others)
            return said.format(label=capital(labels[0]), count=others)
        return tr("{labels}?").format(labels=capital(tr(" or ").join(labels)))
    return names.status(answer.status)


def figure(answer: Answer) -> str:
    """Return how sure an answer is as a percentage, where that was measured; nothing without a label."""
    if answer.status is not Status.ANSWERED or answer.confidence is None:
        return ""
    return percent(answer.confidence) if answer.calibrated else tr("not calibrated")


def sureness(answer: Answer | None) -> str:
    """Return in words how sure an answer is, nothing where there is no label."""
    said = figure(answer) if answer else ""
    return tr("{figure} sure").format(figure=said) if said and answer and answer.calibrated else said


def sentence(answer: Answer | None, threshold: float | None) -> str:
    """Return in a sentence why a photo has no label, or no percentage; nothing when it has both."""
    if answer is None:
        return ""
    if answer.status is Status.ANSWERED:
        return (
            ""
            if answer.calibrated
            else tr("The model's best label. How often such answers are right was never measured.")
        )
    if answer.status is Status.NOT_SURE and answer.candidates:
        if not answer.calibrated:
            return tr("Not sure: what the model gives for this photo are no numbers.")
        return _not_sure(answer.candidates[0], threshold)
    if answer.status is Status.UNKNOWN:
        return tr("Unlike everything it was taught: none of the labels fits well enough to say.")
    return capital(told(f"{answer.reason}.")) if answer.reason else ""


def ranked_spoken(answer: Answer) -> str:
    """Return the ranked labels as a screen reader says them."""
    if not answer.calibrated:
        return ", ".join([*(names.label(one.label) for one in answer.candidates), NOT_CALIBRATED])
    return ", ".join(f"{names.label(one.label)} {percent(one.confidence)}" for one in answer.candidates)


def title(card: Card) -> str:
    """Return what is on a photo: a person's word, else what the models say."""
    return said_label(card.said.label) if card.said else full_heading(card.answer)


def caption(card: Card) -> str:
    """Return what is on a photo where there is little room: of two models' answers the one that says most."""
    return said_label(card.said.label) if card.said else short_heading(furthest(card.answer))


def furthest(answer: Answer | None) -> Answer | None:
    """Return the next model's answer where it names something, else the first's."""
    then = answer.then.answer if answer and answer.then else None
    return then if then and (then.status is Status.ANSWERED or then.listed or then.group) else answer


def full_heading(answer: Answer | None) -> str:
    """Return an answer, with the next model's where one was asked."""
    said = heading(answer)
    return f"{said} · {heading(answer.then.answer)}" if answer and answer.then else said


def then_sentence(answer: Answer | None) -> str:
    """Return in a sentence what the next model says; nothing where none was asked."""
    if answer is None or answer.then is None:
        return ""
    then = answer.then.answer
    sure = sureness(then)
    return f"{heading(then)}{sure and f', {sure}'} ({model_title(answer.then.model)})"


def said_label(label: str) -> str:
    """Return a person's label."""
    return names.status(Status.UNKNOWN) if label == reviews.UNKNOWN else capital(names.label(label))


def said(card: Card) -> str:
    """Return in a sentence what a person said of a photo beside what the model says; nothing if nothing."""
    if card.said is None:
        return ""
    if card.said.label == card.said.guess:
        return tr("You agreed.")
    said = tr("You put it right. The model says: {answer}.").format(answer=heading(card.answer))
    return said.replace("?.", "?").replace("\uff1f。", "\uff1f")  # a guess asks already


def card_spoken(card: Card) -> str:
    """Return a photo's answer and name as a screen reader says them."""
    how = said(card).rstrip(".") if card.said else sureness(card.answer)
    return ", ".join(part for part in (title(card), how, card.photo.name) if part)


def tooltip(card: Card) -> str:
    """Return a photo's name and, where it failed, why; escaped, since tooltips read markup."""
    lines, answer = [card.photo.name], card.answer
    if answer is not None and answer.reason and answer.status in (Status.FAILED, Status.SKIPPED):
        lines.append(f"{names.status(answer.status)}: {told(answer.reason)}")
    if card.said is not None:
        lines.append(said(card))
    return plain(*lines)


def summed(counts: Counter[Status]) -> str:
    """Return what became of all photos, as the model has it: the parts add up to what was found."""
    shape = tr("{count} {state}")  # a part of a sum: 3 unknown
    states = [(number(counts[one]), names.status(one).lower()) for one in Status]
    parts = " + ".join(shape.format(count=count, state=state) for count, state in states)
    total = number(sum(counts[one] for one in Status))
    return tr("{count} found = {parts}").format(count=total, parts=parts)


def speaks_of(count: int) -> str:
    """Return how many photos a label is for, nothing for a single one."""
    return tr("For the {photos} that are selected").format(photos=photos(count)) if count > 1 else ""


def new_label(text: str) -> str:
    """Return the offer to use a word that no model has."""
    return tr("“{text}”, a new label").format(text=text)


def _not_sure(best: Candidate, threshold: float | None) -> str:
    has, takes = percent(best.confidence), "" if threshold is None else percent(threshold)
    if not takes:
        said = tr("Not sure: the best guess, {label}, has {has}.")
    elif has == takes:
        said = tr("Not sure: the best guess, {label}, has just under the {takes} that it takes to answer.")
    else:
        said = tr("Not sure: the best guess, {label}, has {has}; it takes {takes} to answer.")
    return said.format(label=names.label(best.label), has=has, takes=takes)
