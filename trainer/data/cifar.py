"""CIFAR-10's python batches, unpacked once as PNGs.

A stranger's pickle may name anything to be called: here `_Reader` knows arrays of bytes and nothing else.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import re
import secrets
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from whatsit import files, home
from whatsit.errors import DataError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_SIDE: Final = 32
_VALUES: Final = 3 * _SIDE * _SIDE
_MOST_BYTES: Final = 64 * 1024**2  # the true ones have 31 million
_META: Final = "batches.meta"
_FOLDER: Final = "cifar-10-batches-py"
_PLAIN_NAME: Final = re.compile(r"[\w][\w .-]{0,63}")
# What a damaged or hostile pickle makes the reader raise.
_PICKLE_ERRORS: Final = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OverflowError,
    RecursionError,
    TypeError,
    ValueError,
)


class _Array:
    """What stands in a pickle for an array; it takes shape and bytes, and nothing of numpy runs."""

    values = b""

    def __setstate__(self, state: object) -> None:
        match state:
            case (int(), tuple(), _Bytes(), False | 0, bytes(values)):
                self.values = values
            case _:
                raise pickle.UnpicklingError("an array of something else than bytes")


class _Bytes:
    """What stands in a pickle for numpy's type of a byte."""

    def __init__(self, name: object, *_rest: object) -> None:
        if name not in (b"u1", "u1"):
            raise pickle.UnpicklingError("numbers of another kind than bytes")

    def __setstate__(self, state: object) -> None:
        """Take no notice of the byte order: a byte has none."""


def _array(*_arguments: object) -> _Array:
    return _Array()


def _latin(text: object, _coding: object = None) -> bytes:
    return str(text).encode("latin-1")


class _Reader(pickle.Unpickler):
    """Reads numbers, text, lists, dictionaries and arrays of bytes; anything else is refused by name."""

    def find_class(self, module: str, name: str) -> object:
        place = module.removeprefix("numpy.").removeprefix("_core.").removeprefix("core.")
        match place, name:
            case "multiarray", "_reconstruct":
                return _array
            case "numpy", "ndarray":
                return _Array
            case "numpy", "dtype":
                return _Bytes
            case "_codecs", "encode":  # how Python 3 puts bytes into a pickle for Python 2
                return _latin
        raise pickle.UnpicklingError(f"it asks for {module}.{name}")


@dataclass(frozen=True, slots=True)
class Batches:
    """The files of a CIFAR-10: the names of its classes, its batches to learn from, and its test batch."""

    meta: Path
    train: tuple[Path, ...]
    test: Path | None

    @property
    def every(self) -> tuple[Path, ...]:
        """All its batches."""
        return (*self.train, self.test) if self.test else self.train


def batches(folder: Path) -> Batches | None:
    """Return the batches in a folder, or in the one that their archive makes; None where there are none."""
    for place in (folder, folder / _FOLDER):
        found = tuple(sorted(place.glob("data_batch_[0-9]")))
        if found and (place / _META).is_file():
            test = place / "test_batch"
            return Batches(place / _META, found, test if test.is_file() else None)
    return None


def unpacked(source: Batches) -> Path:
    """Return a folder of `train` and `test` with the photos as PNG in class folders, made where not there.

    Raises DataError when a file holds anything but CIFAR-10's numbers and names.
    """
    digest = hashlib.sha256("".join(map(files.sha256, (source.meta, *source.every))).encode()).hexdigest()
    place = home.cache() / f"cifar10-{digest[:16]}"
    if place.is_dir():
        return place
    labels = _labels(source.meta)
    place.parent.mkdir(parents=True, exist_ok=True)
    making = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        with Progress("unpacking CIFAR-10", None) as progress:
            for batch in source.every:
                part = making / ("test" if batch == source.test else "train")
                _unpack(batch, labels, part, progress)
        if not place.is_dir():  # or another program was faster
            making.rename(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return place


def _labels(meta: Path) -> list[str]:
    names = _load(meta).get(b"label_names")
    if not isinstance(names, list) or not names:
        raise DataError("there are no label names in it.", path=meta)
    labels = [name.decode("utf-8", "replace") if isinstance(name, bytes) else str(name) for name in names]
    wrong = next((label for label in labels if not _PLAIN_NAME.fullmatch(label)), None)
    if wrong is not None:
        raise DataError(f"{files.shown(wrong)!r} is no name for a class folder.", path=meta)
    return labels


def _unpack(batch: Path, labels: list[str], into: Path, progress: Progress) -> None:
    pictures, numbers = _pictures(batch, len(labels))
    for label in labels:
        (into / label).mkdir(parents=True, exist_ok=True)
    for place, (picture, number) in enumerate(zip(pictures, numbers, strict=True)):
        name = f"{batch.name}-{place:05d}.png"
        Image.fromarray(picture).save(into / labels[number] / name, compress_level=1)
        progress.advance()


def _pictures(batch: Path, classes: int) -> tuple[NDArray[np.uint8], list[int]]:
    """Return a batch's pictures [N,32,32,3] and the number of each one's class."""
    table = _load(batch)
    data, numbers = table.get(b"data"), table.get(b"labels")
    if not isinstance(data, _Array) or not isinstance(numbers, list):
        raise DataError("data and labels are not there.", path=batch)
    if len(data.values) != _VALUES * len(numbers):
        raise DataError("there are not as many pictures of 32×32 pixels as labels.", path=batch)
    if not all(isinstance(number, int) and 0 <= number < classes for number in numbers):
        raise DataError("a label has a number without a name.", path=batch)
    planes = np.frombuffer(data.values, np.uint8).reshape(-1, 3, _SIDE, _SIDE)
    return np.ascontiguousarray(planes.transpose(0, 2, 3, 1)), numbers


def _load(file: Path) -> dict[object, object]:
    with file.open("rb") as opened:
        data = opened.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise DataError(f"it is larger than {_MOST_BYTES // 1024**2} MB.", path=file)
    try:
        found = _Reader(io.BytesIO(data), encoding="bytes").load()
    except _PICKLE_ERRORS as error:
        raise DataError(
            f"this is no batch of CIFAR-10 ({error}).",
            hint="Take the python version from its makers; it was not run.",
            path=file,
        ) from None
    if not isinstance(found, dict):
        raise DataError("this is no batch of CIFAR-10.", path=file)
    return {_as_bytes(key): value for key, value in found.items()}


def _as_bytes(key: object) -> object:
    return key.encode(errors="replace") if isinstance(key, str) else key
