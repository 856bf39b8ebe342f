"""HEIC pictures, where the extra is installed: libheif teaches Pillow to read them."""

from __future__ import annotations

import functools
from typing import Final

FORMAT: Final = "HEIF"
WHY_NOT: Final = "HEIC pictures need the extra: pip install 'whatsit[heic]'"


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
