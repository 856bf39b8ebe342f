from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QVideoFrame

from desktop.work import heat, live
from desktop.work.images import to_image, to_picture
from desktop.work.live import Look, Smoothing
from desktop.work.part import Part
from tests.conftest import ROOT
from whatsit.classifier import Classifier
from whatsit.graph import Outputs

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def frame_of(file: Path) -> QVideoFrame:
    return QVideoFrame(QImage(str(file)).convertToFormat(QImage.Format.Format_RGB32))


@pytest.mark.parametrize("name", ["Cat.jpg", "Astronaut.jpg", "Eagle.jpg"])
def test_a_frame_gives_the_answer_that_the_same_picture_gives_as_a_file(
    cats_dogs: Bundle, tmp_path: Path, name: str
) -> None:
    file = tmp_path / "same.png"
    with Image.open(ROOT / "samples" / name) as picture:
        picture.convert("RGB").save(file)
    classifier = Classifier.open(cats_dogs, "cpu", "fp32")
    (image,) = live.shots([frame_of(file)])
    look = Look(image, scene=1, heated=True)
    pixels = classifier.pixels_of(file)
    assert np.array_equal(live.pixels_of(look, classifier), pixels)
    (seen,) = live.answers([look], classifier)
    assert seen.answer == classifier.classify(pixels[None])[0]
    assert seen.heat is not None
    (unheated,) = live.answers([Look(image, scene=1)], classifier)
    assert (unheated.answer, unheated.heat) == (seen.answer, None)
    assert seen.seconds > 0


def test_a_part_gives_the_answer_that_it_gives_as_a_file(tiny: Bundle, tmp_path: Path) -> None:
    whole = Image.new("RGB", (200, 100), (20, 60, 200))
    whole.paste((220, 30, 40), (120, 20, 180, 80))
    classifier = Classifier.open(tiny, "cpu", "fp32")
    part = Part(0.75, 0.5, 0.6)
    assert part.box(200, 100) == (120, 20, 180, 80)
    whole.crop(part.box(200, 100)).save(tmp_path / "part.png")
    (seen,) = live.answers([Look(to_image(whole), 1, part)], classifier)
    assert seen.answer == classifier.classify(classifier.pixels_of(tmp_path / "part.png")[None])[0]
    assert seen.answer.label == "warm"


def test_pictures_and_images_are_the_same_there_and_back() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (37, 53, 3), dtype=np.uint8)
    picture = Image.fromarray(pixels)
    assert np.array_equal(np.asarray(to_picture(to_image(picture))), pixels)


def outputs(warm: float) -> Outputs:
    return Outputs(
        {"probabilities": np.array([[warm, 1 - warm]], np.float32), "novelty": np.zeros(1, np.float32)}
    )


def test_what_stays_the_same_is_not_changed_by_smoothing() -> None:
    smooth, given = Smoothing(), outputs(0.7234567)
    for at in (0.0, 0.03, 0.06, 5.0):
        assert np.array_equal(smooth.add(given, at, 1).probabilities, given.probabilities)


def test_smoothing_goes_part_of_the_way_and_gets_there() -> None:
    smooth = Smoothing(seconds=0.35)
    smooth.add(outputs(1.0), 0.0, 1)
    first = smooth.add(outputs(0.0), 0.1, 1).probabilities[0]
    assert 0.6 < first[0] < 0.9
    assert first.sum() == pytest.approx(1)
    for step in range(2, 40):
        last = smooth.add(outputs(0.0), step / 10, 1).probabilities[0]
    assert last[0] < 0.01


def test_another_scene_knows_nothing_of_the_one_before() -> None:
    smooth = Smoothing()
    smooth.add(outputs(1.0), 0.0, 1)
    assert smooth.add(outputs(0.2), 0.01, 2).probabilities[0, 0] == np.float32(0.2)


def test_the_heat_map_is_clear_where_nothing_speaks_for_the_label() -> None:
    cells = np.full((4, 6), -1, np.float32)
    cells[1, 4] = 3
    image = heat.image(cells)
    assert (image.width(), image.height()) == (96, 64)
    assert image.pixelColor(72, 24).alpha() > 150
    assert image.pixelColor(5, 60).alpha() == 0
    assert heat.image(np.zeros((3, 3), np.float32)).pixelColor(40, 40).alpha() == 0


@pytest.mark.parametrize("size", [(640, 480), (480, 640), (1, 1), (3, 500)])
@pytest.mark.parametrize("part", [Part(), Part(0, 0, 1), Part(1, 1, 0), Part(0.9, 0.1, 0.5)])
def test_a_part_is_a_square_inside_the_picture(part: Part, size: tuple[int, int]) -> None:
    left, top, right, bottom = part.box(*size)
    assert 0 <= left < right <= size[0]
    assert 0 <= top < bottom <= size[1]
    assert right - left == bottom - top
    assert part.inside(*size).box(*size) == (left, top, right, bottom)
    assert part.moved(5, -5).scaled(100).scaled(1e-9).side == pytest.approx(0.1)
