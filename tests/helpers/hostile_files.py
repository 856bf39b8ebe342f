"""Files that were made to harm, each with what it must come to: "answer", or a part of the reason."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from tests.helpers import hostile, raw_photos
from tests.helpers.hostile import encoded, huge_png, noise

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PIL import Image

Expected = tuple[bytes, str]
_SMALL = (40, 30)


def every(heic: Path) -> Mapping[str, Expected]:
    """Return all of them by name; `heic` is a sound HEIC to begin with."""
    return _bombs(heic) | _pages() | _profiles() | _exif() | _cut(heic) | _disguised() | _broken()


def small() -> Image.Image:
    """Return a small reddish picture."""
    return noise(*_SMALL)


def _bombs(heic: Path) -> dict[str, Expected]:
    """Return files of a few kilobytes, most of which claim to be pictures of billions of pixels."""
    jpeg, jp2 = encoded(small(), "JPEG"), encoded(small(), "JPEG2000")
    webp = b"VP8X" + struct.pack("<IB3x", 10, 0) + (16_382).to_bytes(3, "little") * 2
    size = struct.pack(">II", 60_000, 60_000)
    one_bit = zlib.compress(bytes(2501 * 20_000))
    return {
        "bomb.png": (huge_png(), "50000 × 50000 pixels"),
        "bomb of one bit.png": (_png(20_000, 20_000, [(b"IDAT", one_bit)], bits=1, kind=0), "20000 × 20000"),
        "bomb of text.png": (_png(8, 8, [(b"zTXt", b"k\0\0" + zlib.compress(bytes(80_000_000)))]), "damaged"),
        "bomb of colours.png": (
            _png(8, 8, [(b"iCCP", b"k\0\0" + zlib.compress(bytes(80_000_000)))]),
            "damaged",
        ),
        "bomb.jpg": (_sized_jpeg(jpeg, 65_500, 65_500), "65500 × 65500 pixels"),
        "bomb.gif": (b"GIF89a" + struct.pack("<HHBBB", 65_535, 65_535, 0, 0, 0) + bytes(50), "not a picture"),
        "bomb frame.gif": (_gif(65_535, 65_535), "65535 × 65535 pixels"),
        "bomb.webp": (b"RIFF" + struct.pack("<I", len(webp) + 4) + b"WEBP" + webp, "damaged"),
        "bomb.tif": (_tiff(100_000, 100_000), "100000 × 100000 pixels"),
        "bomb.bmp": (
            b"BM"
            + struct.pack("<IHHIIiiHHIIiiII", 54, 0, 0, 54, 40, 65_000, 65_000, 1, 24, 0, 0, 0, 0, 0, 0),
            "65000 × 65000 pixels",
        ),
        "bomb.jp2": (_resized_jp2(jp2), "60000 × 60000 pixels"),
        "bomb.heic": (_resized_isobmff(heic.read_bytes(), size), "60000 × 60000 pixels"),
        "bomb.avif": (_resized_isobmff(encoded(small(), "AVIF"), size), "AVIF"),
        "bomb.psd": (
            b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 60_000, 60_000, 8, 3) + bytes(12),
            "not a picture",
        ),
        "bomb.ppm": (b"P6 99999 99999 255\n" + bytes(100), "99999 × 99999 pixels"),
        "bomb.qoi": (
            b"qoif" + struct.pack(">II", 80_000, 80_000) + b"\3\0" + bytes(100),
            "80000 × 80000 pixels",
        ),
        "bomb.dds": (
            b"DDS "
            + struct.pack("<7I44x8I20x", 124, 4103, 70_000, 70_000, 0, 0, 0, 32, 64, 0, 24, 255, 255, 255, 0),
            "70000 × 70000 pixels",
        ),
        "bomb.tga": (
            struct.pack("<BBB5xHHHHBB", 0, 0, 10, 0, 0, 65_000, 65_000, 24, 0) + bytes(100),
            "65000 × 65000 pixels",
        ),
    }


def _pages() -> dict[str, Expected]:
    """Return files with more pages than anybody wants: the first one is answered."""
    frame = encoded(small(), "GIF")
    start = frame.index(b"\x2c")
    endless = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0"
    return {
        "100000 pages.tif": (_tiff(*_SMALL, pages=100_000), "answer"),
        "page after page.tif": (_tiff(*_SMALL, next_is_first=True), "answer"),
        "endless.gif": (frame[:start] + endless + frame[start:-1] * 20_000, "answer"),
        "endless without an end.gif": (frame[:-1] + frame[start:-1] * 10, "answer"),
        "no frame.gif": (frame[:start] + b";", "not a picture"),
        "page nowhere.tif": (b"II*\0" + struct.pack("<I", 2**31), "not a picture"),
        "page without end.tif": (b"II*\0\x08\0\0\0\xff\xff" + bytes(40), "not a picture"),
    }


def _profiles() -> dict[str, Expected]:
    """Return pictures whose colour profile is nonsense: it says nothing, and the picture is answered."""
    wrong = random.Random(0).randbytes(3000)  # noqa: S311 - noise
    claims = struct.pack(">I", 2**32 - 1) + wrong[4:36] + b"acsp" + wrong[40:]
    return {
        "icc of noise.jpg": (encoded(small(), "JPEG", icc_profile=wrong), "answer"),
        "icc of noise.png": (encoded(small(), "PNG", icc_profile=wrong), "answer"),
        "icc that claims.jpg": (encoded(small(), "JPEG", icc_profile=claims), "answer"),
        "icc of cmyk.jpg": (encoded(small().convert("CMYK"), "JPEG", icc_profile=claims), "answer"),
        "icc of megabytes.jpg": (encoded(small(), "JPEG", icc_profile=bytes(5_000_000)), "answer"),
        "icc in pieces.jpg": (_with_segment(0xE2, b"ICC_PROFILE\0\2\3" + wrong), "answer"),
        "icc.webp": (encoded(small(), "WEBP", icc_profile=wrong), "answer"),
    }


def _exif() -> dict[str, Expected]:
    """Return pictures whose EXIF is nonsense: it says nothing, and the picture is answered."""
    in_a_circle = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x8769, 4, 1, 8) + struct.pack("<I", 8)
    many = b"II*\0\x08\0\0\0" + struct.pack("<H", 65_535) + struct.pack("<HHII", 0x0112, 3, 2**31, 6) * 4000
    text = b"MM\0*\0\0\0\x08\0\x01" + struct.pack(">HHI4s", 0x0112, 2, 4, b"six\0") + bytes(4)
    zero = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 5, 1, 26) + bytes(12)
    turn = b"II*\0\x08\0\0\0\x01\0" + struct.pack("<HHII", 0x0112, 3, 1, 60_000) + bytes(4)
    starts = {
        "in a circle": in_a_circle,
        "of many": many,
        "of text": text,
        "over zero": zero,
        "turn 60000": turn,
    }
    starts |= {"of noise": random.Random(1).randbytes(5000), "empty": b""}  # noqa: S311 - noise
    return {
        f"exif {name}.jpg": (_with_segment(0xE1, b"Exif\0\0" + data), "answer")
        for name, data in starts.items()
    } | {"exif of noise.png": (_png(8, 8, [(b"eXIf", b"II*\0" + bytes(3))]), "answer")}


def _cut(heic: Path) -> dict[str, Expected]:
    """Return pictures of every kind that were cut off."""
    kinds = {"jpg": "JPEG", "png": "PNG", "gif": "GIF", "tif": "TIFF", "bmp": "BMP", "jp2": "JPEG2000"}
    cut = {f"cut.{name}": (_half(encoded(noise(), kind)), "damaged") for name, kind in kinds.items()}
    made = {"webp": encoded(noise(), "WEBP"), "avif": encoded(noise(), "AVIF"), "heic": heic.read_bytes()}
    cut |= {f"cut.{name}": (_half(data), "damaged") for name, data in made.items()}
    cut["cut.dng"] = (_half(raw_photos.dng(encoded(noise(), "JPEG"))), "cut off")
    jpeg = encoded(noise(), "JPEG")
    cut |= {f"cut after {count} bytes.jpg": (jpeg[:count], "not a picture") for count in (2, 3, 20)}
    cut["cut after 200 bytes.jpg"] = (jpeg[:200], "damaged")
    return cut | {"cut at the end.jpg": (jpeg[:-2], "damaged"), "empty.jpg": (b"", "empty")}


def _disguised() -> dict[str, Expected]:
    """Return files that are not what their name says."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../../evil.sh", "rm -rf /")
    jpeg = encoded(small(), "JPEG")
    no_picture = "not a picture that can be read"
    return {
        "zip.png": (packed.getvalue(), no_picture),
        "page.jpg": (b"<html><script>alert(1)</script></html>", no_picture),
        "drawing.jpg": (
            b'<svg xmlns="http://www.w3.org/2000/svg"><image href="/etc/passwd"/></svg>',
            no_picture,
        ),
        "script.jpg": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/tmp/x) (w) file\n", no_picture),
        "icon.png": (encoded(small(), "ICO"), no_picture),
        "program.jpg": (b"\x7fELF" + bytes(200), no_picture),
        "film.heic": (b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(300), no_picture),
        "zeros.jpg": (bytes(1_000_000), no_picture),
        "noise.jpg": (random.Random(2).randbytes(100_000), no_picture),  # noqa: S311 - noise
        "zip behind.jpg": (jpeg + packed.getvalue(), "answer"),
        "jpeg.png": (jpeg, "answer"),
        "jpeg.cr2": (jpeg, "answer"),
        "jxl.jpg": (b"\x00\x00\x00\x0cJXL \r\n\x87\n" + bytes(100), "JPEG XL"),
    }


