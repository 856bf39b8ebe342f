import numpy as np
import pytest
from PIL import Image
from scipy import ndimage

from trainer.learning import augment
from trainer.sections import Augment


def _picture() -> Image.Image:
    ramp = np.linspace(0, 255, 200 * 100 * 3).reshape(100, 200, 3)
    return Image.fromarray(ramp.astype(np.uint8))


def _blob(at: tuple[int, int], size: tuple[int, int] = (120, 80)) -> Image.Image:
    """Return a black picture with a white spot at (x, y)."""
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[at[1] - 3 : at[1] + 4, at[0] - 3 : at[0] + 4] = 255
    return Image.fromarray(pixels)


def _where(picture: Image.Image) -> np.ndarray:
    """Return the (x, y) of the middle of what is bright."""
    y, x = ndimage.center_of_mass(np.asarray(picture)[..., 0].astype(float))
    return np.array([x, y])


def _many(picture: Image.Image, settings: Augment, count: int = 200) -> list[Image.Image]:
    return [augment.vary(picture, settings, np.random.default_rng(seed)) for seed in range(count)]


def test_the_same_seed_gives_the_same_variation_and_others_differ() -> None:
    settings = Augment(untouched=0, rotate=20, zoom=0.2, colour=0.2, shrink=0.5, jpeg=0.5, grey=0.1)
    first, again, other = (
        np.asarray(augment.vary(_picture(), settings, np.random.default_rng(seed)).resize((32, 32)))
        for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_variations_keep_within_the_area_and_shape_asked_for() -> None:
    sizes = [varied.size for varied in _many(_picture(), Augment(area=0.5, aspect=1.5))]
    areas = np.array([width * height / (200 * 100) for width, height in sizes])
    aspects = np.array([width / height / 2 for width, height in sizes])
    assert areas.min() > 0.4
    assert areas.max() <= 1
    assert 1 / 1.55 < aspects.min() < 0.9
    assert 1.1 < aspects.max() < 1.55


@pytest.mark.parametrize("settings", [Augment(untouched=1, rotate=90, colour=1), Augment()])
def test_photos_stay_as_they_are_when_untouched_or_when_nothing_is_asked_for(settings: Augment) -> None:
    assert {varied.tobytes() for varied in _many(_picture(), settings, 20)} == {_picture().tobytes()}


def test_the_part_asked_for_is_mirrored() -> None:
    random = np.random.default_rng(1)
    for part in (0.0, 0.3, 1.0):
        mirrored = [augment.is_mirrored(Augment(mirror=part), random) for _ in range(2000)]
        assert np.mean(mirrored) == pytest.approx(part, abs=0.05)


def test_shrinking_and_grey_do_what_they_say() -> None:
    settings = Augment(grey=1, shrink=1, smallest_side=30)
    varied = augment.vary(_picture(), settings, np.random.default_rng(3))
    assert 30 <= min(varied.size) < 100
    channels = np.asarray(varied)
    assert np.array_equal(channels[..., 0], channels[..., 2])


def test_a_shift_moves_by_whole_pixels_to_all_sides_and_no_further() -> None:
    moved = np.array([_where(varied) for varied in _many(_blob((60, 40)), Augment(shift=0.2))]) - (60, 40)
    assert np.allclose(moved, np.round(moved), atol=1e-6)
    assert (np.abs(moved) <= (24, 16)).all()
    assert (moved.min(axis=0) < (-18, -12)).all()
    assert (moved.max(axis=0) > (18, 12)).all()


def test_a_rotation_turns_about_the_centre_by_at_most_its_angle() -> None:
    middle = np.array([59.5, 39.5])
    places = np.array([_where(varied) for varied in _many(_blob((90, 40)), Augment(rotate=30))]) - middle
    assert np.allclose(np.hypot(*places.T), np.hypot(*(np.array([90, 40]) - middle)), atol=0.6)
    angles = np.degrees(np.arctan2(places[:, 1], places[:, 0]))
    assert -31.5 < angles.min() < -22
    assert 22 < angles.max() < 31.5


def test_zoom_enlarges_and_shrinks_both_sides_each_for_itself() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[30:70, 30:70] = 255
    varied = [np.asarray(one)[..., 0] > 127 for one in _many(Image.fromarray(pixels), Augment(zoom=0.2))]
    sides = np.array([[one.any(axis=0).sum(), one.any(axis=1).sum()] for one in varied])
    assert sides.min() in range(32, 36)
    assert sides.max() in range(46, 52)
    assert (np.abs(sides[:, 0] - sides[:, 1]) > 3).any()


def test_shear_leans_an_upright_line() -> None:
    pixels = np.zeros((100, 100, 3), np.uint8)
    pixels[:, 48:52] = 255
    sloped = [
        np.polyfit(*np.nonzero(np.asarray(one)[20:80, :, 0] > 127), 1)[0]
        for one in _many(Image.fromarray(pixels), Augment(shear=20), 60)
    ]
    level = Image.fromarray(pixels.transpose(1, 0, 2))
    lying = [
        np.polyfit(*np.nonzero(np.asarray(one)[:, 20:80, 0].T > 127), 1)[0]
        for one in _many(level, Augment(shear=20), 60)
    ]
    assert np.allclose(sloped, 0, atol=0.02) != np.allclose(lying, 0, atol=0.02)
    assert np.abs([*sloped, *lying]).max() == pytest.approx(np.tan(np.radians(20)), abs=0.05)


@pytest.mark.parametrize("settings", [Augment(rotate=180, shift=0.5), Augment(zoom=0.9), Augment(shear=79)])
def test_what_lies_outside_is_the_nearest_edge(settings: Augment) -> None:
    white = Image.new("RGB", (50, 37), (255, 255, 255))
    assert all(one.tobytes() == white.tobytes() for one in _many(white, settings, 50))
    pixels = np.full((40, 40, 3), 100, np.uint8)
    pixels[:, 0] = 200
    shifted = augment.vary(Image.fromarray(pixels), Augment(shift=0.4), np.random.default_rng(4))
    columns = np.asarray(shifted)[20, :, 0]
    assert set(columns.tolist()) <= {100, 200}


def test_small_and_narrow_pictures_vary_too() -> None:
    settings = Augment(rotate=40, shift=0.3, shear=20, zoom=0.3, area=0.3, aspect=1.5, colour=0.3)
    for size in ((1, 1), (32, 32), (3, 500)):
        varied = augment.vary(Image.new("RGB", size, (9, 9, 9)), settings, np.random.default_rng(1))
        assert min(varied.size) >= 1
