from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from tests.helpers.labelled_photos import drawn
from trainer.data import duplicates
from whatsit.run import RunPhoto, Split

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from trainer.data.duplicates import Duplicates


def thumbnail(picture: Image.Image) -> bytes:
    return picture.convert("L").resize((17, 16), Image.Resampling.BILINEAR).tobytes()


def stacked(pictures: Sequence[Image.Image]) -> np.ndarray:
    return np.frombuffer(b"".join(map(thumbnail, pictures)), np.uint8).reshape(-1, 16, 17)


def pairs(pictures: Sequence[Image.Image]) -> list[tuple[int, int]]:
    return [(one, two) for one, two, _ in duplicates.look_alikes(stacked(pictures))[0].tolist()]


def as_jpeg(picture: Image.Image) -> Image.Image:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=30)
    return Image.open(file).convert("RGB")


@pytest.mark.parametrize(
    "changed",
    [
        as_jpeg,
        lambda picture: picture.resize((200, 150)),
        lambda picture: picture.resize((90, 90)),
        lambda picture: ImageEnhance.Brightness(picture).enhance(0.7),
        lambda picture: ImageEnhance.Color(picture).enhance(0),
    ],
)
def test_a_photo_saved_anew_looks_the_same(changed: Callable[[Image.Image], Image.Image]) -> None:
    others = [drawn(seed, (320, 240)) for seed in range(50)]
    assert pairs([*others, changed(others[17])]) == [(17, 50)]


def test_different_photos_do_not_look_the_same() -> None:
    assert pairs([drawn(seed) for seed in range(300)]) == []


def flat(value: int, noise: int, seed: int) -> Image.Image:
    grains = np.random.default_rng(seed).integers(-noise, noise + 1, (48, 64, 3))
    return Image.fromarray(np.clip(value + grains, 0, 255).astype(np.uint8))


def test_pictures_with_nothing_in_them_are_like_nothing() -> None:
    blank = [flat(value, noise, value) for value in (0, 120, 255) for noise in (0, 3)]
    spots = []
    for place in range(6):  # a small thing on white
        picture = Image.new("RGB", (64, 48), "white")
        picture.paste(drawn(place, (6, 6)), (8 * place, 20))
        spots.append(picture)
    assert pairs([*blank, *blank, *spots]) == []


def test_small_things_in_one_place_on_white_are_not_one_photo() -> None:
    things = []
    for seed in range(6):
        thing = Image.new("RGB", (640, 480), "white")
        thing.paste(ImageEnhance.Brightness(drawn(seed, (90, 90))).enhance(0.4), (280, 200))
        things.append(thing)
    assert pairs(things) == []


def test_a_negative_is_another_picture() -> None:
    one = drawn(3)
    assert pairs([one, Image.fromarray(255 - np.asarray(one))]) == []


def test_all_pairs_are_found_as_by_comparing_each_with_each() -> None:
    random = np.random.default_rng(1)
    some = [drawn(seed) for seed in range(40)]
    many = [as_jpeg(some[place]) for place in random.integers(0, 40, 160)]
    hashes = [np.diff(one.astype(int), axis=1) > 0 for one in stacked(many)]
    near = {
        (one, two)
        for one in range(len(many))
        for two in range(one + 1, len(many))
        if (hashes[one] != hashes[two]).sum() <= duplicates.MOST_BITS
    }
    assert len(near) > 200
    assert set(pairs(many)) == near


def found(*photos: tuple[str, int, Split, Image.Image]) -> Duplicates:
    records = [
        RunPhoto(path, label, split, hashlib.sha256(picture.tobytes()).hexdigest())
        for path, label, split, picture in photos
    ]
    return duplicates.find(records, [thumbnail(picture) for *_, picture in photos])


def test_copies_and_look_alikes_are_told_apart_and_train_gives_way() -> None:
    one, two, three = drawn(1), drawn(2), drawn(3)
    same = found(
        ("a", 0, "train", one),
        ("b", 0, "test", one),
        ("c", 0, "train", as_jpeg(one)),
        ("d", 0, "train", two),
        ("e", 1, "train", two),
        ("f", 0, "train", three),
        ("g", 1, "train", as_jpeg(three)),
        ("h", 1, "calibrate", drawn(4)),
    )
    assert [[photo.path for photo in group] for group in same.copies] == [["a", "b"], ["d", "e"]]
    assert [[photo.path for photo in group] for group in same.contradicting] == [["d", "e"]]
    assert [(pair.first.path, pair.second.path, pair.contradict) for pair in same.twins] == [
        ("a", "c", False),
        ("f", "g", True),
    ]
    assert {path: like.path for path, like in same.held_out().items()} == {"a": "b", "c": "b"}


def test_no_photos_have_no_duplicates() -> None:
    assert duplicates.find([], []) == duplicates.Duplicates((), ())
