"""What a benchmark found, as JSON that says where, when and by which command."""

from __future__ import annotations

import json
import platform
import shlex
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from whatsit.device import processor
from whatsit.graph import cores

if TYPE_CHECKING:
    from pathlib import Path


def write(out: Path, **figures: object) -> None:
    """Write the figures below date, command and machine."""
    found = {**when_and_where(), **figures}
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def when_and_where() -> dict[str, object]:
    """Return date, command and machine, for a file or, where it grows by parts, for one of them."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": shlex.join(["python", *sys.argv]),
        "machine": {"processor": processor(), "cores": cores(), "system": platform.platform()},
    }
