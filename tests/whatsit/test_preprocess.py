from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from whatsit import preprocess
from whatsit.errors import PictureError
from whatsit.manifest import InputSpec

if TYPE_CHECKING:
    from pathlib import Path

SQUASH = InputSpec(height=32, width=48)
CROP = InputSpec(height=32, width=32, resize="crop")


def stripes() -> Image.Image:
    """Red, white, blue from left to right."""
    picture = Image.new("RGB", (300, 100), "white")
    picture.paste((255, 0, 0), (0, 0, 100, 100))
    picture.paste((0, 0, 255), (200, 0, 300, 100))
    return picture


def test_squash_shows_the_whole_picture() -> None:
    pixels = preprocess.resize(stripes(), SQUASH)
    assert pixels.shape == (32, 48, 3)
    assert pixels.dtype == np.uint8
    assert pixels[16, 2].tolist() == [255, 0, 0]
    assert pixels[16, 45].tolist() == [0, 0, 255]


def test_crop_shows_the_middle() -> None:
    pixels = preprocess.resize(stripes(), CROP)
    assert pixels.shape == (32, 32, 3)
    assert (pixels[:, 2:-2] == 255).all()
    upright = preprocess.resize(stripes().rotate(90, expand=True), CROP)
    assert (upright[2:-2] == 255).all()


def test_small_pictures_are_made_larger() -> None:
    assert preprocess.resize(Image.new("RGB", (1, 1), "red"), SQUASH).tolist() == [[[255, 0, 0]] * 48] * 32


def test_fine_patterns_do_not_alias() -> None:
    board = np.indices((640, 960)).sum(axis=0) % 2 * np.uint8(255)
    pixels = preprocess.resize(Image.fromarray(board.astype(np.uint8)).convert("RGB"), SQUASH)
    assert np.abs(pixels.astype(int) - 127).max() <= 3


def test_a_file_and_its_bytes_give_the_same_pixels(tmp_path: Path) -> None:
    file = tmp_path / "stripes.jpg"
    stripes().save(file)
    assert np.array_equal(preprocess.pixels(file, SQUASH), preprocess.pixels(file.read_bytes(), SQUASH))


def test_a_reduced_jpeg_gives_nearly_the_pixels_of_a_whole_one(cat_and_dog_photos: Path) -> None:
    for file in sorted(cat_and_dog_photos.glob("*/*.jpg"))[::20]:
        spec = InputSpec(height=96, width=96)
        whole = io.BytesIO()
        with Image.open(file) as picture:
            picture.convert("RGB").save(whole, "PNG")
        reduced, full = (preprocess.pixels(source, spec) for source in (file, whole.getvalue()))
        assert np.abs(reduced.astype(int) - full.astype(int)).mean() < 3


def test_an_unreadable_file_names_itself(tmp_path: Path) -> None:
    file = tmp_path / "text.jpg"
    file.write_text("not a picture", encoding="utf-8")
    with pytest.raises(PictureError, match="not a picture") as caught:
        preprocess.pixels(file, SQUASH)
    assert caught.value.path == file
