"""The contract of pixels: one function from a file to what a model sees, for all parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import PIL
from PIL import Image

from whatsit import pictures

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.limits import Limits
    from whatsit.manifest import InputSpec

MAKER: Final = f"pillow-{PIL.__version__}-1"  # whoever keeps what was made of pixels keeps this too


def pixels(
    source: Path | bytes, spec: InputSpec, path: Path | None = None, limits: Limits | None = None
) -> NDArray[np.uint8]:
    """Return the model's pixels, uint8 [height, width, 3], of a file or of a file's bytes, read from `path`.

    Without `limits` the user's own hold. Raises PictureError with the reason when the picture cannot be read.
    """
    # Twice the target: there a reduced JPEG gives the same features as a whole one.
    at_least = (2 * spec.width, 2 * spec.height)
    if isinstance(source, bytes):
        return resize(pictures.decode(source, at_least, path, limits), spec)
    return resize(pictures.decode(pictures.read(source, limits), at_least, source, limits), spec)


def resize(picture: Image.Image, spec: InputSpec) -> NDArray[np.uint8]:
    """Return an sRGB picture resized as `spec` says, uint8 [height, width, 3]."""
    box = (0.0, 0.0, float(picture.width), float(picture.height))
    if spec.resize == "crop":  # the largest part of the target's shape, from the centre
        scale = min(picture.width / spec.width, picture.height / spec.height)
        width, height = spec.width * scale, spec.height * scale
        left, top = (picture.width - width) / 2, (picture.height - height) / 2
        box = (left, top, left + width, top + height)
    resized = picture.resize((spec.width, spec.height), Image.Resampling.BILINEAR, box)
    return np.asarray(resized, dtype=np.uint8)
