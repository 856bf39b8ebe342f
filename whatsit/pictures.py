"""Any picture file to one upright 8-bit sRGB picture, within stated limits."""

from __future__ import annotations

import contextlib
import io
import struct
import threading
import zlib
from typing import TYPE_CHECKING, Final

from PIL import Image, ImageFile, UnidentifiedImageError, features

from whatsit import colours, costs, files, heic, kinds, raw
from whatsit import limits as limiting
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from whatsit.limits import Deadline, Limits

# Pillow's own bomb check warns through a process-wide setting; `costs` has plain limits with a reason.
Image.MAX_IMAGE_PIXELS = None
# A photo that was cut off is named, never answered from its grey half.
ImageFile.LOAD_TRUNCATED_IMAGES = False

# Not EPS, which starts Ghostscript, nor icons: they hold whole pictures whose size nobody checks.
# fmt: off
_FORMATS: Final = (
    "JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP", "DIB", "JPEG2000", "PPM", "TGA", "QOI", "PCX", "DCX",
    "DDS", "PSD", "SGI", "XBM", "XPM",
)
# fmt: on
_ORIENTATION: Final = 0x0112
_TURNS: Final[dict[object, Image.Transpose]] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ON_ITS_SIDE: Final = tuple(_TURNS[number] for number in (5, 6, 7, 8))
_DECODING: Final = "decoding the picture"
_LONGEST_REASON: Final = 200
_READ_AT_ONCE: Final = 1024**2
# A progressive JPEG may bring hundreds of scans in few bytes: so often is looked at the clock.
_SCANS_AT_ONCE: Final = 4096
_AVIF: Final = (
    "this AVIF picture is damaged or of a kind that cannot be read"
    if features.check("avif")
    else "this Pillow reads no AVIF: pip install --upgrade pillow"
)
_one_dear_picture: Final = threading.Lock()
# What Pillow's decoders raise on damaged input (its own documentation names no closed list).
_DECODER_ERRORS: Final = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    TypeError,
    IndexError,
    KeyError,
    OverflowError,
    RuntimeError,
    struct.error,
    zlib.error,
)


def read(path: Path, limits: Limits | None = None) -> bytes:
    """Return the file's bytes; without `limits` the user's own hold.

    Raises PictureError when it cannot be read, is empty, too large or too slow, or is being written to.
    """
    limits = limits or limiting.of_user()
    try:
        with files.open_regular(path) as file:
            data = _whole(file, path, limits)
    except FileNotFoundError:
        reason = "the link points to nothing" if path.is_symlink() else "the file is gone"
        raise PictureError(reason, path=path) from None
    except PermissionError:
        raise PictureError("no permission to read the file", path=path) from None
    except OSError as error:
        raise PictureError(f"the file cannot be read ({error.strerror or error})", path=path) from None
    if not data:
        raise PictureError("the file is empty", path=path)
    return data


