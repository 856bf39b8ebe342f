"""Names that every disk can hold and that never meet, neither by case nor by Unicode form nor by length."""

from __future__ import annotations

import itertools
import os
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MOST_BYTES: Final = 255
_MOST_FOLDER_BYTES: Final = 120  # a label may be long; the way to its photos must not be
_ILLEGAL: Final = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]')
# What Windows takes for a device, whatever its ending.
_DEVICES: Final = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE)


def key(name: str) -> str:
    """Return what two names share that are one on a disk that ignores case or Unicode's forms."""
    folded = unicodedata.normalize("NFD", name).casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", folded).casefold())


def portable(name: str) -> str:
    """Return a name that Windows, macOS and a memory card can hold; the same one where it is such already."""
    legal = _ILLEGAL.sub("-", os.fsencode(name).decode("utf-8", "replace"))
    legal = unicodedata.normalize("NFC", legal).rstrip(". ")
    if device := _DEVICES.match(legal):
        legal = f"{device[1]}_{legal[device.end(1) :]}"
    return legal or "_"


def of_label(label: str) -> str:
    """Return the folder's name for a label: portable, not hidden, and none of Whatsit's own `_…`."""
    name = portable(label).lstrip() or "_"
    if name.startswith((".", "_", "~")):
        name = f"label {name}"
    return cut(name, _MOST_FOLDER_BYTES).rstrip(". ")


def of_labels(labels: Iterable[str]) -> dict[str, str]:
    """Return a folder's name for each label, no two the same on any disk."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for label in sorted(set(labels), key=lambda one: (of_label(one) != one, one)):
        own = of_label(label)
        name = next(one for one in itertools.chain([own], numbered(own, [""])) if key(one) not in taken)
        names[label] = name
        taken.add(key(name))
    return names


def numbered(stem: str, endings: Sequence[str], most: int = MOST_BYTES) -> Iterator[str]:
    """Yield "stem (2)", "stem (3)", …, each short enough to take the longest of the endings."""
    room = most - max(len(os.fsencode(ending)) for ending in endings)
    for number in itertools.count(2):
        mark = f" ({number})"
        yield cut(stem, room - len(mark)) + mark


def cut(name: str, most: int) -> str:
    """Return the beginning of a name in at most so many bytes, no letter torn in two."""
    if len(os.fsencode(name)) <= most:
        return name
    kept = name[:most]
    while len(os.fsencode(kept)) > most:
        kept = kept[:-1]
    while kept and unicodedata.combining(name[len(kept)]):  # a letter keeps its accents or goes with them
        kept = kept[:-1]
    return kept.rstrip()
