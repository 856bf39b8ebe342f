"""Pixels that another program made of the golden pictures: read from a file, held against the right ones."""

from __future__ import annotations

import math
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

import numpy as np

from whatsit import pictures, renderings
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.golden import GoldenPicture
    from whatsit.graph import Graph
    from whatsit.manifest import InputSpec, Manifest

_SAME: Final = 3  # of 255: JPEG decoders round differently
_CLOSE: Final = 1.0  # of 255, in the mean
_LEAST_MOVE: Final = 0.01  # of a probability: less than this is no other answer
_WHITE: Final = 255
_MOST_NUMBERS: Final = 8  # bytes: the widest numbers that are read to say what they are
_HEADERS: Final = {
    (1, 0): np.lib.format.read_array_header_1_0,
    (2, 0): np.lib.format.read_array_header_2_0,
}
_DAMAGED: Final = (ValueError, EOFError, SyntaxError, tokenize.TokenError, RecursionError)
_SAVE: Final = "Save them with numpy.save, as uint8 [N, H, W, 3], in the order of golden/index.json."


@dataclass(frozen=True, slots=True)
class Finding:
    """How far one picture's pixels are from the right ones (of 255), and what that does to the answer.

    `moved` is the largest change of a probability; `mistakes` are named only where they can be recognised.
    """

    name: str
    largest: int
    mean: float
    moved: float
    answers: tuple[str, str]
    mistakes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether only rounding differs."""
        return self.largest <= _SAME

    @property
    def passed(self) -> bool:
        """Whether the pixels may be used: the same, or close and without effect on the answer."""
        return self.same or (self.mean <= _CLOSE and self.moved <= _LEAST_MOVE)

    @property
    def answer(self) -> str:
        """The answer, or both where the pixels change it; one that is at the border anyway is no other."""
        right, here = self.answers
        return right if right == here or self.moved <= _LEAST_MOVE else f"{right} → {here}"


def read(file: Path, photos: int, spec: InputSpec) -> NDArray[np.uint8]:
    """Return the pixels in an npy file, uint8 [photos, height, width, 3].

    Raises UsageError, with what it holds instead, when it is no such file; nothing of it is unpickled.
    """
    if not file.is_file():
        raise UsageError("there is no such file.", hint=_SAVE, path=file)
    try:
        with file.open("rb") as opened:
            shape, dtype = _header(opened)
            _require(shape, dtype, (photos, spec.height, spec.width, 3), file)
            opened.seek(0)
            pixels = np.load(opened, allow_pickle=False)
    except OSError as error:
        raise UsageError(f"the file cannot be read ({error.strerror}).", path=file) from None
    except _DAMAGED as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageError(f"this is no whole npy file ({said}).", hint=_SAVE, path=file) from None
    if pixels.dtype != np.uint8:
        raise _no_bytes(pixels, file)
    return np.ascontiguousarray(pixels)


def compare(
    given: NDArray[np.uint8], golden: Sequence[GoldenPicture], graph: Graph, manifest: Manifest
) -> Iterator[Finding]:
    """Yield what is found of the pixels [N,H,W,3] that were given for the golden pictures, one by one.

    Raises PictureError when a golden picture cannot be read here.
    """
    for pixels, one in zip(given, golden, strict=True):
        apart = np.abs(pixels.astype(np.int16) - one.pixels.astype(np.int16))
        right, here = graph.run(np.stack([one.pixels, pixels])).probabilities
        answers = (manifest.labels[int(right.argmax())].name, manifest.labels[int(here.argmax())].name)
        largest = int(apart.max())
        unlike = largest > _SAME
        yield Finding(
            name=one.file.name,
            largest=largest,
            mean=float(apart.mean()),
            moved=float(np.abs(here - right).max()),
            answers=answers,
            mistakes=renderings.mistakes(pixels, pictures.read(one.file), manifest.input) if unlike else (),
        )


def _header(opened: BinaryIO) -> tuple[tuple[int, ...], np.dtype[np.generic]]:
    version = np.lib.format.read_magic(opened)
    if version not in _HEADERS:
        raise ValueError("an array of another format")
    shape, _, dtype = _HEADERS[version](opened)
    return shape, dtype


def _require(
    shape: tuple[int, ...], dtype: np.dtype[np.generic], expected: tuple[int, ...], file: Path
) -> None:
    """Raise UsageError before anything is set aside for an array of another shape or of wide items."""
    if shape != expected:
        what = f"the pixels are {list(shape)}, not {list(expected)}{_why_shape(shape, expected)}."
        raise UsageError(what, hint=_SAVE, path=file)
    if dtype.kind not in "biuf" or dtype.itemsize > _MOST_NUMBERS:
        kind = "pickled objects" if dtype.hasobject else f"{dtype}"
        raise UsageError(f"the file holds {kind}, not uint8.", hint=_SAVE, path=file)


def _why_shape(shape: tuple[int, ...], expected: tuple[int, ...]) -> str:
    count, height, width, channels = expected
    reasons = {
        (count, channels, height, width): ": the channels come last",
        (count, height, width, 4): ": without alpha, which is laid on white",
        (count, height, width): ": grey pictures have three channels too",
        (count, width, height, channels): ": the height comes before the width",
        expected[1:]: ": every golden picture, in one array",
    }
    return reasons.get(shape, "")


def _no_bytes(pixels: NDArray[np.generic], file: Path) -> UsageError:
    """Return what to say of pixels that are no bytes: most often a program scaled them."""
    low, high = float(pixels.min()), float(pixels.max())
    what = f"the pixels are {pixels.dtype} from {low:.4g} to {high:.4g}, not uint8 from 0 to 255"
    if math.isfinite(low + high) and low >= 0 and high > 1 and high <= _WHITE:
        return UsageError(f"{what}.", hint="Save them with .round().astype(numpy.uint8).", path=file)
    hint = "All scaling is inside the graph: save the pixels as they are before any scaling, as uint8."
    return UsageError(f"{what}: they are scaled, or no pixels.", hint=hint, path=file)
