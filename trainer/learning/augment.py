"""Variations of a training photo: mirrored, moved, cut, in other colours, sizes and JPEG qualities."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageEnhance, ImageOps

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from trainer.sections import Augment


def is_mirrored(settings: Augment, random: np.random.Generator) -> bool:
    """Return whether to mirror the next photo; a teacher answers a photo and its mirror, nothing between."""
    return bool(random.random() < settings.mirror)


def vary(picture: Image.Image, settings: Augment, random: np.random.Generator) -> Image.Image:
    """Return a random variation of an sRGB picture, mirrored or not; its size is free."""
    if random.random() < settings.untouched:
        return picture
    if settings.rotate or settings.shear or settings.zoom:
        picture = _warp(picture, _random_affine(picture.size, settings, random))
    elif settings.shift:
        picture = _moved(picture, _random_shift(picture.size, settings, random))
    if settings.area < 1 or settings.aspect > 1:
        picture = _crop(picture, settings, random)
    picture = _colour(picture, settings, random)
    if random.random() < settings.shrink:
        picture = _shrink(picture, settings.smallest_side, random)
    if random.random() < settings.jpeg:
        picture = _compress(picture, int(random.integers(settings.worst_quality, 96)))
    return picture


def _random_affine(
    size: tuple[int, int], settings: Augment, random: np.random.Generator
) -> NDArray[np.float64]:
    """Return the matrix [2,3] from places (x, y, 1) of a variation to places of the picture.

    Rotation · shift · shear · zoom about the centre, in the order and measures of Keras' ImageDataGenerator.
    """
    turn, lean = np.deg2rad(random.uniform(-1, 1, 2) * (settings.rotate, settings.shear))
    shift = _random_shift(size, settings, random)
    zoom = random.uniform(1 - settings.zoom, 1 + settings.zoom, 2)
    rotation = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    shear = np.array([[np.cos(lean), 0.0], [-np.sin(lean), 1.0]])
    linear = rotation @ shear @ np.diag(zoom)
    centre = np.array(size) / 2
    return np.column_stack([linear, centre + rotation @ shift - linear @ centre])


def _random_shift(
    size: tuple[int, int], settings: Augment, random: np.random.Generator
) -> NDArray[np.float64]:
    # Whole pixels: half of one more would only blur a small picture.
    return np.round(random.uniform(-1, 1, 2) * settings.shift * size)


def _moved(picture: Image.Image, shift: NDArray[np.float64]) -> Image.Image:
    """Return the picture from `shift` on; what lies outside of it repeats its nearest edge."""
    left, top = (int(one) for one in shift)
    return Image.fromarray(_framed(picture, (left, left + picture.width), (top, top + picture.height)))


def _framed(picture: Image.Image, across: tuple[int, int], down: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the pixels of a frame that may reach beyond the picture, edges repeated (np.pad is slower)."""
    columns = np.clip(np.arange(*across), 0, picture.width - 1)
    rows = np.clip(np.arange(*down), 0, picture.height - 1)
    return np.asarray(picture)[rows][:, columns]


def _warp(picture: Image.Image, affine: NDArray[np.float64]) -> Image.Image:
    """Return the picture seen through `affine`; what lies outside of it repeats its nearest edge."""
    corners = np.array([[0, picture.width, 0, picture.width], [0, 0, picture.height, picture.height]])
    reached = affine[:, :2] @ corners + affine[:, 2:]
    outside = np.maximum(-reached, reached - np.array([[picture.width], [picture.height]])).max(axis=1)
    margin = np.ceil(np.maximum(outside, 0)).astype(int) + 1
    edged = _framed(
        picture, (-margin[0], picture.width + margin[0]), (-margin[1], picture.height + margin[1])
    )
    moved = np.column_stack([affine[:, :2], affine[:, 2] + margin]).ravel().tolist()
    return Image.fromarray(edged).transform(
        picture.size, Image.Transform.AFFINE, moved, Image.Resampling.BILINEAR
    )


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
    if not settings.colour:
        return picture
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
