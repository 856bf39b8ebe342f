"""Golden pictures: encoded pictures with the pixels and the Keras outputs that they must give everywhere."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

import numpy as np
from PIL import Image
from pydantic import Field, ValidationError

from whatsit import arrays, files, pictures
from whatsit.errors import BundleError, DataError, PictureError
from whatsit.manifest import Check, FileName, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.graph import Outputs
    from whatsit.manifest import VariantName

FOLDER: Final = "golden"
INDEX: Final = "index.json"
EXPECTED: Final = "expected.npz"
_MOST_PICTURES: Final = 256
_MOST_INDEX_BYTES: Final = 1024**2
_MOST_PIXELS_BYTES: Final = 256 * 1024**2
_MOST_EXPECTED_BYTES: Final = 256 * 1024**2


class GoldenIndex(Record):
    """The whole of `golden/index.json`: the pictures, in the order of every array of `expected.npz`."""

    format_version: Literal[1] = 1
    pictures: tuple[FileName, ...] = Field(min_length=1, max_length=_MOST_PICTURES)


@dataclass(frozen=True, slots=True)
class GoldenPicture:
    """One picture, its pixels uint8 [H,W,3], and by name what Keras gave for them, without the batch axis."""

    file: Path
    pixels: NDArray[np.uint8]
    outputs: dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a variant may be from Keras: probabilities by themselves, other outputs by their largest value.

    The answer must be the same wherever Keras' best label leads the next by more than `lead`.
    """

    probabilities: float
    others: float | None
    lead: float


# int8 differs from Keras by design; that no sum is cut off, the export checks (exporter/saturation.py).
LIMITS: Final[dict[VariantName, Limits]] = {
    "fp32": Limits(1e-4, 1e-4, 2e-4),
    "fp16": Limits(2e-2, 2e-2, 4e-2),
    "int8": Limits(0.25, None, 0.3),
}
ON_CUDA: Final = Limits(1e-3, 1e-3, 2e-3)  # other orders of adding up, no TF32
_PIXELS_APART: Final = 3  # of 255: JPEG decoders and colour transforms round differently


def read(bundle: Bundle) -> list[GoldenPicture]:
    """Return the bundle's golden pictures.

    Raises BundleError when there are none or they are not whole.
    """
    folder = bundle.folder / FOLDER
    try:
        index = GoldenIndex.model_validate_json(files.read_inside(folder, INDEX, _MOST_INDEX_BYTES))
        expected = _expected(files.inside(folder, EXPECTED), len(bundle.manifest.labels))
        return [_picture(folder, name, place, expected, bundle) for place, name in enumerate(index.pictures)]
    except OSError as error:
        reason = error.strerror or str(error)
    except (ValidationError, DataError, PictureError, IndexError) as error:
        reason = str(error).splitlines()[0]
    raise BundleError(f"the golden pictures cannot be read ({reason}).", path=bundle.folder)


def state(bundle: Bundle) -> str:
    """Return what changes when a golden file does: names, sizes and times, without reading them."""
    try:
        with os.scandir(bundle.folder / FOLDER) as entries:
            facts = sorted((one.name, (stat := one.stat()).st_size, stat.st_mtime_ns) for one in entries)
    except OSError:
        return ""
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def _expected(file: Path, labels: int) -> dict[str, NDArray[np.float32]]:
    found = arrays.read(file, _MOST_EXPECTED_BYTES)
    if "probabilities" not in found:  # a picture without them proves nothing
        raise DataError("the expected probabilities are missing.", path=file)
    if found["probabilities"].shape[1:] != (labels,):
        raise DataError(f"the expected probabilities are not of {labels} labels.", path=file)
    if odd := [name for name, values in found.items() if values.dtype.kind != "f"]:
        raise DataError(f"the expected {odd[0]} are no floating-point numbers.", path=file)
    return found


def _picture(
    folder: Path, name: str, place: int, expected: Mapping[str, NDArray[np.float32]], bundle: Bundle
) -> GoldenPicture:
    size = bundle.manifest.input
    file, pixels_file = files.inside(folder, name), _pixels_file(folder, name)
    data = files.read_inside(folder, pixels_file.name, _MOST_PIXELS_BYTES)
    pixels = np.asarray(pictures.decode(data, path=pixels_file))
    if pixels.shape != (size.height, size.width, 3):
        raise BundleError(f"{pixels_file.name} is not of {size.width} by {size.height} pixels.", path=folder)
    return GoldenPicture(file, pixels, {output: values[place] for output, values in expected.items()})


