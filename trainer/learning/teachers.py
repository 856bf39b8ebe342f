"""Finding the run that teaches a student."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whatsit import run as runs
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def find(recipe: str, among: Path, labels: Sequence[str]) -> Path | None:
    """Return the newest finished run of a recipe, with these labels, in a folder of runs."""
    found = [place for place in _runs(among) if _teaches(place, recipe, labels)]
    return max(found, key=lambda place: (place / runs.MODEL_FILE).stat().st_mtime, default=None)


def _runs(among: Path) -> list[Path]:
    places = sorted(among.iterdir()) if among.is_dir() else []
    return [place for place in places if (place / runs.RUN_FILE).is_file()]


def _teaches(place: Path, recipe: str, labels: Sequence[str]) -> bool:
    try:
        run = runs.read(place)
    except RunError:
        return False  # a damaged run is none
    same = [label.name for label in run.info.labels] == list(labels)
    return run.finished and run.info.recipe == recipe and same