def _whole(file: BinaryIO, path: Path, limits: Limits) -> bytes:
    deadline, before = limiting.Deadline(limits, path), files.state(file)
    parts, length = [], 0
    while part := file.read(_READ_AT_ONCE):
        parts.append(part)
        length += len(part)
        if length > limits.most_bytes:
            how = limiting.to_raise("megabytes", -(-2 * max(length, before[0]) // 1024**2))
            raise PictureError(
                f"the file is larger than {limits.most_bytes // 1024**2} MB ({how})", path=path
            )
        deadline.check("reading the file")
    if files.state(file) != before or length != before[0]:
        raise PictureError("the file changed while it was read; try again when it is whole", path=path)
    return b"".join(parts)


def decode(
    data: bytes,
    at_least: tuple[int, int] | None = None,
    path: Path | None = None,
    limits: Limits | None = None,
) -> Image.Image:
    """Return the picture in `data`, upright, as 8-bit sRGB: alpha on white, the first frame of an animation.

    `at_least` (width, height): a JPEG may be decoded at a smaller DCT scale, and any picture of more than 50
    million pixels reduced by a whole number, to no smaller than this. Without `limits` the user's own hold.
    Of a raw photo it is the preview inside. Raises PictureError with the reason when that is not possible.
    """
    limits = limits or limiting.of_user()
    start = data[: kinds.FIRST_BYTES]
    try:
        if kinds.is_raw(path.name if path else "", start):
            return _opened(raw.preview(data, path), raw.FORMATS, at_least, path, limits)
        if kinds.is_heic_start(start) and heic.is_there():
            _check_heic(data, path, limits)
            return _opened(data, (*_FORMATS, heic.FORMAT), at_least, path, limits)
        return _opened(data, _FORMATS, at_least, path, limits)
    except PictureError:
        raise
    except UnidentifiedImageError:
        raise PictureError(_unreadable_kind(start), path=path) from None
    except MemoryError:
        raise PictureError("the picture needs more memory than there is", path=path) from None
    except _DECODER_ERRORS as error:
        raise PictureError(f"the picture is damaged ({_in_a_line(error)})", path=path) from None


def _check_heic(data: bytes, path: Path | None, limits: Limits) -> None:
    """Refuse a HEIC that would end the program, or is huge before its crop: libheif decodes all of it."""
    if not heic.has_sound_names(data):
        raise PictureError("the picture is damaged (an item without a name)", path=path)
    size = heic.coded_size(data)
    costs.check(size, limits, path)
    costs.check_memory(len(data) + costs.memory_of_coded(size), limits, path)


class _Watched(io.BytesIO):
    """A file's bytes that are given out until the deadline: most decoders ask for a part at a time."""

    def __init__(self, data: bytes, deadline: Deadline) -> None:
        super().__init__(data)
        self._deadline = deadline

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes; raises PictureError when the time is up."""
        self._deadline.check(_DECODING)
        return super().read(size)


def _opened(
    data: bytes,
    formats: tuple[str, ...],
    at_least: tuple[int, int] | None,
    path: Path | None,
    limits: Limits,
) -> Image.Image:
    watched = _Watched(data, limiting.Deadline(limits, path))
    with Image.open(watched, formats=formats) as picture:
        costs.check(picture.size, limits, path)
        whole, least = picture.size, at_least and _as_stored(picture, at_least)
        if least:
            picture.draft(None, least)
        needed = len(data) + costs.memory(picture, whole, least)
        costs.check_memory(needed, limits, path)
        with _one_dear_picture if costs.is_dear(needed) else contextlib.nullcontext():
            return _decoded(picture, at_least)


def _decoded(picture: Image.Image, at_least: tuple[int, int] | None) -> Image.Image:
    if picture.info.get("progressive") and isinstance(picture, ImageFile.ImageFile):
        picture.decodermaxblock = _SCANS_AT_ONCE
    picture.load()  # a TIFF stands upright from here on
    if not costs.is_large(picture):
        return _upright(colours.to_srgb(picture), picture)
    factor = costs.reduction(picture.size, _as_stored(picture, at_least)) if at_least else 1
    upright = _upright(colours.reduced(picture, factor), picture)
    picture.close()  # frees its pixels while no other large picture is decoded
    return upright


def _as_stored(picture: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    # Of a picture lying on its side the sides change places later.
    return (size[1], size[0]) if _turn(picture) in _ON_ITS_SIDE else size


def _turn(picture: Image.Image) -> Image.Transpose | None:
    try:
        return _TURNS.get(picture.getexif().get(_ORIENTATION))
    except _DECODER_ERRORS:  # EXIF that is nonsense says nothing of how the picture was held
        return None


def _upright(converted: Image.Image, source: Image.Image) -> Image.Image:
    turn = _turn(source)
    return converted if turn is None else converted.transpose(turn)


def _in_a_line(error: Exception) -> str:
    """Return a decoder's words, which may hold bytes of the file, fit to show and not without end."""
    return files.shown(str(error).strip() or type(error).__name__)[:_LONGEST_REASON]


def _unreadable_kind(start: bytes) -> str:
    if kinds.is_heic_start(start):
        return (
            "this HEIC picture is damaged or of a kind that cannot be read"
            if heic.is_there()
            else heic.WHY_NOT
        )
    if kinds.is_avif_start(start):
        return _AVIF
    if kinds.is_jxl_start(start):
        return "JPEG XL pictures cannot be read; save it as JPEG"
    return "this is not a picture that can be read"
