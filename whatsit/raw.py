"""Cameras' raw photos, by the largest preview that is inside: LibRaw finds it, nothing is developed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

FORMATS: Final = ("JPEG", "PPM")  # of the preview
_INSTALL: Final = "raw photos need rawpy: pip install rawpy"
_COLOURS: Final = 3
_END: Final = b"\xff\xd9"
_TAIL: Final = 64  # bytes
_QUARTER_TURNS: Final = {3: 2, 5: 1, 6: 3}  # by LibRaw's number for how the camera was held


def preview(data: bytes, path: Path | None = None) -> bytes:
    """Return the largest preview in a raw photo as an encoded picture; a JPEG says itself how it was held.

    Raises PictureError when there is none, the photo is damaged, or rawpy is not installed.
    """
    try:
        import rawpy  # noqa: PLC0415 - most folders hold no raw photo
    except ImportError:
        raise PictureError(_INSTALL, path=path) from None
    try:
        with rawpy.imread(io.BytesIO(data)) as photo:
            inside, flip = photo.extract_thumb().data, photo.sizes.flip
    except (rawpy.LibRawNoThumbnailError, rawpy.LibRawUnsupportedThumbnailError):
        raise PictureError("this raw photo holds no preview; save it as JPEG", path=path) from None
    except (rawpy.LibRawError, OSError, ValueError, MemoryError) as error:
        reason = f"this raw photo is damaged or of an unknown camera ({_said(error)})"
        raise PictureError(reason, path=path) from None
    if isinstance(inside, bytes) and not _is_whole(inside, data):
        raise PictureError("this raw photo is cut off inside its preview", path=path)
    return inside if isinstance(inside, bytes) else _as_ppm(np.rot90(inside, _QUARTER_TURNS.get(flip, 0)))


def _is_whole(jpeg: bytes, data: bytes) -> bool:
    """Return whether a preview ends as in the file: LibRaw fills up what was cut off with anything."""
    end = jpeg.rfind(_END)
    return end > 0 and jpeg[max(0, end - _TAIL) : end + 2] in data


def _as_ppm(pixels: NDArray[np.uint8]) -> bytes:
    height, width = pixels.shape[:2]
    kind = 6 if pixels.shape[2:] == (_COLOURS,) else 5
    return b"P%d %d %d 255\n" % (kind, width, height) + pixels.tobytes()


def _said(error: Exception) -> str:
    """Return LibRaw's words, which come as bytes."""
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said) or type(error).__name__
