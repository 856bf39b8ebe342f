"""HEIC pictures, where the extra is installed: libheif teaches Pillow to read them."""

from __future__ import annotations

import functools
import re
import struct
from typing import Final

FORMAT: Final = "HEIF"
WHY_NOT: Final = "HEIC pictures need the extra: pip install 'whatsit[heic]'"
_ITEM: Final = re.compile(rb"(.{4})infe([\x02\x03])\0\0", re.DOTALL)
_SIZE: Final = re.compile(rb"ispe\0{4}(.{8})", re.DOTALL)


@functools.cache
def is_there() -> bool:
    """Return whether Pillow reads HEIC; the first call loads the decoder."""
    try:
        import pi_heif  # noqa: PLC0415 - most folders hold no HEIC
    except ImportError:
        return False
    # One thread each: the photos themselves are decoded side by side.
    pi_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    return True


def coded_size(data: bytes) -> tuple[int, int]:
    """Return the largest (width, height) that a HEIC says it holds, before any crop; (0, 0) without one."""
    sizes: list[tuple[int, int]] = [struct.unpack(">II", found[1]) for found in _SIZE.finditer(data)]
    return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))


def has_sound_names(data: bytes) -> bool:
    """Return whether every item's type and name is text: pi-heif ends the program over one that is not."""
    for found in _ITEM.finditer(data):
        (length,) = struct.unpack(">I", found[1])
        after_numbers = found.end() + (5 if found[2] == b"\2" else 7)  # the last flag, the item's, its lock's
        try:
            data[after_numbers : max(found.start() + length, after_numbers + 4)].decode()
        except UnicodeDecodeError:
            return False
    return True
