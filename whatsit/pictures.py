"""Any picture file to one upright 8-bit sRGB picture, within stated limits."""

from __future__ import annotations

import contextlib
import io
import struct
import threading
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageCms, ImageFile, UnidentifiedImageError

from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# The largest phone sensors. Measured with 196 million pixels as PNG, the whole process: 0.3 GB with a
# palette, 0.5 GB with 16 bits of grey, 0.9 GB with alpha; a whole run over all three takes 1.1 GB.
MOST_PIXELS: Final = 200_000_000
# Their decoders hold a picture several times; measured with 64 million pixels: 1.0, 0.6 and 1.2 GB.
_FEWER_PIXELS: Final = {"WEBP": 64_000_000, "AVIF": 64_000_000, "JPEG2000": 64_000_000}
# Above this a picture is converted in strips and one at a time: whole, alpha or 16 bits took 3 GB and more.
_LARGE: Final = 50_000_000
_STRIP_PIXELS: Final = 1_000_000
MOST_BYTES: Final = 512 * 1024**2

# Pillow's own bomb check warns through a process-wide setting; ours below is a plain limit with a reason.
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
_ON_ITS_SIDE: Final = (5, 6, 7, 8)
_TURNS: Final = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_one_large_picture: Final = threading.Lock()
_SRGB: Final = ImageCms.createProfile("sRGB")
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


def read(path: Path) -> bytes:
    """Return the file's bytes.

    Raises PictureError when it cannot be read, is empty, or is larger than `MOST_BYTES`.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        reason = "the link points to nothing" if path.is_symlink() else "the file is gone"
        raise PictureError(reason, path=path) from None
    except PermissionError:
        raise PictureError("no permission to read the file", path=path) from None
    except OSError as error:
        raise PictureError(f"the file cannot be read ({error.strerror or error})", path=path) from None
    if not data:
        raise PictureError("the file is empty", path=path)
    if len(data) > MOST_BYTES:
        raise PictureError(f"the file is larger than {MOST_BYTES // 1024**2} MB", path=path)
    return data


def decode(data: bytes, at_least: tuple[int, int] | None = None, path: Path | None = None) -> Image.Image:
    """Return the picture in `data`, upright, as 8-bit sRGB: alpha on white, the first frame of an animation.

    `at_least` (width, height): a JPEG may be decoded at a smaller DCT scale, and any picture of more than 50
    million pixels reduced by a whole number, to no smaller than this.
    Raises PictureError with the reason when that is not possible.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            _check_size(picture, path)
            with _one_large_picture if _is_large(picture) else contextlib.nullcontext():
                return _decoded(picture, at_least)
    except PictureError:
        raise
    except UnidentifiedImageError:
        raise PictureError(_unreadable_kind(data), path=path) from None
    except MemoryError:
        raise PictureError("the picture needs more memory than there is", path=path) from None
    except _DECODER_ERRORS as error:
        raise PictureError(f"the picture is damaged ({error})", path=path) from None


def _check_size(picture: Image.Image, path: Path | None) -> None:
    width, height = picture.size
    most = _FEWER_PIXELS.get(picture.format or "", MOST_PIXELS)
    if width * height > most:
        raise PictureError(
            f"{width} × {height} pixels is over the limit of {most // 1_000_000} million", path=path
        )


def _is_large(picture: Image.Image) -> bool:
    return picture.width * picture.height > _LARGE


def _decoded(picture: Image.Image, at_least: tuple[int, int] | None) -> Image.Image:
    if at_least is not None:
        picture.draft(None, _as_stored(picture, at_least))
    picture.load()  # a TIFF stands upright from here on
    if not _is_large(picture):
        return _upright(_to_srgb(picture), picture)
    upright = _upright(_reduced(picture, at_least), picture)
    picture.close()  # frees its pixels while no other large picture is decoded
    return upright


def _as_stored(picture: Image.Image, size: tuple[int, int]) -> tuple[int, int]:
    # Of a picture lying on its side the sides change places later.
    return (size[1], size[0]) if _orientation(picture) in _ON_ITS_SIDE else size


def _orientation(picture: Image.Image) -> object:
    try:
        return picture.getexif().get(_ORIENTATION)
    except _DECODER_ERRORS:  # EXIF that is nonsense says nothing of how the picture was held
        return None


def _upright(converted: Image.Image, source: Image.Image) -> Image.Image:
    turn = next((turn for number, turn in _TURNS.items() if number == _orientation(source)), None)
    return converted if turn is None else converted.transpose(turn)


def _reduced(picture: Image.Image, at_least: tuple[int, int] | None) -> Image.Image:
    """Return a large picture as sRGB, strip by strip, reduced as far as `at_least` allows."""
    factor = 1
    if at_least is not None:
        least = _as_stored(picture, at_least)
        factor = max(1, min(picture.width // least[0], picture.height // least[1]))
    if picture.mode == "F":  # its range is that of the whole
        return _to_srgb(picture.reduce(factor))
    width, height = -(-picture.width // factor), -(-picture.height // factor)
    small = Image.new("RGB", (width, height))
    rows = max(1, _STRIP_PIXELS // (picture.width * factor))
    for top in range(0, height, rows):
        below = min((top + rows) * factor, picture.height)
        strip = picture.crop((0, top * factor, picture.width, below))
        small.paste(_to_srgb(strip).reduce(factor), (0, top))
    return small


def _to_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith(("I", "F")):
        picture = _to_8_bit(picture)
    elif picture.mode == "P" or "transparency" in picture.info:
        picture = picture.convert("RGBA")
    if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        picture = Image.alpha_composite(white, picture).convert("RGB")
    if profile and picture.mode in ("RGB", "CMYK", "L"):
        picture = _by_profile(picture, profile)
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _to_8_bit(picture: Image.Image) -> Image.Image:
    values: NDArray[np.floating] = np.asarray(picture, dtype=np.float32)
    if picture.mode == "F" and np.nanmax(np.abs(values), initial=0) <= 1:
        values = values * 255
    elif picture.mode.startswith("I"):  # 16 bits, in Pillow's modes I;16 and I alike
        values = values / 257
    return Image.fromarray(np.clip(np.nan_to_num(values), 0, 255).round().astype(np.uint8))


def _by_profile(picture: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture  # a profile that is nonsense says nothing of the colours: sRGB, as browsers do
    return turned if turned is not None else picture


def _unreadable_kind(data: bytes) -> str:
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"):
        return "HEIC pictures cannot be read yet; save it as JPEG"
    return "this is not a picture that can be read"
