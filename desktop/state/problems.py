"""What went wrong, in words: an error of the ground floor in the window's language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from desktop.state import spelling
from desktop.told import told
from whatsit import files

if TYPE_CHECKING:
    from whatsit.errors import WhatsitError

_ENDS: Final = ".;\u3002\uff1b"  # of sentences, in Chinese too


def title(error: WhatsitError) -> str:
    """Return what happened, as a title."""
    return spelling.capital(told(error.what).rstrip(_ENDS))


def advice(error: WhatsitError) -> str:
    """Return which file it is about and how to go on, each on a line of its own."""
    where = files.shown(error.path) if error.path else ""
    return "\n".join(part for part in (where, spelling.capital(told(error.hint))) if part)


def lines(error: WhatsitError) -> str:
    """Return what happened, where, and how to go on, each on a line of its own."""
    return "\n".join(part for part in (spelling.capital(told(error.what)), advice(error)) if part)


def line(error: WhatsitError) -> str:
    """Return all of it in one line."""
    where = f"{files.shown(error.path)}: " if error.path else ""
    return f"{where}{spelling.capital(told(error.what))} {told(error.hint)}".strip()
