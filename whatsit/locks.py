"""One writer at a time, by a lock that ends with its process."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import filelock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.errors import WhatsitError


@contextlib.contextmanager
def alone(place: Path, taken: WhatsitError) -> Iterator[None]:
    """Hold the lock file `place` until this ends; raises `taken` where another process holds it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(place, timeout=0):
            try:
                yield
            finally:
                with contextlib.suppress(OSError):  # Windows keeps what is open
                    place.unlink()
    except filelock.Timeout:
        raise taken from None
