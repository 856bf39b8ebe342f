"""The parts of the program that take a while to load, loaded on a thread."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable


def load(modules: Iterable[str]) -> Generator[str, None, None]:
    """Import these and yield their names; whoever imports them after that does not wait."""
    for one in modules:
        importlib.import_module(one)
        yield one
