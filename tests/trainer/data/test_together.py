from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.helpers import labelled_photos
from trainer.data import datasets, splits, together
from trainer.sections import Data
from whatsit.run import RunPhoto

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("keys", "contents", "wanted"),
    [
        (["b", "a", "c"], [["1"], ["2"], ["3"]], ["b", "a", "c"]),
        (["b", "a", "c"], [["1"], ["1"], ["3"]], ["a", "a", "c"]),
        (["d", "c", "b", "a"], [["1"], ["1", "2"], ["2", "3"], ["3"]], ["a", "a", "a", "a"]),  # in a chain
        (["b", "b", "a"], [["1"], ["2"], ["2"]], ["a", "a", "a"]),  # by its key, then by its content
        (["1", "2"], [["2"], ["3"]], ["1", "2"]),  # a key is no content
        ([], [], []),
    ],
)
def test_all_that_are_tied_have_the_least_key(
    keys: list[str], contents: list[list[str]], wanted: list[str]
) -> None:
    assert together.tied(keys, contents) == wanted


def test_a_photo_s_key_is_given_or_its_group_or_its_label_and_name() -> None:
    labels = ("cat", "dog")
    assert together.key_of(RunPhoto("pets/dog/7.png", 1, "train", ""), labels) == "dog/7"
    assert together.key_of(RunPhoto("other/7.jpg", 1, "train", ""), labels) == "dog/7"
    assert together.key_of(RunPhoto("pets/cat/7.png", 0, "train", ""), labels) == "cat/7"
    assert together.key_of(RunPhoto("pets/cat/7.png", 0, "train", "", "owner"), labels) == "owner"
    assert together.key_of(RunPhoto("pets/cat/7.png", 0, "train", "", "owner", "key"), labels) == "key"


def test_copies_and_look_alikes_have_one_key_and_bind_their_groups(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    for number in range(60):
        for label in ("cat", "dog"):
            labelled_photos.save(
                folder / label / f"o{number // 3}{label}_{number}.jpg", number + 500 * (label == "dog")
            )
    wanted = Data(group=r"(o\d+[a-z]+)_")
    apart = datasets.look(folder, wanted)
    assert {photo.key for photo in apart.photos} == {photo.group for photo in apart.photos}
    train = [photo for photo in apart.of("train") if photo.label == 0]
    first, second, third = (
        next(one for one in train if one.group == group) for group in _first_groups(train)
    )
    (folder.parent / second.path).write_bytes((folder.parent / first.path).read_bytes())
    with Image.open(folder.parent / first.path) as picture:
        picture.save(folder.parent / third.path, quality=60)
    bound = datasets.look(folder, wanted)
    keys = {photo.key for photo in bound.photos if photo.group in (first.group, second.group, third.group)}
    assert keys == {min(first.group, second.group, third.group)}
    assert len({photo.key for photo in bound.photos}) == len({photo.key for photo in apart.photos}) - 2
    assert {photo.path: (photo.split, photo.group) for photo in bound.photos} == {
        photo.path: (photo.split, photo.group) for photo in apart.photos
    }


def _first_groups(photos: list[RunPhoto]) -> list[str]:
    return list(dict.fromkeys(photo.group for photo in photos))[:3]


def test_photos_called_alike_in_two_classes_are_not_bound(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    for number in range(60):
        for place, label in enumerate(("cat", "dog")):
            labelled_photos.save(folder / label / f"{number}.jpg", number + 500 * place)
    photos = datasets.read(folder).photos
    assert len({photo.key for photo in photos}) == len(photos)
    assert {splits.fold_of(photo.key, 5) for photo in photos} == {0, 1, 2, 3, 4}
