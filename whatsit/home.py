"""Where Whatsit keeps its state: where the platform wants it, or all of it under WHATSIT_HOME."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit import files

if TYPE_CHECKING:
    from platformdirs import PlatformDirs

_NAME = "whatsit"


def data() -> Path:
    """Return the folder of the user's own bundles."""
    return _own("data") or _usual().user_data_path


def state() -> Path:
    """Return the folder of journals and logs."""
    return _own("state") or _usual().user_state_path


def cache() -> Path:
    """Return the folder of what can be made again."""
    return _own("cache") or _usual().user_cache_path


def config() -> Path:
    """Return the folder of settings."""
    return _own("config") or _usual().user_config_path


def _usual() -> PlatformDirs:
    import platformdirs  # noqa: PLC0415 - not wanted where WHATSIT_HOME says it all

    return platformdirs.PlatformDirs(_NAME, appauthor=False)


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
