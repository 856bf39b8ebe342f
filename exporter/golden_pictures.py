"""The golden pictures of a bundle, generated and from a folder, in the encodings that go wrong elsewhere."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from whatsit import golden, pictures, preprocess

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from exporter.outputs import OutputsOf
    from whatsit.manifest import InputSpec

Encoded = tuple[str, bytes]
Steady = Callable[[NDArray[np.uint8]], NDArray[np.bool_]]
_SIDE: Final = 320  # more than networks take, so that resizing is tested too
_ORIENTATION: Final = 0x0112
_SUFFIXES: Final = (".jpg", ".jpeg", ".png", ".webp")
_MOST_SAMPLES: Final = 4
_NEAR_BORDER: Final = 4
_SHARES: Final = (0.3, 0.4, 0.5, 0.6, 0.7)


def write(folder: Path, samples: Path | None, spec: InputSpec, outputs_of: OutputsOf, steady: Steady) -> None:
    """Write the golden pictures into a bundle's folder, with what Keras (`outputs_of`) gives for them.

    `samples` holds public-domain pictures; without it all are generated. `steady` says for pixels [N,H,W,3]
    where every variant is well within its limits: golden pictures show whether a runtime computes a file as
    it was proven, not how exact the file is; one that int8 takes to its limit would raise false alarms.
    """
    drawn = _drawn(samples)
    encoded = [
        *((f"{name}.jpg", _jpeg(picture)) for name, picture in drawn),
        *encodings([picture for _, picture in drawn], spec, steady),
        *near_border([picture for _, picture in drawn], spec, outputs_of, steady),
    ]
    pixels = np.stack([preprocess.pixels(data, spec) for _, data in encoded])
    kept = np.flatnonzero(steady(pixels))
    kept = kept if len(kept) else np.arange(len(encoded))
    golden.write(folder, [encoded[place] for place in kept], pixels[kept], outputs_of(pixels[kept]))


def proving_pixels(samples: Path | None, spec: InputSpec) -> NDArray[np.uint8]:
    """Return the pixels [N,H,W,3] of the pictures, then of blends and crops of them."""
    drawn = [picture for _, picture in _drawn(samples)]
    return np.stack([preprocess.pixels(_jpeg(picture), spec) for picture in (*drawn, *_mixed(drawn))])


def generated() -> list[tuple[str, Image.Image]]:
    """Return pictures drawn by arithmetic, the same on every machine: a gradient, shapes, fine stripes."""
    across, down = np.meshgrid(np.arange(_SIDE), np.arange(_SIDE * 3 // 4))
    gradient = np.stack(
        [across * 255 // (_SIDE - 1), down * 255 // down.max(), (across + down) % 256], axis=-1
    )
    stripes = np.where((across // 3 + down // 5) % 2, 230, 25)
    shapes = Image.new("RGB", (_SIDE * 3 // 4, _SIDE), (40, 90, 160))
    draw = ImageDraw.Draw(shapes)
    draw.ellipse((30, 40, 200, 210), fill=(240, 200, 60))
    draw.polygon([(20, 300), (120, 180), (230, 310)], fill=(30, 140, 70))
    draw.rectangle((150, 20, 220, 120), fill=(200, 40, 50))
    return [
        ("gradient", Image.fromarray(gradient.astype(np.uint8))),
        ("stripes", Image.fromarray(np.repeat(stripes[..., np.newaxis], 3, axis=-1).astype(np.uint8))),
        ("shapes", shapes),
    ]


def encodings(drawn: Sequence[Image.Image], spec: InputSpec, steady: Steady) -> list[Encoded]:
    """Return one picture in each encoding: turned by EXIF, CMYK, grey, alpha, 16 bits, palette."""
    encoders: dict[str, Callable[[Image.Image], bytes]] = {
        **{f"turned-{way}.jpg": partial(_jpeg, orientation=way) for way in (2, 3, 6, 8)},
        "cmyk.jpg": lambda picture: _jpeg(picture.convert("CMYK")),
        "grey.jpg": lambda picture: _jpeg(picture.convert("L")),
        "alpha.png": lambda picture: _png(_with_alpha(picture)),
        "grey16.png": lambda picture: _png(_in_16_bits(picture)),
        "palette.png": lambda picture: _png(picture.quantize(64)),
    }
    chosen = []
    for number, (name, encode) in enumerate(encoders.items(), start=1):
        turn = [encode(drawn[(place - number) % len(drawn)]) for place in range(len(drawn))]
        good = (data for data in turn if steady(preprocess.pixels(data, spec)[np.newaxis])[0])
        chosen.append((name, next(good, turn[0])))
    return chosen


def near_border(
    drawn: Sequence[Image.Image], spec: InputSpec, outputs_of: OutputsOf, steady: Steady
) -> list[Encoded]:
    """Return those blends and crops of the pictures that Keras can hardly tell, the least certain first."""
    encoded = [_jpeg(picture) for picture in _mixed(drawn)]
    pixels = np.stack([preprocess.pixels(data, spec) for data in encoded])
    near = np.where(steady(pixels), golden.leads(outputs_of(pixels)["probabilities"]), np.inf)
    nearest = [place for place in np.argsort(near, kind="stable")[:_NEAR_BORDER] if np.isfinite(near[place])]
    return [(f"border-{number}.jpg", encoded[place]) for number, place in enumerate(nearest, start=1)]


def _drawn(samples: Path | None) -> list[tuple[str, Image.Image]]:
    return [*generated(), *_from_folder(samples)]


def _mixed(drawn: Sequence[Image.Image]) -> list[Image.Image]:
    blends = (
        Image.blend(_square(one), _square(other), share)
        for one, other in itertools.combinations(drawn, 2)
        for share in _SHARES
    )
    return [*blends, *map(_corner, drawn)]


def _from_folder(folder: Path | None) -> list[tuple[str, Image.Image]]:
    files = sorted(folder.iterdir()) if folder is not None and folder.is_dir() else []
    chosen = [file for file in files if file.suffix.lower() in _SUFFIXES][:_MOST_SAMPLES]
    return [
        (f"sample-{file.stem.lower()}", _small(pictures.decode(pictures.read(file), path=file)))
        for file in chosen
    ]


def _small(picture: Image.Image) -> Image.Image:
    picture.thumbnail((_SIDE, _SIDE), Image.Resampling.LANCZOS)
    return picture


def _square(picture: Image.Image) -> Image.Image:
    return picture.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR)


def _corner(picture: Image.Image) -> Image.Image:
    return picture.crop((0, 0, picture.width * 2 // 3, picture.height * 2 // 3))


def _with_alpha(picture: Image.Image) -> Image.Image:
    alpha = Image.linear_gradient("L").resize(picture.size)
    together = picture.convert("RGBA")
    together.putalpha(alpha)
    return together


def _in_16_bits(picture: Image.Image) -> Image.Image:
    grey = np.asarray(picture.convert("L"), dtype=np.uint16)
    return Image.fromarray(grey * 257)


def _jpeg(picture: Image.Image, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    if orientation != 1:
        exif[_ORIENTATION] = orientation
    return _bytes(picture, "JPEG", quality=88, exif=exif)


def _png(picture: Image.Image) -> bytes:
    return _bytes(picture, "PNG", optimize=True)


def _bytes(picture: Image.Image, kind: str, **settings: object) -> bytes:
    encoded = io.BytesIO()
    picture.save(encoded, kind, **settings)
    return encoded.getvalue()
