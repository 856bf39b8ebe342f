"""Raw photos as cameras write them, in a few kilobytes: a preview, and of the rest what names the camera."""

from __future__ import annotations

import struct
from typing import Final

Tag = tuple[int, int, bytes | int | tuple[int, ...] | list["Tag"]]

_BYTE, _TEXT, _SHORT, _LONG, _ANY = 1, 2, 3, 4, 7
_FORMATS: Final = {_SHORT: "H", _LONG: "I"}


def tiff(directories: list[list[Tag]], tail: bytes, magic: bytes = b"II*\0", start: int = 8) -> bytes:
    """Return a TIFF of directories one after the other, others inside as values; `tail` is at `TAIL_AT`."""
    body = bytearray(magic[:4] + struct.pack("<I", start) + magic[8:]).ljust(start, b"\0")
    link = 4
    for directory in directories:
        struct.pack_into("<I", body, link, len(body))
        link = _directory(body, directory) + 2 + 12 * len(directory)
    return bytes(body.ljust(TAIL_AT, b"\0")) + tail


TAIL_AT: Final = 1024  # where `tail` lies, so that tags can point at it


def _directory(body: bytearray, tags: list[Tag]) -> int:
    at = len(body)
    body += struct.pack("<H", len(tags)) + bytes(12 * len(tags) + 4)
    for number, (tag, kind, value) in enumerate(sorted(tags, key=lambda one: one[0])):
        if isinstance(value, list):
            data, count = struct.pack("<I", _directory(body, value)), 1
        elif isinstance(value, bytes):
            data, count = value, len(value)
        else:
            values = (value,) if isinstance(value, int) else value
            data, count = struct.pack(f"<{len(values)}{_FORMATS[kind]}", *values), len(values)
        if len(data) > 4:
            place = len(body)
            body += data + bytes(len(data) % 2)
            data = struct.pack("<I", place)
        struct.pack_into("<HHI4s", body, at + 2 + 12 * number, tag, kind, count, data)
    return at


def _sensor(width: int = 64, height: int = 32) -> list[Tag]:
    """Return a directory of sensor data, which nobody reads here."""
    return [
        (254, _LONG, 0), (256, _LONG, width), (257, _LONG, height), (258, _SHORT, 16), (259, _SHORT, 1),
        (262, _SHORT, 32803), (273, _LONG, 512), (277, _SHORT, 1), (278, _LONG, height),
        (279, _LONG, width * height * 2), (33421, _SHORT, (2, 2)), (33422, _BYTE, b"\0\1\1\2"),
    ]  # fmt: skip


def dng(jpeg: bytes, orientation: int = 1, make: bytes = b"Whatsit\0", model: bytes = b"Box\0") -> bytes:
    """Return a DNG whose first directory is its preview."""
    tags: list[Tag] = [
            (254, _LONG, 1), (256, _LONG, 64), (257, _LONG, 32), (258, _SHORT, (8, 8, 8)), (259, _SHORT, 7),
            (262, _SHORT, 6), (271, _TEXT, make), (272, _TEXT, model), (273, _LONG, TAIL_AT),
            (274, _SHORT, orientation), (277, _SHORT, 3), (278, _LONG, 32), (279, _LONG, len(jpeg)),
            (330, _LONG, _sensor()), (50706, _BYTE, b"\1\4\0\0"), (50708, _TEXT, model),
        ]  # fmt: skip
    return tiff([tags], jpeg + bytes(8192))


