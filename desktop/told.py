"""What the ground floor says, in the window's language.

The ground floor speaks English, on the terminal and in its journals. Its messages are templates here, as in
any catalogue; what stands in their places is found in the message, and may be a message itself.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.language import look_up, speaks_english, tr
from whatsit import files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whatsit.errors import WhatsitError


@dataclass(frozen=True, slots=True)
class _Template:
    text: str
    literals: tuple[str, ...]
    names: tuple[str, ...]

    def values(self, said: str) -> dict[str, str] | None:
        """Return what stands in a message's places, None where it is another message."""
        first, *between, last = self.literals
        if len(said) < len(first) + len(last) or not (said.startswith(first) and said.endswith(last)):
            return None
        place, end, found = len(first), len(said) - len(last), []
        for literal in between:
            there = said.find(literal, place, end)
            if there < 0:
                return None
            found.append(said[place:there])
            place = there + len(literal)
        values = [*found, said[place:end]]
        return dict(zip(self.names, values, strict=True)) if all(values) else None


def told(text: str) -> str:
    """Return a message of the ground floor in the window's language; what is no message, as it is."""
    if speaks_english() or not text:
        return text
    core = text.removesuffix(".")
    said = _said(core)
    if said is None and "; " in core:
        said = tr("; ").join(told(part) for part in core.split("; "))
    if said is None:
        return text
    return said if core == text else tr("{sentence}.").format(sentence=said)


def told_whole(error: WhatsitError) -> str:
    """Return all that an error says: which file, what happened, how to go on."""
    where = f"{files.shown(error.path)}: " if error.path else ""
    return f"{where}{told(error.what)} {told(error.hint)}".strip()


def _said(text: str) -> str | None:
    plain, templates = _catalogue()
    if text in plain:
        return look_up(text)
    for one in templates:
        values = one.values(text)
        if values is not None:
            return look_up(one.text).format(**{name: told(value) for name, value in values.items()})
    return None


@functools.cache
def _catalogue() -> tuple[frozenset[str], Sequence[_Template]]:
    """Return the messages without places, and those with places, what is most alike first."""
    from desktop.messages import certificates, models, photos, sorting  # noqa: PLC0415 - wanted in few windows

    messages = (*photos.MESSAGES, *models.MESSAGES, *sorting.MESSAGES, *certificates.MESSAGES)
    parts = {one: re.split(r"\{(\w+)\}", one) for one in messages}
    templates = [
        _Template(one, tuple(some[::2]), tuple(some[1::2])) for one, some in parts.items() if some[1:]
    ]
    templates.sort(key=lambda one: -sum(map(len, one.literals)))
    return frozenset(one for one, some in parts.items() if not some[1:]), templates