def _broken() -> dict[str, Expected]:
    """Return pictures whose parts contradict each other."""
    jpeg = encoded(small(), "JPEG")
    return {
        "no pixels.png": (_png(8, 8, [], end=False), "damaged"),
        "no palette.png": (_png(8, 8, [], kind=3), "answer"),
        "no size.jpg": (_sized_jpeg(jpeg, 0, 0), "not a picture"),
        "no size.png": (_png(0, 0, []), "not a picture"),
        "nothing inside.jpg": (b"\xff\xd8\xff\xd9", "not a picture"),
        "no preview.dng": (raw_photos.tiff([raw_photos._sensor()], bytes(64 * 32 * 2)), "no preview"),
        "wrong length.webp": (b"RIFF\xff\xff\xff\xffWEBP" + encoded(small(), "WEBP")[12:], "damaged"),
    }


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _png(
    width: int,
    height: int,
    chunks: list[tuple[bytes, bytes]],
    *,
    bits: int = 8,
    kind: int = 2,
    end: bool = True,
) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, 0)
    pixels = [(b"IDAT", zlib.compress(bytes((3 * width + 1) * height)))] if end and width < 100 else []
    parts = [(b"IHDR", header), *chunks, *pixels, (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(hostile._chunk(name, data) for name, data in parts)


def _gif(width: int, height: int) -> bytes:
    frame = b"\x2c" + struct.pack("<HHHHB", 0, 0, width, height, 0) + b"\x02\x02\x4c\x01\0;"
    return b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + bytes(6) + frame


def _tiff(width: int, height: int, pages: int = 1, *, next_is_first: bool = False) -> bytes:
    """Return a grey TIFF, all of whose pages are the same strip."""
    tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1), (278, height)]
    tags.append((279, min(width * height, 10_000)))
    strip = b"\x90" * tags[-1][1]
    at = 8 + len(strip)
    body = b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags)
    length = 2 + len(body) + 4
    nexts = [at + length * (page + 1) for page in range(pages - 1)] + [at if next_is_first else 0]
    directories = (struct.pack("<H", len(tags)) + body + struct.pack("<I", one) for one in nexts)
    return b"II*\0" + struct.pack("<I", at) + strip + b"".join(directories)


def _sized_jpeg(jpeg: bytes, width: int, height: int) -> bytes:
    place = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:place] + struct.pack(">HH", height, width) + jpeg[place + 4 :]


def _resized_jp2(data: bytes) -> bytes:
    place, stream = data.index(b"ihdr") + 4, data.index(b"\xff\x51") + 6
    size = struct.pack(">II", 60_000, 60_000)
    return data[:place] + size + data[place + 8 : stream] + size + data[stream + 8 :]


def _resized_isobmff(data: bytes, size: bytes) -> bytes:
    place = data.index(b"ispe") + 8
    return data[:place] + size + data[place + 8 :]


def _with_segment(marker: int, data: bytes) -> bytes:
    """Return a JPEG with one more segment, of at most 65533 bytes."""
    jpeg, data = encoded(small(), "JPEG"), data[:65_533]
    return jpeg[:2] + bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data + jpeg[2:]
