import hashlib
from pathlib import Path

import pytest

from trainer import datasets
from whatsit.errors import DataError


def test_two_folders_are_read_as_one_set_under_their_parent(photos: Path) -> None:
    dataset = datasets.read(photos, ("cats-dogs-full",))
    assert dataset.labels == ("cat", "dog")
    assert dataset.root == photos.parent.resolve()
    assert len(dataset.of("train")) == 2 * 2 * 12
    photo = next(photo for photo in dataset.photos if photo.path == "cats-dogs-full/dog/dog.3.jpg")
    content = (photos.parent / photo.path).read_bytes()
    assert (photo.label, photo.sha256) == (1, hashlib.sha256(content).hexdigest())


def test_the_fingerprint_follows_the_content(photos: Path) -> None:
    before = datasets.read(photos).fingerprint
    assert datasets.read(photos).fingerprint == before
    with (photos / "cat" / "cat.0.jpg").open("ab") as file:
        file.write(b"more")
    assert datasets.read(photos).fingerprint != before


def test_class_folders_without_a_split_are_split_by_name_the_same_everywhere(photos: Path) -> None:
    (photos / "split.csv").unlink()
    for label in ("cat", "dog"):
        for number in range(24, 200):
            (photos / label / f"{label}.{number}.jpg").write_bytes(b"x")
    dataset = datasets.read(photos)
    share = {
        split: len(dataset.of(split)) / len(dataset.photos)
        for split in ("train", "tune", "calibrate", "test")
    }
    assert 0.65 < share["train"] < 0.85
    assert all(share[split] > 0 for split in share)
    assert datasets.read(photos).photos == dataset.photos


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("path,label,split\ncat/cat.0.jpg,cat,training\n", "line 2"),
        ("path,label,split\ncat/none.jpg,cat,train\n", r"none\.jpg"),
        ("path,label,split\ncat/cat.0.jpg,cat,train\ncat/cat.1.jpg,cat,train\n", "two or more"),
        (
            "path,label,split\ncat/cat.0.jpg,cat,train\ndog/dog.0.jpg,dog,train\n",
            "'cat' has 1 photos in split 'train'",
        ),
    ],
)
def test_wrong_labels_are_named_before_any_training(photos: Path, table: str, message: str) -> None:
    (photos / "split.csv").write_text(table)
    with pytest.raises(DataError, match=message):
        datasets.read(photos)


def test_a_missing_second_folder_says_how_to_do_without(photos: Path) -> None:
    with pytest.raises(DataError, match=r"data\.also"):
        datasets.read(photos, ("not-here",))
