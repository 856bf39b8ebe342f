"""Named arrays in one file (npz), written whole or not at all, read without pickle and within a limit."""

from __future__ import annotations

import math
import zipfile
import zlib
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from whatsit import files
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MOST_BYTES = 2 * 1024**3
_HEADERS: Final = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}


def write(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write named arrays of numbers or text."""
    with files.replacing(path) as temporary, temporary.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)


def read(path: Path, most_bytes: int = MOST_BYTES) -> dict[str, NDArray[Any]]:
    """Return the arrays in a file by name.

    Raises DataError when it is not such a file, or would take more than `most_bytes` unpacked.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            if sum(_unpacked(packed, member) for member in packed.infolist()) > most_bytes:
                raise DataError(f"the arrays are larger than {most_bytes // 1024**2} MB.", path=path)
        with np.load(path, allow_pickle=False) as arrays:
            return {name: arrays[name] for name in arrays.files}
    except MemoryError:
        raise DataError("the arrays need more memory than there is.", path=path) from None
    except (OSError, ValueError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        raise DataError(f"this is no file of arrays ({error}).", path=path) from None


def _unpacked(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> int:
    """Return what an array takes in memory: what its header claims is set aside before it is read."""
    with packed.open(member) as file:
        reads = _HEADERS.get(np.lib.format.read_magic(file))
        if reads is None:
            raise ValueError(f"{member.filename} is an array of another format")
        shape, _, dtype = reads(file)
    return max(member.file_size, math.prod(shape) * dtype.itemsize)
