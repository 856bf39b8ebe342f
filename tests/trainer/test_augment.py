import numpy as np
from PIL import Image

from trainer import augment
from trainer.recipe import Augment


def _picture() -> Image.Image:
    ramp = np.linspace(0, 255, 200 * 100 * 3).reshape(100, 200, 3)
    return Image.fromarray(ramp.astype(np.uint8))


def test_the_same_seed_gives_the_same_variation_and_others_differ() -> None:
    settings = Augment(untouched=0, shrink=0.5, jpeg=0.5, grey=0.1)
    first, again, other = (
        np.asarray(augment.vary(_picture(), settings, np.random.default_rng(seed)).resize((32, 32)))
        for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_variations_keep_within_the_area_and_shape_asked_for() -> None:
    settings = Augment(untouched=0, area=0.5, aspect=1.5)
    sizes = [augment.vary(_picture(), settings, np.random.default_rng(seed)).size for seed in range(200)]
    areas = np.array([width * height / (200 * 100) for width, height in sizes])
    aspects = np.array([width / height / 2 for width, height in sizes])
    assert areas.min() > 0.4
    assert areas.max() <= 1
    assert 1 / 1.55 < aspects.min() < 0.9
    assert 1.1 < aspects.max() < 1.55


def test_untouched_photos_are_at_most_mirrored() -> None:
    original = np.asarray(_picture())
    seen = {
        augment.vary(_picture(), Augment(untouched=1), np.random.default_rng(seed)).tobytes()
        for seed in range(20)
    }
    assert seen == {original.tobytes(), original[:, ::-1].tobytes()}


def test_shrinking_and_grey_do_what_they_say() -> None:
    settings = Augment(untouched=0, area=1, aspect=1, colour=0, grey=1, shrink=1, smallest_side=30)
    varied = augment.vary(_picture(), settings, np.random.default_rng(3))
    assert 30 <= min(varied.size) < 100
    channels = np.asarray(varied)
    assert np.array_equal(channels[..., 0], channels[..., 2])
