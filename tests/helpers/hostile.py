"""A folder of everything that photo folders hold and programs stumble over."""

from __future__ import annotations

import io
import os
import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

RED = (220, 30, 40)
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400)


def noise(width: int = 320, height: int = 240) -> Image.Image:
    """Return a reddish picture that compresses badly, so that cutting it cuts the picture."""
    values = np.random.default_rng(0).integers(0, 60, (height, width, 3), dtype=np.uint8)
    return Image.fromarray(values + np.array([160, 0, 0], np.uint8))


def encoded(picture: Image.Image, kind: str, **options: object) -> bytes:
    """Return a picture in some format."""
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def huge_png(width: int = 50_000, height: int = 50_000) -> bytes:
    """Return a PNG of a few hundred bytes that claims to be huge."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(bytes(1000)))


def near_the_limit(kind: str) -> bytes:
    """Return a PNG of 14000 × 14000 pixels: "palette", "16 bits" or "alpha"."""
    size = (14_000, 14_000)
    if kind == "palette":
        picture = Image.new("P", size, 1)
        picture.putpalette([20, 60, 200, *RED])
        return encoded(picture, "PNG", compress_level=1, transparency=0)
    if kind == "16 bits":
        return encoded(Image.new("I;16", size, 40_000), "PNG", compress_level=1)
    return encoded(Image.new("RGBA", size, (*RED, 128)), "PNG", compress_level=1)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def make(folder: Path) -> dict[bytes, str]:
    """Fill `folder` and return what each entry must come to, by raw name: "answer" or a part of a reason."""
    pictures = _healthy() | {f"orientation {turn}.jpg".encode(): _turned(turn) for turn in range(1, 9)}
    jpeg = encoded(noise(), "JPEG")
    damaged = {
        b"truncated.jpg": (jpeg[: len(jpeg) // 2], "truncated"),
        b"empty.jpg": (b"", "empty"),
        b"text.jpg": (b"This is not a photo.\n", "not a picture"),
        b"photo.heic": (HEIC, "HEIC"),
        b"huge.png": (huge_png(), "50000 × 50000 pixels"),
        b"notes.txt": (b"Nothing to see.\n", "not a picture"),
        b".DS_Store": (b"\0\0\0\x01Bud1" + bytes(100), "hidden file"),
        b"._photo.jpg": (b"\0\x05\x16\x07" + bytes(100), "macOS"),
        b"raw.cr2": (b"II*\0" + bytes(100), "raw photo"),
        b"unreadable.jpg": (jpeg, "no permission"),
        b"unreadable without extension": (jpeg, "no permission"),
    }
    for name, data in (pictures | {name: data for name, (data, _) in damaged.items()}).items():
        (folder / os.fsdecode(name)).write_bytes(data)
    for name in ("unreadable.jpg", "unreadable without extension"):
        (folder / name).chmod(0)
    expected = dict.fromkeys(pictures, "answer") | {name: reason for name, (_, reason) in damaged.items()}
    return expected | _oddities(folder)


def _healthy() -> dict[bytes, bytes]:
    picture = noise()
    frames = [picture, picture.rotate(180)]
    palette = Image.new("P", (64, 64), 1)
    palette.putpalette([20, 60, 200, *RED])
    palette.putpixel((0, 0), 0)
    sixteen = Image.fromarray(np.full((64, 64), 40_000, np.uint16))
    return {
        b"photo.jpg": encoded(picture, "JPEG"),
        b"cmyk.jpg": encoded(picture.convert("CMYK"), "JPEG"),
        b"sixteen bits.png": encoded(sixteen, "PNG"),
        b"palette.png": encoded(palette, "PNG", transparency=0),
        b"animated.gif": encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]),
        b"animated.webp": encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:]),
        b"  spaces  in  it .jpg": encoded(picture, "JPEG"),
        "猫 🐈 和 犬.jpg".encode(): encoded(picture, "JPEG"),
        b"not utf-8 \xff\xe9.jpg": encoded(picture, "JPEG"),
        b"=1+1.jpg": encoded(picture, "JPEG"),
        b"escape \x1b[31m.jpg": encoded(picture, "JPEG"),
        b"no extension": encoded(picture, "PNG"),
    }


def _turned(turn: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turn
    return encoded(noise(), "JPEG", exif=exif)


def _oddities(folder: Path) -> dict[bytes, str]:
    os.mkfifo(folder / "pipe.jpg")
    (folder / "nowhere.jpg").symlink_to(folder / "nothing.jpg")
    (folder / "nowhere").symlink_to(folder / "nothing")
    (folder / "loop.jpg").symlink_to("loop.jpg")
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.jpg").write_bytes(encoded(noise(), "JPEG"))
    (folder / "sub" / "up").symlink_to(folder)
    return {
        b"pipe.jpg": "pipe",
        b"nowhere.jpg": "points to nothing",
        b"nowhere": "points to nothing",
        b"loop.jpg": "in a circle",
        b"sub/deep.jpg": "answer",
        b"sub/up": "looked at already",
    }
