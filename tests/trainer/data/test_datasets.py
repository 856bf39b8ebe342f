from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from tests.helpers import labelled_photos
from trainer.data import checks, datasets
from trainer.sections import Age, Data
from whatsit.errors import DataError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

SPLITS = ("train", "tune", "calibrate", "test")


def test_two_folders_are_read_as_one_set_under_their_parent(photos: Path) -> None:
    dataset = datasets.read(photos, Data(also=("cats-dogs-full",)))
    assert dataset.labels == ("cat", "dog")
    assert dataset.root == photos.parent.resolve()
    assert len(dataset.of("train")) == 2 * 2 * 12
    photo = next(photo for photo in dataset.photos if photo.path == "cats-dogs-full/dog/dog.3.jpg")
    content = (photos.parent / photo.path).read_bytes()
    assert (photo.label, photo.sha256) == (1, hashlib.sha256(content).hexdigest())


def test_the_fingerprint_follows_the_content(photos: Path) -> None:
    before = datasets.read(photos).fingerprint
    assert datasets.read(photos).fingerprint == before
    labelled_photos.save(photos / "cat" / "cat.0.jpg", 7)
    assert datasets.read(photos).fingerprint != before


def test_photos_without_a_split_are_split_by_name_and_more_photos_move_none(tmp_path: Path) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", each=100)
    (folder / ".thumbnails").mkdir()
    (folder / "cat" / ".DS_Store").write_bytes(b"notes")
    before = datasets.read(folder)
    share = {split: len(before.of(split)) / len(before.photos) for split in SPLITS}
    assert before.labels == ("cat", "dog")
    assert len(before.photos) == 200
    assert 0.65 < share["train"] < 0.85
    assert all(share.values())
    labelled_photos.save(folder / "cat" / "another.jpg", 5000)
    assert set(before.photos) < set(datasets.read(folder).photos)


def test_groups_stay_in_one_split_and_are_kept_in_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    for number in range(200):
        label = "cat" if number % 2 else "dog"
        labelled_photos.save(folder / label / f"owner{number // 4}_{number}.jpg", number)
    dataset = datasets.read(folder, Data(group=r"(owner\d+)_"))
    splits = {
        group: {one.split for one in dataset.photos if one.group == group} for group in _groups(dataset)
    }
    assert len(splits) == 50
    assert {len(found) for found in splits.values()} == {1}
    assert len(set.union(*splits.values())) == 4
    with pytest.raises(UsageError, match="no regular expression"):
        datasets.read(folder, Data(group="("))
    with pytest.raises(UsageError, match="Put brackets"):
        datasets.read(folder, Data(group="owner"))


def _groups(dataset: datasets.Dataset) -> set[str]:
    return {photo.group for photo in dataset.photos}


def test_train_is_limited_to_the_photos_asked_for_and_all_else_stays(tmp_path: Path) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", each=60)
    for number in range(60, 90):
        labelled_photos.save(folder / "cat" / f"cat.{number}.jpg", number)
    whole = datasets.read(folder)
    some = datasets.read(folder, Data(photos=30))
    fewer = datasets.read(folder, Data(photos=20, balanced=True))
    even = datasets.read(folder, Data(balanced=True))
    assert len(some.of("train")) == 30
    assert [sum(one.label == label for one in fewer.of("train")) for label in (0, 1)] == [10, 10]
    dogs = sum(one.label == 1 for one in whole.of("train"))
    assert [sum(one.label == label for one in even.of("train")) for label in (0, 1)] == [dogs, dogs]
    assert set(some.of("train")) < set(whole.of("train"))
    for limited in (some, fewer, even):
        assert limited.of("tune", "calibrate", "test") == whole.of("tune", "calibrate", "test")


def test_a_copy_of_a_held_out_photo_is_no_part_of_train(tmp_path: Path) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", each=60)
    held_out = datasets.read(folder).of("test")[0]
    taken = next(one for one in datasets.read(folder).of("train") if one.label == held_out.label)
    (folder.parent / taken.path).write_bytes((folder.parent / held_out.path).read_bytes())
    dataset = datasets.read(folder)
    assert [(one.photo.path, one.like) for one in dataset.left_out] == [(taken.path, held_out.path)]
    assert taken.path not in {photo.path for photo in dataset.photos}
    assert held_out.path in {photo.path for photo in dataset.of("test")}
    assert datasets.LIKE_HELD_OUT in " ".join(checks.told(dataset))


