"""Files written whole or not at all, their fingerprints, and names made fit to show."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from whatsit.errors import BundleError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

# Controls, and the marks that turn the direction of text round: a name must not steer a terminal or a table.
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

_TOKEN = 4  # bytes of chance in a temporary name


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside `path` that takes its place when the block ends without an error.

    Raises UsageError when `path` is there and is no file.
    """
    check_target(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.stem}.{os.urandom(_TOKEN).hex()}{path.suffix}")
    try:
        yield temporary
        with temporary.open("rb") as file:
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def is_temporary(path: Path, target: Path) -> bool:
    """Return whether a path is what `replacing` writes before it takes the place of `target`."""
    length = len(f".{target.stem}.{target.suffix}") + 2 * _TOKEN
    named = path.name.startswith(f".{target.stem}.") and path.name.endswith(target.suffix)
    return named and len(path.name) == length and is_beside(path, target)


def is_beside(path: Path, other: Path) -> bool:
    """Return whether two paths are in one folder, by whatever names."""
    return os.path.realpath(path.parent) == os.path.realpath(other.parent)


def check_target(path: Path) -> None:
    """Raise UsageError when `path` cannot be replaced by a file: it is a folder, a pipe or a device."""
    if path.exists() and not path.is_file():
        kind = "a folder" if path.is_dir() else "a pipe or a device"
        raise UsageError(f"this is {kind}, not a file.", hint="Name a file.", path=path)


def inside(folder: Path, name: str) -> Path:
    """Return the path of a bundle's file after checking that it is a file and leads to none elsewhere.

    Raises BundleError when it is not, OSError when it is not there.
    """
    path = folder / name
    if not Path(os.path.realpath(path)).is_relative_to(
        os.path.realpath(folder)
    ):  # resolve() raises for a loop
        raise BundleError(f"{name} leads out of the bundle's folder.", path=folder)
    path.stat()
    if not path.is_file():
        raise BundleError(f"{name} is not a file.", path=folder)
    return path


def read_inside(folder: Path, name: str, most: int) -> bytes:
    """Return the bytes of a bundle's file.

    Raises BundleError when it is outside, not a file or larger than `most` bytes, OSError when it is missing.
    """
    with inside(folder, name).open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise BundleError(f"{name} is larger than {max(most // 1024**2, 1)} MB.", path=folder)
    return data


def open_regular(path: Path) -> BinaryIO:
    """Return a file opened to read bytes; never waits for a pipe or reads a device.

    Raises OSError when it cannot be opened or is no regular file.
    """
    # Only POSIX has pipes that wait, and only Windows files that are not bytes.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    )
    file = os.fdopen(os.open(path, flags), "rb")
    if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        return file
    file.close()
    raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", os.fspath(path))


def state(file: BinaryIO) -> tuple[int, int]:
    """Return an open file's size and time of change: what differs once somebody has written to it."""
    found = os.fstat(file.fileno())
    return found.st_size, found.st_mtime_ns


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8, whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes as hexadecimal."""
    import hashlib  # noqa: PLC0415 - it loads a library that the start of the window does without

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def shown(path: Path | str) -> str:
    r"""Return a path as text safe to print: forward slashes, bytes outside UTF-8 and controls as `\xNN`."""
    text = os.fspath(path)
    if not (text.isascii() and text.isprintable()):
        text = os.fsencode(text).decode("utf-8", "backslashreplace")
    if os.sep != "/":
        text = text.replace(os.sep, "/")
    return _UNPRINTABLE.sub(lambda match: "".join(rf"\x{byte:02x}" for byte in match[0].encode()), text)


def by_number(name: str) -> list[tuple[int, str]]:
    """Return a key to sort names by that has 2 before 10."""
    parts: list[str] = re.findall(r"\d+|\D+", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
