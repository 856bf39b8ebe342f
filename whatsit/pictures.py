"""Any picture file to one upright 8-bit sRGB picture, within stated limits."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MOST_PIXELS: Final = 200_000_000  # the largest phone sensors; about 600 MB when decoded
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

    `at_least` (width, height): a JPEG may be decoded at a smaller DCT scale that is no smaller than this.
    Raises PictureError with the reason when that is not possible.
    """
    try:
        with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
            _check_size(picture, path)
            if at_least is not None:
                _decode_smaller(picture, at_least)
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)  # a copy would double what a huge picture takes
            return _to_srgb(picture)
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
    if width * height > MOST_PIXELS:
        raise PictureError(
            f"{width} × {height} pixels is over the limit of {MOST_PIXELS // 1_000_000} million", path=path
        )


def _decode_smaller(picture: Image.Image, at_least: tuple[int, int]) -> None:
    width, height = at_least
    if picture.getexif().get(0x0112, 1) in (5, 6, 7, 8):  # lying on its side: the sides change places later
        width, height = height, width
    picture.draft(None, (width, height))


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
