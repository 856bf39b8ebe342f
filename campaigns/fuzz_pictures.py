"""What is fuzzed of picture opening: a file's bytes to an sRGB picture, or to a model's pixels.

The first byte of an input says how it is opened, the rest is the file: 1 by the name of a raw photo, 2 whole
and not at the model's size.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from whatsit import heic, pictures, preprocess
from whatsit.errors import PictureError
from whatsit.limits import Limits
from whatsit.manifest import InputSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

# Small, so that many files can be tried; what the limits say holds for any size of theirs.
LIMITS = Limits(megapixels=16, seconds=2, megabytes=256)
INPUT = InputSpec(height=32, width=32, resize="crop")
NAMES = (Path("photo.jpg"), Path("photo.dng"))
RAW, WHOLE = 1, 2
heic.is_there()  # loads the decoder before the first file is timed


def try_one(data: bytes) -> None:
    """Open one input; raises what is a finding: anything but our own error with a reason in one line."""
    how, file = data[:1] or b"\0", data[1:]
    name = NAMES[how[0] & RAW]
    try:
        if how[0] & WHOLE:
            given: object = pictures.decode(file, path=name, limits=LIMITS).mode
        else:
            given = preprocess.pixels(file, INPUT, name, LIMITS).shape
    except PictureError as error:
        if not error.what or not error.what.isprintable():
            raise ValueError(f"a reason that cannot be shown: {error.what!r}") from error
    else:
        if given not in ("RGB", (32, 32, 3)):
            raise ValueError(f"neither an sRGB picture nor the model's pixels: {given}")


def seeds() -> Iterator[bytes]:
    """Yield the inputs that the first corpus is made of: every format that is read, as small as it gets."""
    from tests.helpers import hostile, raw_photos  # noqa: PLC0415 - the fuzzer itself needs neither

    values = np.random.default_rng(0).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    picture = Image.fromarray(values)
    for kind in pictures._FORMATS:  # noqa: SLF001 - the list is what is to be fuzzed
        if kind not in ("AVIF", "PSD", "DCX", "XPM"):
            yield b"\0" + hostile.encoded(picture.convert("1") if kind == "XBM" else picture, kind)
    exif = Image.Exif()
    exif[0x0112] = 6
    frames = [picture, picture.rotate(90)]
    jpeg = hostile.encoded(picture, "JPEG", exif=exif, progressive=True)
    yield b"\2" + jpeg
    yield b"\0" + hostile.encoded(picture.convert("CMYK"), "JPEG", icc_profile=b"nonsense")
    yield b"\2" + hostile.encoded(picture.convert("P"), "PNG", transparency=0)
    yield b"\2" + hostile.encoded(Image.fromarray(values[..., 0].astype(np.uint16) * 200), "PNG")
    for kind in ("GIF", "WEBP", "PNG", "TIFF"):
        yield b"\2" + hostile.encoded(picture, kind, save_all=True, append_images=frames)
    for compression in ("tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", "group4"):
        one = picture.convert("1") if compression == "group4" else picture
        yield b"\0" + hostile.encoded(one, "TIFF", compression=compression, exif=exif)
    yield b"\0" + hostile.encoded(picture, "AVIF", quality=30)
    for write in raw_photos.WRITTEN.values():
        yield b"\1" + write(jpeg)
    for file in sorted((Path(__file__).parents[1] / "tests/whatsit/heic").glob("*.heic")):
        yield b"\0" + file.read_bytes()


def write_seeds(folder: Path) -> None:
    """Write the seeds, each named by its hash as the fuzzer's own files are."""
    folder.mkdir(parents=True, exist_ok=True)
    for data in seeds():
        (folder / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)
