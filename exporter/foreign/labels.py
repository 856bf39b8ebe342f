"""labels.txt as people write it: UTF-8, one label a line, every mistake named by its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from whatsit import files
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_MARK: Final = b"\xef\xbb\xbf"
_LONGEST: Final = 200
_HINT: Final = "One label a line, in the order of the model's outputs."


def read(file: Path) -> tuple[str, ...]:
    """Return the labels in a file, in their order.

    Raises DataError, with the line, for what is not UTF-8, empty lines, labels that repeat or are too long.
    """
    try:
        data = file.read_bytes()
    except OSError as error:
        raise DataError(f"the labels cannot be read ({error.strerror}).", hint=_HINT, path=file) from None
    lines = [line.strip() for line in _text(data, file).removesuffix("\n").split("\n")]
    first: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line:
            raise DataError(f"line {number} is empty.", hint=_HINT, path=file)
        if len(line) > _LONGEST:
            raise DataError(f"line {number} is longer than {_LONGEST} characters.", hint=_HINT, path=file)
        if line in first:
            said = f"line {number} has {files.shown(line)!r} again, as line {first[line]}."
            raise DataError(said, hint="Labels tell answers apart: each stands there once.", path=file)
        first[line] = number
    return tuple(lines)


def check_count(labels: Sequence[str], given: int, file: Path) -> None:
    """Raise DataError when a model does not give as many probabilities as there are labels."""
    if len(labels) == given:
        return
    many = len(labels) > given
    place = f"line {given + 1} is one too many" if many else f"line {len(labels)} is the last"
    raise DataError(
        f"the model tells {given} labels apart, and here are {len(labels)}: {place}.", hint=_HINT, path=file
    )


def _text(data: bytes, file: Path) -> str:
    if data.startswith(_MARK):
        hint = "Save it as UTF-8 without BOM: the mark would be a part of the first label."
        raise DataError("line 1 begins with a byte order mark.", hint=hint, path=file)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise DataError(f"line {line} is not UTF-8.", hint="Save the labels as UTF-8.", path=file) from None
