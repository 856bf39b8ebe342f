"""What a threshold brings, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from desktop.language import tr
from desktop.state.words import number, percent
from whatsit.decisions import MOST_CANDIDATES, Status

if TYPE_CHECKING:
    from whatsit.decisions import Answer
    from whatsit.manifest import Decision, OperatingPoint, ShortList


def promise(point: OperatingPoint) -> str:
    """Return what a threshold brings on photos like those that it was measured on."""
    said = tr("At most {wrong} wrong · {aside} set aside")
    return said.format(wrong=in_hundred(point.wrong_at_most), aside=_about(point.set_aside))


def promise_in_full(point: OperatingPoint, decision: Decision) -> str:
    """Return what a threshold brings, on what, and how sure that is."""
    return tr(
        "With answers from {percent} on: at most {wrong} wrong, {aside} set aside, on photos like the "
        "{count} that this was measured on (with 95 % confidence). Your photos may be different."
    ).format(
        percent=percent(point.threshold), wrong=in_hundred(point.wrong_at_most),
        aside=_about(point.set_aside), count=number(decision.photos),
    )  # fmt: skip


def no_promise(decision: Decision) -> str:
    """Return why the threshold of a model cannot be moved."""
    if not decision.calibrated:
        return tr("Not calibrated: how often it is wrong was never measured")
    return tr("This model says nothing of other thresholds")


def listed(answer: Answer | None, short_list: ShortList | None) -> str:
    """Return how often the right label is on such a short list; nothing without one, or with all on it."""
    if answer is None or short_list is None or not answer.listed:
        return ""
    if answer.status is not Status.NOT_SURE or answer.listed == len(answer.candidates) < MOST_CANDIDATES:
        return ""
    names = [one.label for one in answer.candidates[: answer.listed]]
    said = tr("The right one is {labels} for {count} in 100 photos that get such a list.")
    share = math.floor(short_list.coverage * 100)
    return said.format(labels=tr(" or ").join(names), count=share)


def in_hundred(part: float) -> str:
    """Return a bound as so many in a hundred or a thousand, never less than it is."""
    thousandths = math.ceil(round(part * 1000, 6))
    if thousandths >= 100 or thousandths % 10 == 0:  # noqa: PLR2004 - a tenth, from where on hundredths do
        return tr("{count} in 100").format(count=max(1, math.ceil(thousandths / 10)))
    return tr("{count} in 1,000").format(count=thousandths)


def _about(part: float) -> str:
    return tr("{count} in 100").format(count=round(part * 100)) if part >= 0.005 else tr("none")  # noqa: PLR2004 - rounds to 0