def write(
    folder: Path,
    encoded: Sequence[tuple[str, bytes]],
    pixels: NDArray[np.uint8],
    outputs: Mapping[str, NDArray[np.float32]],
) -> None:
    """Write golden pictures into a bundle's folder: (file name, bytes) each, pixels [N,H,W,3], outputs [N,…].

    Raises ValueError when the numbers differ or two names have the same stem.
    """
    names = [name for name, _ in encoded]
    if len({Path(name).stem for name in names}) != len(names):
        raise ValueError("two golden pictures have the same stem")
    if len(pixels) != len(names) or any(len(values) != len(names) for values in outputs.values()):
        raise ValueError("pictures, pixels and outputs differ in number")
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    for (name, data), values in zip(encoded, pixels, strict=True):
        (place / name).write_bytes(data)
        Image.fromarray(values).save(_pixels_file(place, name), optimize=True)
    arrays.write(place / EXPECTED, {name: np.asarray(values, np.float32) for name, values in outputs.items()})
    files.write_text(place / INDEX, GoldenIndex(pictures=tuple(names)).model_dump_json(indent=1) + "\n")


def _pixels_file(folder: Path, name: str) -> Path:
    return folder / f"{Path(name).stem}.pixels.png"


def compare_pixels(golden: Sequence[GoldenPicture], pixels_of: Callable[[Path], NDArray[np.uint8]]) -> Check:
    """Return whether the pictures give the pixels that they must give on this machine."""
    apart = max(
        int(np.abs(pixels_of(one.file).astype(np.int16) - one.pixels.astype(np.int16)).max())
        for one in golden
    )
    return Check(
        name="golden pixels",
        passed=apart <= _PIXELS_APART,
        measured=f"{apart} of 255 apart",
        limit=f"at most {_PIXELS_APART}",
    )


def compare(
    golden: Sequence[GoldenPicture],
    outputs_of: Callable[[NDArray[np.uint8]], Outputs],
    variant: VariantName,
    limits: Limits | None = None,
) -> list[Check]:
    """Return how the outputs for the golden pixels [N,H,W,3] stand against Keras', one check an output.

    `limits` are those of the variant unless others are given.
    """
    limits = limits or LIMITS[variant]
    given = outputs_of(np.stack([one.pixels for one in golden])).arrays
    expected = {name: np.stack([one.outputs[name] for one in golden]) for name in golden[0].outputs}
    missing = [name for name in expected if name not in given]
    checks = [_missing(name, variant) for name in missing]
    for name in (name for name in expected if name not in missing):
        if name == "probabilities":
            checks.append(_answers(given[name], expected[name], limits.lead, variant))
            checks.append(_close(name, given[name], expected[name], limits.probabilities, variant))
        elif limits.others is not None:
            scale = float(np.abs(expected[name]).max()) or 1.0
            checks.append(_close(name, given[name] / scale, expected[name] / scale, limits.others, variant))
    return checks


def _missing(name: str, variant: VariantName) -> Check:
    return Check(name=f"golden {name}", passed=False, measured="the graph does not give it", variant=variant)


def leads(probabilities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return by how much the best label of each photo leads the next, [N] of [N,C]; NaN where it has none."""
    ranked = np.sort(probabilities, axis=-1)
    return np.asarray(ranked[:, -1] - ranked[:, -2], dtype=np.float32)


def _answers(
    given: NDArray[np.float32], expected: NDArray[np.float32], lead: float, variant: VariantName
) -> Check:
    clear = leads(expected) > lead
    same = np.argmax(given, axis=-1) == np.argmax(expected, axis=-1)
    counted = f"{int(same[clear].sum())} of {int(clear.sum())} the same"
    return Check(
        name="golden answers",
        passed=bool(same[clear].all() and np.isfinite(given).all()),
        measured=counted if clear.any() else "no picture has such a lead: nothing to compare",
        limit=f"all with a lead over {lead:g}",
        variant=variant,
    )


def _close(
    name: str, given: NDArray[np.float32], expected: NDArray[np.float32], limit: float, variant: VariantName
) -> Check:
    if given.shape != expected.shape:
        measured = f"shape {given.shape}, not {expected.shape}"
        return Check(name=f"golden {name}", passed=False, measured=measured, variant=variant)
    apart = float(np.abs(given - expected).max())
    return Check(
        name=f"golden {name}",
        passed=apart <= limit,  # false for NaN too
        measured=f"{apart:.2g} apart",
        limit=f"at most {limit:g}",
        variant=variant,
    )
