"""What a photo's file says of how it was taken."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from PIL import Image

from whatsit import files

_MAKE, _MODEL, _TIME, _EXIF, _TAKEN = 0x010F, 0x0110, 0x0132, 0x8769, 0x9003
_LONGEST: Final = 60
# What Pillow raises for EXIF that is nonsense; then the file says nothing.
_ERRORS: Final = (
    OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, RuntimeError,
    struct.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facts:
    """When a photo was taken and by which camera; "" where its file does not say."""

    taken: str = ""
    camera: str = ""


def read(data: bytes) -> Facts:
    """Return what is in a file's bytes; nothing of it is decoded."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            exif = picture.getexif()
            taken = exif.get_ifd(_EXIF).get(_TAKEN) or exif.get(_TIME)
            make, model = _text(exif.get(_MAKE)), _text(exif.get(_MODEL))
    except _ERRORS:
        return Facts()
    known = model.casefold().startswith(make.casefold().partition(" ")[0]) if make else True
    return Facts(_time(taken), model if known else f"{make} {model}".strip())


def _text(value: object) -> str:
    return files.shown(value.strip(" \x00"))[:_LONGEST] if isinstance(value, str) else ""


def _time(value: object) -> str:
    try:
        return datetime.strptime(_text(value), "%Y:%m:%d %H:%M:%S").strftime("%Y-%m-%d %H:%M")  # noqa: DTZ007 - a camera's clock has no zone
    except ValueError:
        return ""
