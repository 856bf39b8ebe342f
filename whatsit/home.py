"""Where Whatsit keeps its state: where the platform wants it, or all of it under WHATSIT_HOME."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from whatsit import files

_NAME = "whatsit"


def data() -> Path:
    """Return the folder of the user's own bundles."""
    return _own("data") or platformdirs.user_data_path(_NAME, appauthor=False)


def state() -> Path:
    """Return the folder of journals and logs."""
    return _own("state") or platformdirs.user_state_path(_NAME, appauthor=False)


def cache() -> Path:
    """Return the folder of what can be made again."""
    return _own("cache") or platformdirs.user_cache_path(_NAME, appauthor=False)


def config() -> Path:
    """Return the folder of settings."""
    return _own("config") or platformdirs.user_config_path(_NAME, appauthor=False)


def _own(kind: str) -> Path | None:
    chosen = os.environ.get("WHATSIT_HOME")
    return Path(chosen).expanduser().absolute() / kind if chosen else None


def shown(path: Path) -> str:
    """Return a path to show to others: the user's home, whose name is private, as ~."""
    chosen = os.environ.get("WHATSIT_HOME")
    for private, word in ((chosen, "$WHATSIT_HOME"), (os.path.expanduser("~"), "~")):  # noqa: PTH111 - may be no path
        if private and path.is_relative_to(Path(private).expanduser().absolute()):
            return f"{word}/{files.shown(path.relative_to(Path(private).expanduser().absolute()))}"
    return files.shown(path)
