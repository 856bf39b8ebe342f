"""Variations of a training photo: other shapes, sizes, colours and JPEG qualities."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

from PIL import Image, ImageEnhance, ImageOps

if TYPE_CHECKING:
    import numpy as np

    from trainer.recipe import Augment


def vary(picture: Image.Image, settings: Augment, random: np.random.Generator) -> Image.Image:
    """Return a random variation of an sRGB picture; its size is free, the contract's resize comes after."""
    if random.random() < 0.5:  # noqa: PLR2004 - a fair coin
        picture = ImageOps.mirror(picture)
    if random.random() < settings.untouched:
        return picture
    picture = _crop(picture, settings, random)
    picture = _colour(picture, settings, random)
    if random.random() < settings.shrink:
        picture = _shrink(picture, settings.smallest_side, random)
    if random.random() < settings.jpeg:
        picture = _compress(picture, int(random.integers(settings.worst_quality, 96)))
    return picture


def _crop(picture: Image.Image, settings: Augment, random: np.random.Generator) -> Image.Image:
    area = random.uniform(settings.area, 1.0)
    stretch = math.exp(random.uniform(-1, 1) * math.log(settings.aspect) / 2)
    width = min(picture.width, max(1, round(picture.width * math.sqrt(area) * stretch)))
    height = min(picture.height, max(1, round(picture.height * math.sqrt(area) / stretch)))
    left = int(random.integers(0, picture.width - width + 1))
    top = int(random.integers(0, picture.height - height + 1))
    return picture.crop((left, top, left + width, top + height))


def _colour(picture: Image.Image, settings: Augment, random: np.random.Generator) -> Image.Image:
    if random.random() < settings.grey:
        return ImageOps.grayscale(picture).convert("RGB")
    for enhance in (ImageEnhance.Brightness, ImageEnhance.Contrast, ImageEnhance.Color):
        picture = enhance(picture).enhance(random.uniform(1 - settings.colour, 1 + settings.colour))
    return picture


def _shrink(picture: Image.Image, smallest: int, random: np.random.Generator) -> Image.Image:
    shorter = min(picture.size)
    if shorter <= smallest:
        return picture
    scale = random.uniform(smallest, shorter) / shorter
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    filters = (Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.BOX)
    return picture.resize(size, filters[int(random.integers(len(filters)))])


def _compress(picture: Image.Image, quality: int) -> Image.Image:
    encoded = io.BytesIO()
    picture.save(encoded, "JPEG", quality=quality)
    return Image.open(encoded).convert("RGB")
