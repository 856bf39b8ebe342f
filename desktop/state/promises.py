"""What a threshold brings, in words."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from desktop.state.words import number, percent

if TYPE_CHECKING:
    from whatsit.manifest import Decision, OperatingPoint


def promise(point: OperatingPoint) -> str:
    """Return what a threshold brings on photos like those that it was measured on."""
    return f"At most {in_hundred(point.wrong_at_most)} wrong · {_about(point.set_aside)} set aside"


def promise_in_full(point: OperatingPoint, decision: Decision) -> str:
    """Return what a threshold brings, on what, and how sure that is."""
    return (
        f"With answers from {percent(point.threshold)} on: {promise(point).lower().replace(' · ', ', ')}, "
        f"on photos like the {number(decision.photos)} that this was measured on (with 95 % confidence). "
        "Your photos may be different."
    )


def no_promise(decision: Decision) -> str:
    """Return why the threshold of a model cannot be moved."""
    if not decision.calibrated:
        return "Not calibrated: how often it is wrong was never measured"
    return "This model says nothing of other thresholds"


def in_hundred(part: float) -> str:
    """Return a bound as so many in a hundred or a thousand, never less than it is."""
    thousandths = math.ceil(round(part * 1000, 6))
    if thousandths >= 100 or thousandths % 10 == 0:  # noqa: PLR2004 - a tenth, from where on hundredths do
        return f"{max(1, math.ceil(thousandths / 10))} in 100"
    return f"{thousandths} in 1,000"


def _about(part: float) -> str:
    return f"{round(part * 100)} in 100" if part >= 0.005 else "none"  # noqa: PLR2004 - rounds to 0
