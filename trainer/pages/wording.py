"""Figures in words: parts as percent, times as hours and minutes."""

from __future__ import annotations


def percent(part: float, digits: int = 2) -> str:
    """Return a part of one as percent, never rounded up to all or down to nothing."""
    least = 10.0**-digits
    shown = 100 * part
    if 0 < part < 1:
        shown = min(max(shown, least), 100 - least)
    return f"{shown:.{digits}f} %"


def duration(seconds: float) -> str:
    """Return a time as hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {rest} s" if minutes else f"{rest} s"
