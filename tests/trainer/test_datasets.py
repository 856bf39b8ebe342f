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
    (photos / "cat" / "cat.0.jpg").write_bytes((photos / "cat" / "cat.1.jpg").read_bytes())
    assert datasets.read(photos).fingerprint != before


def test_class_folders_without_a_split_are_split_by_name_the_same_everywhere(photos: Path) -> None:
    (photos / "split.csv").unlink()
    for label in ("cat", "dog"):
        for number in range(24, 200):
            (photos / label / f"{label}.{number}.jpg").write_bytes(
                (photos / label / f"{label}.0.jpg").read_bytes()
            )
    (photos / ".thumbnails").mkdir()
    (photos / "cat" / ".DS_Store").write_bytes(b"notes")
    dataset = datasets.read(photos)
    share = {
        split: len(dataset.of(split)) / len(dataset.photos)
        for split in ("train", "tune", "calibrate", "test")
    }
    assert dataset.labels == ("cat", "dog")
    assert len(dataset.photos) == 400
    assert not dataset.unreadable
    assert 0.65 < share["train"] < 0.85
    assert all(share[split] > 0 for split in share)
    assert datasets.read(photos).photos == dataset.photos


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("path,label,split\ncat/cat.0.jpg,cat,training\n", "line 2"),
        ("path,label,split\n../cat/cat.0.jpg,cat,train\n", "in this folder"),
        ("path,label,split\ncat/cat.0.jpg\n", "line 2"),
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


def test_photos_that_cannot_be_read_are_named_and_left_out(photos: Path) -> None:
    whole = (photos / "cat" / "cat.0.jpg").read_bytes()
    (photos / "cat" / "cat.0.jpg").write_bytes(whole[: len(whole) // 2])
    (photos / "dog" / "dog.1.jpg").unlink()
    dataset = datasets.read(photos)
    assert len(dataset.photos) == 46
    said = " ".join(str(error) for error in dataset.unreadable)
    assert "cat.0.jpg: the picture is damaged" in said
    assert "dog.1.jpg: the file is gone" in said


def test_a_table_as_excel_saves_it_is_read(photos: Path) -> None:
    table = photos / "split.csv"
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes())
    assert len(datasets.read(photos).photos) == 48
