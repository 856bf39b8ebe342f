"""The log: what went wrong behind the one line that was shown, in a file below the state's folder."""

from __future__ import annotations

import contextlib
import logging
from typing import TYPE_CHECKING, Final

from whatsit import home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_MOST_BYTES: Final = 2 * 1024**2


def file() -> Path:
    """Return where the log is."""
    return home.state() / "whatsit.log"


def shown_file() -> str:
    """Return where the log is, to show to a person."""
    return home.shown(file())


@contextlib.contextmanager
def to_file() -> Iterator[None]:
    """Send warnings and errors, Python's own warnings among them, to the log and not to the terminal."""
    logging.raiseExceptions = False  # a disk that is full must not print tracebacks
    logging.captureWarnings(capture=True)
    handler, root = _Log(), logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()
        logging.captureWarnings(capture=False)


class _Log(logging.Handler):
    """The file comes with its first line, and what writes it: most days there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._file is None:
            self._file = _opened()
        self._file.emit(record)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
        super().close()


def _opened() -> logging.Handler:
    from logging.handlers import RotatingFileHandler  # noqa: PLC0415 - it loads what networks need

    try:
        file().parent.mkdir(parents=True, exist_ok=True)
        made = RotatingFileHandler(file(), maxBytes=_MOST_BYTES, backupCount=1, encoding="utf-8", delay=True)
    except OSError:  # a home that cannot be written: the program works without a log
        return logging.NullHandler()
    made.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return made
