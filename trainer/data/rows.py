"""What is known of photos before one is opened: their paths, labels, splits and groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.run import Split


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled photo: its path below the folder, and its split and group where these are given."""

    path: str
    label: str
    split: Split | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class Stray:
    """Something that a folder holds or names and that is no labelled photo, and why."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Layout:
    """What was found in a folder: its form in words, its rows below `place`, every class, and the strays."""

    form: str
    place: Path
    rows: tuple[Row, ...]
    classes: tuple[str, ...] = ()
    strays: tuple[Stray, ...] = ()
