"""How much memory a picture takes to decode, told from its header: refused before it is decoded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whatsit.errors import PictureError
from whatsit.limits import to_raise

if TYPE_CHECKING:
    from pathlib import Path

    from PIL import Image

    from whatsit.limits import Limits

# Above these a picture is converted in strips: whole, alpha or 16 bits took 3 GB and more.
_LARGE: Final = 50_000_000
_LARGE_TO_CONVERT: Final = 25_000_000
# Above this one picture is decoded at a time, whatever the number of threads.
_DEAR: Final = 256 * 1024**2
# Bytes for each pixel that decoders hold beside the picture; measured by benchmarks/decoding_memory.py.
_DECODERS: Final = {"WEBP": 12, "AVIF": 6, "JPEG2000": 16, "HEIF": 4, "TIFF": 4}
_ONE_BYTE: Final = ("1", "L", "P")
_TWO_BYTES: Final = ("I;16", "I;16L", "I;16B", "I;16N")
# What becomes sRGB by way of other pictures: alpha on white, 16 bits by floats, colours by their profile.
_CONVERTED: Final = 16


def check(size: tuple[int, int], limits: Limits, path: Path | None) -> None:
    """Raise PictureError when a picture of that (width, height), not yet loaded, has too many pixels."""
    width, height = size
    if width * height > limits.megapixels * 1_000_000:
        how = to_raise("megapixels", -(-width * height // 1_000_000))
        raise PictureError(
            f"{width} × {height} pixels is over the limit of {limits.megapixels} million ({how})", path=path
        )


def check_memory(needed: int, limits: Limits, path: Path | None) -> None:
    """Raise PictureError when decoding needs more bytes than the limit."""
    megabytes = -(-needed // 1024**2)
    if megabytes > limits.megabytes:
        raise PictureError(
            f"decoding needs {megabytes} MB of memory, over the limit of {limits.megabytes}"
            f" ({to_raise('megabytes', megabytes)})",
            path=path,
        )


def memory(picture: Image.Image, whole: tuple[int, int], at_least: tuple[int, int] | None) -> int:
    """Return about how many bytes decoding takes beside the file's own.

    `whole` (width, height) is the size before a JPEG was asked for at a smaller scale; a large picture is
    reduced to no smaller than `at_least`.
    """
    pixels = picture.width * picture.height
    decoded = pixels * (_bytes_per_pixel(picture.mode) + _DECODERS.get(picture.format or "", 0))
    if is_large(picture) and picture.mode != "F":  # floats are scaled by the range of the whole
        made = 4 * pixels // (reduction(picture.size, at_least) ** 2 if at_least else 1)
    else:
        made = pixels * _CONVERTED if _changes(picture) else 0
    return decoded + made + whole[0] * whole[1] * _coefficients(picture)


def memory_of_coded(size: tuple[int, int]) -> int:
    """Return about how many bytes a HEIC takes to decode that is (width, height) before its crop."""
    return size[0] * size[1] * (4 + _DECODERS["HEIF"])


def reduction(size: tuple[int, int], at_least: tuple[int, int]) -> int:
    """Return by which whole number a large picture is reduced to no smaller than `at_least`."""
    return max(1, min(size[0] // at_least[0], size[1] // at_least[1]))


def is_large(picture: Image.Image) -> bool:
    """Return whether a picture must be converted in strips."""
    return picture.width * picture.height > (_LARGE_TO_CONVERT if _changes(picture) else _LARGE)


def is_dear(needed: int) -> bool:
    """Return whether a picture that needs so many bytes must be decoded alone."""
    return needed > _DEAR


def _bytes_per_pixel(mode: str) -> int:
    return 1 if mode in _ONE_BYTE else 2 if mode in _TWO_BYTES else 4


def _changes(picture: Image.Image) -> bool:
    return picture.mode not in ("RGB", "L", "1") or "icc_profile" in picture.info


def _coefficients(picture: Image.Image) -> int:
    """Return the bytes that libjpeg keeps for each pixel of a progressive JPEG until its last scan."""
    layers: list[tuple[int, int, int, int]] = getattr(picture, "layer", [])
    if not layers or not picture.info.get("progressive"):
        return 0
    most = max(1, *(across * down for _, across, down, _ in layers))
    return -(-2 * sum(across * down for _, across, down, _ in layers) // most)
