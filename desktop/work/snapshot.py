"""A frame kept as a photo."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
from typing import TYPE_CHECKING, Final

from desktop.language import tr
from desktop.work.images import to_picture
from whatsit import files
from whatsit.errors import WhatsitError

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from PySide6.QtGui import QImage

_UNFIT: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST: Final = 40


def keep(image: QImage, folder: Path, answer: str) -> Generator[Path, None, None]:
    """Write a frame into a folder, named by the time and its answer, and yield the file; nothing is replaced.

    PNG, so that the file gives the answer that the frame gave. Raises WhatsitError when it cannot be written.
    """
    moment = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H.%M.%S")
    said = _UNFIT.sub(" ", answer).strip(" .?")[:_LONGEST]
    try:
        file = _taken(folder, f"{moment} {said}".strip())
        _write(image, file)
    except OSError as error:
        raise WhatsitError(
            tr("the snapshot cannot be written ({reason}).").format(reason=error.strerror or error),
            hint=tr("Choose another folder for snapshots."),
            path=folder,
        ) from None
    yield file


def _taken(folder: Path, stem: str) -> Path:
    """Return a new empty file: two snapshots of one second, written at the same time, share no name."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in itertools.count():
        file = folder / f"{stem}{f' {number}' if number else ''}.png"
        with contextlib.suppress(FileExistsError):
            file.open("xb").close()
            return file
    raise AssertionError  # the numbers have no end


def _write(image: QImage, file: Path) -> None:
    try:
        with files.replacing(file) as temporary:
            to_picture(image).save(temporary, "PNG", compress_level=3)
    except OSError:
        file.unlink(missing_ok=True)
        raise
