from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.helpers.labelled_photos import save, table
from trainer.data import layouts
from trainer.sections import Age, Data
from whatsit.errors import DataError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.data.rows import Layout


def make(folder: Path, *names: str) -> Path:
    for seed, name in enumerate(names):
        save(folder / name, seed)
    return folder


def found(layout: Layout) -> list[tuple[str, str, str | None]]:
    return sorted((row.path, row.label, row.split) for row in layout.rows)


def strays(layout: Layout) -> dict[str, str]:
    return {stray.path: stray.reason for stray in layout.strays}


def test_class_folders_with_all_below_them(tmp_path: Path) -> None:
    make(tmp_path, "cat/1.jpg", "cat/more/2.png", "dog/1.jpg", "lost.jpg", ".cache/x.jpg", "__MACOSX/y.jpg")
    (tmp_path / "cat" / "notes.txt").write_text("words")
    (tmp_path / "bird").mkdir()
    layout = layouts.find(tmp_path, Data())
    assert layout.form == "class folders"
    assert found(layout) == [
        ("cat/1.jpg", "cat", None),
        ("cat/more/2.png", "cat", None),
        ("dog/1.jpg", "dog", None),
    ]
    assert set(layout.classes) == {"cat", "dog", "bird"}
    assert strays(layout) == {"lost.jpg": layouts.NO_CLASS}


@pytest.mark.parametrize("word", ["validation", "valid", "val", "Validation_set"])
def test_folders_for_each_split(tmp_path: Path, word: str) -> None:
    make(tmp_path, "train/cat/1.jpg", f"{word}/cat/2.jpg", "test/dog/3.jpg", "single/4.jpg", "train/5.jpg")
    layout = layouts.find(tmp_path, Data())
    assert layout.form == "class folders for each split"
    assert set(found(layout)) == {
        ("train/cat/1.jpg", "cat", "train"),
        (f"{word}/cat/2.jpg", "cat", "tune"),
        ("test/dog/3.jpg", "dog", "test"),
    }
    assert set(strays(layout)) == {"single/4.jpg", "train/5.jpg"}


def test_a_class_may_be_called_train(tmp_path: Path) -> None:
    make(tmp_path, "train/steam/1.jpg", "train/electric/2.jpg", "car/red/3.jpg")
    assert {label for _, label, _ in found(layouts.find(tmp_path, Data()))} == {"train", "car"}


def test_labels_in_file_names(tmp_path: Path) -> None:
    make(tmp_path, "cat.0.jpg", "dog.12.jpg", "basset_hound_7.jpg", "Maine Coon (3).jpg", "123.jpg")
    layout = layouts.find(tmp_path, Data())
    assert found(layout) == [
        ("Maine Coon (3).jpg", "Maine Coon", None),
        ("basset_hound_7.jpg", "basset_hound", None),
        ("cat.0.jpg", "cat", None),
        ("dog.12.jpg", "dog", None),
    ]
    assert strays(layout) == {"123.jpg": layouts.NO_LABEL}


def test_kaggles_train_of_named_photos_beside_a_test_without_labels(tmp_path: Path) -> None:
    make(tmp_path, "train/cat.0.jpg", "train/dog.0.jpg", "test1/1.jpg")
    layout = layouts.find(tmp_path, Data())
    assert found(layout) == [("train/cat.0.jpg", "cat", "train"), ("train/dog.0.jpg", "dog", "train")]
    assert strays(layout) == {"test1/1.jpg": layouts.NO_LABEL}


def test_names_that_say_no_label_are_refused_with_what_to_do(tmp_path: Path) -> None:
    make(tmp_path, "25_0_1_2017.jpg.chip.jpg", "3_0_1_2017.jpg.chip.jpg")
    with pytest.raises(DataError, match=r"say no label.*data\.age\.limit=18"):
        layouts.find(tmp_path, Data())


def test_an_age_goes_before_folders(tmp_path: Path) -> None:
    make(tmp_path, "a/17_0_1.jpg", "a/18_0_1.jpg", "b/116_0.jpg", "b/none.jpg", "b/9999.jpg")
    layout = layouts.find(tmp_path, Data(age=Age(limit=18, younger="child", older="adult")))
    assert found(layout) == [
        ("a/17_0_1.jpg", "child", None),
        ("a/18_0_1.jpg", "adult", None),
        ("b/116_0.jpg", "adult", None),
    ]
    assert strays(layout) == {"b/none.jpg": layouts.NO_AGE, "b/9999.jpg": layouts.NO_AGE}
    assert layout.classes == ("child", "adult")


def test_split_csv_goes_before_all_and_has_groups(tmp_path: Path) -> None:
    make(tmp_path, "cat/1.jpg", "dog/2.jpg")
    table(
        tmp_path / "split.csv", [("path", "label", "split", "group"), ("cat/1.jpg", "tiger", "Valid", "zoo")]
    )
    row = layouts.find(tmp_path, Data()).rows[0]
    assert (row.path, row.label, row.split, row.group) == ("cat/1.jpg", "tiger", "tune", "zoo")


@pytest.mark.parametrize("name", ["labels.csv", "train.csv", "my breeds.csv"])
def test_a_table_of_names_and_labels_goes_before_folders(tmp_path: Path, name: str) -> None:
    make(tmp_path, "train/0a1b.jpg", "train/ffff.jpg", "test/eeee.jpg")
    table(tmp_path / name, [("id", "breed"), ("0a1b", "boxer"), ("ffff.jpg", "pug"), ("gone", "pug")])
    layout = layouts.find(tmp_path, Data())
    assert layout.form == name
    assert found(layout) == [("train/0a1b.jpg", "boxer", None), ("train/ffff.jpg", "pug", None)]
    assert list(strays(layout)) == ["gone"]


def test_a_table_that_says_no_labels_does_not_hide_class_folders(tmp_path: Path) -> None:
    make(tmp_path, "cat/1.jpg", "dog/2.jpg")
    table(tmp_path / "camera.csv", [("lens", "light", "day"), ("50", "1.8", "Monday")])
    assert layouts.find(tmp_path, Data()).form == "class folders"


def test_a_table_with_wrong_columns_is_named(tmp_path: Path) -> None:
    make(tmp_path, "train/1.jpg", "train/2.jpg")
    table(tmp_path / "train.csv", [("nr", "what", "when"), ("1", "cat", "now")])
    with pytest.raises(DataError, match=r"nr, what, when.*id and label") as caught:
        layouts.find(tmp_path, Data())
    assert caught.value.path == tmp_path / "train.csv"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no photos here"):
        layouts.find(tmp_path, Data())


def test_a_name_that_is_not_utf8_is_left_out_by_name(tmp_path: Path) -> None:
    make(tmp_path, "cat/1.jpg", "dog/2.jpg")
    try:
        os.rename(tmp_path / "cat" / "1.jpg", os.fsencode(tmp_path / "cat") + b"/\xff.jpg")  # noqa: PTH104
    except OSError:
        pytest.skip("this disk has no such names")
    assert list(strays(layouts.find(tmp_path, Data())).values()) == [layouts.NOT_UTF8]
