"""A decoded picture of any mode to 8-bit sRGB, whole or, where it is large, strip by strip."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STRIP_PIXELS: Final = 1_000_000
_SRGB: Final = ImageCms.createProfile("sRGB")


def to_srgb(picture: Image.Image) -> Image.Image:
    """Return the picture as 8-bit sRGB: by its colour profile, alpha on white."""
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


def reduced(picture: Image.Image, factor: int) -> Image.Image:
    """Return a large picture as sRGB, reduced by a whole number."""
    if picture.mode == "F":  # its range is that of the whole
        return to_srgb(picture.reduce(factor))
    width, height = -(-picture.width // factor), -(-picture.height // factor)
    small = Image.new("RGB", (width, height))
    rows = max(1, _STRIP_PIXELS // (picture.width * factor))
    for top in range(0, height, rows):
        below = min((top + rows) * factor, picture.height)
        strip = picture.crop((0, top * factor, picture.width, below))
        small.paste(to_srgb(strip).reduce(factor), (0, top))
    return small


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