def test_the_same_photo_with_two_labels_is_named_and_teaches_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", each=60)
    whole = datasets.read(folder)
    cat, dog = (next(one for one in whole.of("train") if one.label == label) for label in (0, 1))
    (folder.parent / dog.path).write_bytes((folder.parent / cat.path).read_bytes())
    capsys.readouterr()
    dataset = datasets.read(folder)
    assert {one.photo.path for one in dataset.left_out} == {cat.path, dog.path}
    said = capsys.readouterr().err
    assert f"{datasets.CONTRADICTS}: 2" in said
    assert cat.path in said


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("path,label,split\ncat/cat.0.jpg,cat,trainee\n", "line 2: 'trainee' is no split"),
        ("path,label,split\n../cat/cat.0.jpg,cat,train\n", "leaves the folder"),
        ("path,label,split\n/etc/passwd,cat,train\n", "leaves the folder"),
        ("path,label,split\ncat/cat.0.jpg\n", "line 2"),
        ("file,what\ncat/cat.0.jpg,cat\n", "needs the columns path, label, split"),
        ("path,label,split\ncat/cat.0.jpg,,train\n", "line 2 has no label"),
        (
            "path,label,split\ncat/cat.0.jpg,cat,train\ncat/cat.0.jpg,dog,train\n",
            "lines 2 and 3 say different",
        ),
        ("path,label,split\ncat/cat.0.jpg,cat,train\ncat/cat.1.jpg,cat,train\n", "1 class was found: 'cat'"),
        (
            "path,label,split\ncat/cat.0.jpg,cat,train\ndog/dog.0.jpg,dog,train\n",
            "class 'cat' has 1 photo, and 1 more",
        ),
        (
            "path,label,split\n"
            + "".join(
                f"{label}/{label}.{place}.jpg,{label},{split}\n"
                for label in ("cat", "dog")
                for place, split in enumerate(("train", "tune", "calibrate"))
            ),
            "class 'cat' has 1 photo in split 'train'; 2 or more",
        ),
        ("path,label,split\n", "no labelled photos"),
        ("path,label,split\ncat/gone.jpg,cat,train\n", "none of 1 photos can be read.*gone"),
    ],
)
def test_wrong_labels_are_named_before_any_training(photos: Path, table: str, message: str) -> None:
    (photos / "split.csv").write_text(table)
    with pytest.raises(DataError, match=message):
        datasets.read(photos)


def test_an_empty_class_and_one_of_one_photo_are_named(tmp_path: Path) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets")
    (folder / "bird").mkdir()
    with pytest.raises(DataError, match="class 'bird' has no photos"):
        datasets.read(folder)
    labelled_photos.save(folder / "bird" / "bird.0.jpg", 9000)
    with pytest.raises(DataError, match="class 'bird' has 1 photo"):
        datasets.read(folder)


def test_one_class_alone_is_named(tmp_path: Path) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", ("cat",), each=4)
    with pytest.raises(DataError, match="1 class was found: 'cat'; two or more are needed"):
        datasets.read(folder)


def test_a_folder_that_is_missing_says_so(
    photos: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    alone = datasets.read(photos, Data(also=("not-here",)))
    assert alone.fingerprint == datasets.read(photos).fingerprint
    assert "not-here" in capsys.readouterr().err
    with pytest.raises(DataError, match="no such folder"):
        datasets.read(tmp_path / "nowhere")


def test_photos_that_cannot_be_read_are_named_and_left_out(
    photos: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = (photos / "cat" / "cat.0.jpg").read_bytes()
    (photos / "cat" / "cat.0.jpg").write_bytes(whole[: len(whole) // 2])
    (photos / "dog" / "dog.1.jpg").unlink()
    dataset = datasets.read(photos)
    assert len(dataset.photos) == 46
    said = " ".join(str(error) for error in dataset.unreadable)
    assert "cat.0.jpg: the picture is damaged" in said
    assert "dog.1.jpg: the file is gone" in said
    told = capsys.readouterr().err
    assert "1: pets/cat/cat.0.jpg" in told
    assert "the file is gone: 1: pets/dog/dog.1.jpg" in told


def test_a_table_as_excel_saves_it_is_read(photos: Path) -> None:
    table = photos / "split.csv"
    table.write_bytes(b"\xef\xbb\xbf" + table.read_bytes().replace(b",", b";").replace(b"\n", b"\r\n"))
    assert len(datasets.read(photos).photos) == 48


def test_what_a_given_split_lacks_is_taken_from_train_alone(tmp_path: Path) -> None:
    folder = tmp_path / "pets"
    labelled_photos.class_folders(folder / "train", each=100)
    for place, label in enumerate(("cat", "dog")):
        for number in range(10):
            labelled_photos.save(
                folder / "test" / label / f"{label}.{number}.jpg", 7000 + 50 * place + number
            )
    dataset = datasets.read(folder)
    assert {photo.path.split("/")[1] for photo in dataset.of("test")} == {"test"}
    assert len(dataset.of("test")) == 20
    assert {photo.path.split("/")[1] for photo in dataset.of("train", "tune", "calibrate")} == {"train"}
    assert 0.7 < len(dataset.of("train")) / 200 < 0.95


def test_ages_in_names_give_labels_and_a_given_split_stays(tmp_path: Path) -> None:
    rows = [("path", "label", "split")]
    for number in range(40):
        name = f"{number + 1}_0_1_2017.jpg.chip.jpg"
        labelled_photos.save(tmp_path / "faces" / "x" / name, number)
        rows.append((f"x/{name}", "face", ("train", "train", "tune", "calibrate")[number % 4]))
    labelled_photos.save(tmp_path / "faces" / "x" / "unknown.jpg", 99)
    labelled_photos.table(tmp_path / "faces" / "split.csv", [*rows, ("x/unknown.jpg", "face", "train")])
    dataset = datasets.read(tmp_path / "faces", Data(age=Age(limit=18)))
    assert dataset.labels == ("old", "young")
    assert sum(dataset.named(photo) == "young" for photo in dataset.photos) == 17
    assert len(dataset.of("tune")) == 10
    assert [stray.path for stray in dataset.strays] == ["x/unknown.jpg"]