def cr2(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return a Canon CR2: its first directory is the preview, its fourth the sensor's data."""
    tags: list[Tag] = [
        (256, _SHORT, 640), (257, _SHORT, 320), (258, _SHORT, (8, 8, 8)), (259, _SHORT, 6),
        (271, _TEXT, b"Canon\0"), (272, _TEXT, b"Canon EOS 400D DIGITAL\0"), (273, _LONG, TAIL_AT),
        (274, _SHORT, orientation), (279, _LONG, len(jpeg)),
    ]  # fmt: skip
    after: list[Tag] = [(259, _SHORT, 6)]
    sensor: list[Tag] = [
        (259, _SHORT, 6), (273, _LONG, TAIL_AT + len(jpeg)), (279, _LONG, 4096), (50648, _SHORT, 256),
        (50752, _SHORT, (1, 32, 32)),
    ]  # fmt: skip
    lossless = b"\xff\xd8\xff\xc3\0\x0e\x0e\0\x20\0\x20\2\0\x11\0\1\x11\0\xff\xda\0\x0a\2\0\0\1\0\1\0\0"
    return tiff([tags, after, after, sensor], jpeg + lossless + bytes(8192), b"II*\0\x10\0\0\0CR\2\0", 16)


def nef(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return a Nikon NEF: its preview is a directory inside the first."""
    inside: list[Tag] = [
        (254, _LONG, 1), (259, _SHORT, 6), (513, _LONG, TAIL_AT), (514, _LONG, len(jpeg)),
    ]  # fmt: skip
    tags: list[Tag] = [
        (254, _LONG, 1), (256, _LONG, 160), (257, _LONG, 120), (271, _TEXT, b"NIKON CORPORATION\0"),
        (272, _TEXT, b"NIKON D70\0"), (274, _SHORT, orientation), (330, _LONG, inside),
    ]  # fmt: skip
    return tiff([tags], jpeg)


def arw(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return a Sony ARW: its first directory is the preview."""
    tags: list[Tag] = [
        (254, _LONG, 1), (259, _SHORT, 6), (271, _TEXT, b"SONY\0"), (272, _TEXT, b"ILCE-7M3\0"),
        (274, _SHORT, orientation), (330, _LONG, _sensor()), (513, _LONG, TAIL_AT), (514, _LONG, len(jpeg)),
    ]  # fmt: skip
    return tiff([tags], jpeg + bytes(8192))


def orf(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return an Olympus ORF, which has a mark of its own."""
    sensor: list[Tag] = [
        (256, _LONG, 64), (257, _LONG, 32), (258, _SHORT, 16), (259, _SHORT, 1), (271, _TEXT, b"OLYMPUS\0"),
        (272, _TEXT, b"E-M1\0"), (273, _LONG, 512), (274, _SHORT, orientation), (277, _SHORT, 1),
        (278, _LONG, 32), (279, _LONG, 4096),
    ]  # fmt: skip
    inside: list[Tag] = [(259, _SHORT, 6), (513, _LONG, TAIL_AT), (514, _LONG, len(jpeg))]
    return tiff([sensor, inside], jpeg + bytes(8192), b"IIRO")


def rw2(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return a Panasonic RW2, which has a mark and tags of its own."""
    tags: list[Tag] = [
        (1, _BYTE, b"0230"), (2, _SHORT, 64), (3, _SHORT, 32), (4, _SHORT, 0), (5, _SHORT, 0),
        (6, _SHORT, 32), (7, _SHORT, 64), (46, _ANY, jpeg), (271, _TEXT, b"Panasonic\0"),
        (272, _TEXT, b"DMC-GH4\0"), (274, _SHORT, orientation), (280, _LONG, TAIL_AT + 4096),
    ]  # fmt: skip
    return tiff([tags], bytes(16384), b"IIU\0")


def raf(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return a Fuji RAF: a header of its own, then the preview, which says itself how it was held."""
    del orientation
    head = b"FUJIFILMCCD-RAW 0201FF383501X-T1".ljust(60, b"\0") + b"\0" * 24
    after = 160 + len(jpeg)
    places = struct.pack(">6I", 160, len(jpeg), after, 256, after + 256, 4096)
    size = struct.pack(">IHH2HHH2HHH2H", 3, 0x100, 4, 32, 64, 0x111, 4, 32, 64, 0x121, 4, 32, 64)
    return (head + places).ljust(160, b"\0") + jpeg + size.ljust(256, b"\0") + bytes(8192)


def cr3(jpeg: bytes, orientation: int = 1) -> bytes:
    """Return a Canon CR3: boxes as in films, the preview in one of them."""
    canon = bytes.fromhex("85c0b687820f11e08111f4ce462b6a48")
    prvw = bytes.fromhex("eaf42b5e1c984b88b9fbb7dc406e4d16")
    names: list[Tag] = [
        (256, _SHORT, 64), (257, _SHORT, 64), (271, _TEXT, b"Canon\0"), (272, _TEXT, b"Canon EOS R\0"),
        (274, _SHORT, orientation),
    ]  # fmt: skip
    moov = _box(b"moov", _box(b"uuid", canon + _box(b"CMT1", tiff([names], b""))) + _track())
    preview = struct.pack(">IHHHHI", 0, 1, 640, 320, 1, len(jpeg)) + jpeg
    return (
        _box(b"ftyp", b"crx \0\0\0\1crx isom")
        + moov
        + _box(b"uuid", prvw + bytes(4) + b"\0\0\0\1" + _box(b"PRVW", preview))
        + _box(b"mdat", bytes(4096))
    )


def _track() -> bytes:
    """Return the track of the sensor's data, as short as LibRaw takes it for one."""
    size = struct.pack(">4I", 64, 64, 64, 64)  # whole, tile
    cmp1 = b"\xff\xff\0\0" + b"\1\0\0\0" + size + b"\x0e\x40\0\0" + struct.pack(">I", 512)
    craw = bytes(6) + b"\0\1" + bytes(16) + struct.pack(">HH", 64, 64) + bytes(54)
    craw += _box(b"CMP1", cmp1.ljust(52, b"\0"))
    table = _box(b"stsd", bytes(4) + b"\0\0\0\1" + _box(b"CRAW", craw))
    table += _box(b"stsz", bytes(4) + struct.pack(">II", 2048, 1))
    table += _box(b"co64", bytes(4) + struct.pack(">IQ", 1, 2048))
    media = _box(b"hdlr", bytes(8) + b"vide" + bytes(13)) + _box(b"minf", _box(b"stbl", table))
    return _box(b"trak", _box(b"mdia", media))


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + kind + data


WRITTEN: Final = {
    "dng": dng,
    "cr2": cr2,
    "cr3": cr3,
    "nef": nef,
    "arw": arw,
    "raf": raf,
    "orf": orf,
    "rw2": rw2,
}
