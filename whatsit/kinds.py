"""Which files are pictures: by name, or by their first bytes."""

from __future__ import annotations

from typing import Final

FIRST_BYTES: Final = 32

# What `whatsit.pictures` reads, and HEIC and raw photos as well:
# a person calls them pictures, so one that cannot be read is named, not passed over.
# fmt: off
RAW_EXTENSIONS: Final = frozenset(
    (
        ".3fr", ".arw", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".iiq", ".kdc", ".mef",
        ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".raf", ".raw", ".rw2", ".rwl", ".sr2",
        ".srf", ".srw", ".x3f",
    )
)
PICTURE_EXTENSIONS: Final = RAW_EXTENSIONS | frozenset(
    (
        ".apng", ".avif", ".avifs", ".bmp", ".dcx", ".dds", ".dib", ".gif", ".heic",
        ".heics", ".heif", ".heifs", ".hif", ".j2c", ".j2k", ".jfif", ".jp2",
        ".jpc", ".jpe", ".jpeg", ".jpf", ".jpg", ".jpx", ".jxl", ".mpo", ".pbm", ".pcx", ".pgm",
        ".png", ".pnm", ".ppm", ".psd", ".qoi", ".sgi", ".tga", ".tif", ".tiff", ".webp", ".xbm",
        ".xpm",
    )
)
# fmt: on
_JXL: Final = b"\x00\x00\x00\x0cJXL \r\n\x87\n"
_STARTS: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
    b"\x00\x00\x00\x0cjP  \r\n\x87\n",
    b"\xff\x4f\xff\x51",
    _JXL,
    b"8BPS\x00\x01",
    b"DDS |\x00\x00\x00",
    b"qoif",
)
# Raw photos that do not begin as TIFF does: Fuji, Olympus, Panasonic, Sigma, Minolta; Canon's follow below.
_RAW_STARTS: Final = (b"FUJIFILMCCD-RAW", b"IIRO", b"IIRS", b"MMOR", b"IIU\x00", b"FOVb", b"\x00MRM")
_TIFF_STARTS: Final = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
_BRANDS: Final = frozenset(
    (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis")
)
_HEIC_BRANDS: Final = _BRANDS - {b"avif", b"avis"}
_BMP_HEADERS: Final = frozenset((12, 40, 52, 56, 64, 108, 124))
_MACOS_NOTES: Final = (b"\x00\x05\x16\x07", b"\x00\x05\x16\x00")


def is_picture_name(name: str) -> bool:
    """Return whether a file's name says that it is a picture."""
    return extension(name) in PICTURE_EXTENSIONS


def is_raw_name(name: str) -> bool:
    """Return whether a file's name says that it is a camera's raw photo."""
    return extension(name) in RAW_EXTENSIONS


def is_raw(name: str, start: bytes) -> bool:
    """Return whether name and first bytes say raw: many begin as TIFF does, and some so named are JPEGs."""
    return _is_raw_start(start) or (
        is_raw_name(name) and (start.startswith(_TIFF_STARTS) or not is_picture_start(start))
    )


def is_heic_start(start: bytes) -> bool:
    """Return whether a file's first bytes say that it is a HEIC or another HEIF picture, AVIF excepted."""
    return start[4:8] == b"ftyp" and start[8:12] in _HEIC_BRANDS


def is_avif_start(start: bytes) -> bool:
    """Return whether a file's first bytes say that it is an AVIF picture."""
    return start[4:8] == b"ftyp" and start[8:12] in (b"avif", b"avis")


def is_jxl_start(start: bytes) -> bool:
    """Return whether a file's first bytes say that it is a JPEG XL picture in its usual box."""
    return start.startswith(_JXL)


def _is_raw_start(start: bytes) -> bool:
    return (
        start.startswith(_RAW_STARTS)
        or (start.startswith(b"II*\x00") and start[8:10] == b"CR")
        or start[4:12] == b"ftypcrx "
    )


def is_picture_start(start: bytes) -> bool:
    """Return whether a file's first `FIRST_BYTES` bytes say that it is a picture."""
    if start.startswith(_STARTS) or _is_raw_start(start):
        return True
    if start[4:8] == b"ftyp":
        return start[8:12] in _BRANDS
    if start.startswith(b"RIFF"):
        return start[8:12] == b"WEBP"
    # Two letters alone would take many a text for a picture.
    return (
        start.startswith(b"BM")
        and start[6:10] == bytes(4)
        and start[14:15] != b""
        and start[14] in _BMP_HEADERS
    )


def is_macos_note(name: str, start: bytes) -> bool:
    """Return whether a file is what macOS leaves beside a photo on foreign disks: same name, no picture."""
    return name.startswith("._") and start.startswith(_MACOS_NOTES)


def extension(name: str) -> str:
    """Return a file name's extension in small letters, with its dot; a leading dot begins none."""
    stem, dot, end = name.rpartition(".")
    return (dot + end).lower() if stem.strip(".") else ""
