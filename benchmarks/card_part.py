"""A measured part of a bundle's card, between two marks, written anew at each measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatsit import files

if TYPE_CHECKING:
    from pathlib import Path


def put(card: Path, mark: str, title: str, text: str) -> None:
    """Put a section into the card, in the place of the one with the same mark, else at its end."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    whole = card.read_text(encoding="utf-8")
    part = f"{begin}\n## {title}\n\n{text}\n\n{end}\n"  # a row of Qt's tables goes on until a blank line
    before, found, rest = whole.partition(begin)
    after = rest.partition(end)[2].lstrip() if found else ""
    files.write_text(card, f"{before.rstrip()}\n\n{part}" + (f"\n{after}" if after else ""))
