from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from trainer.data import splits
from trainer.data.rows import Row
from trainer.sections import Data
from whatsit.errors import UsageError
from whatsit.run import RunPhoto, Split


def photos(count: int = 400) -> list[RunPhoto]:
    return [
        RunPhoto(f"pets/{number % 2}/{number}.jpg", number % 2, splits.by_hash(f"{number}.jpg"), "0" * 64)
        for number in range(count)
    ]


def test_shares_are_as_said() -> None:
    share = Counter(splits.by_hash(str(number)) for number in range(20_000))
    assert {split: round(count / 200) for split, count in share.items()} == {
        "train": 75,
        "tune": 5,
        "calibrate": 10,
        "test": 10,
    }


def test_a_split_of_the_first_design_is_still_the_same() -> None:
    assert [splits.by_hash(f"cat.{number}.jpg") for number in (0, 1, 10)] == ["train", "calibrate", "train"]


@pytest.mark.parametrize(
    ("split", "given", "left"),
    [
        (None, set(), {"train", "tune", "calibrate", "test"}),
        ("train", {"train"}, {"train", "tune", "calibrate", "test"}),
        ("train", {"train", "test"}, {"train", "tune", "calibrate"}),
        ("train", {"train", "tune", "test"}, {"train", "calibrate"}),
        ("train", {"train", "tune", "calibrate", "test"}, {"train"}),
        ("test", {"train", "test"}, {"test"}),
    ],
)
def test_train_gives_what_is_not_given(split: Split | None, given: set[Split], left: set[Split]) -> None:
    assert {splits.assigned(split, str(number), given) for number in range(400)} == left


@pytest.mark.parametrize("classes", [2, 120])
@pytest.mark.parametrize("count", [5, 12, 60])
def test_a_class_of_few_photos_has_one_in_each_split(classes: int, count: int) -> None:
    rows = [
        Row(f"{label}/{label}-{number}.jpg", str(label), splits.by_hash(f"{label}-{number}.jpg"))
        for label in range(classes)
        for number in range(count)
    ]
    filled = splits.filled(rows, ())
    assert [(one.path, one.label) for one in filled] == [(one.path, one.label) for one in rows]
    held = Counter((row.label, row.split) for row in filled)
    assert all(held[str(label), split] for label in range(classes) for split in ("tune", "calibrate", "test"))
    assert all(held[str(label), "train"] >= 2 for label in range(classes))
    before = Counter((row.label, row.split) for row in rows)
    moved = [one for one, was in zip(filled, rows, strict=True) if one.split != was.split]
    assert all(before[one.label, one.split] < (2 if one.split == "train" else 1) for one in moved)
    assert splits.filled(filled, ()) == filled


def test_a_group_moves_whole_and_what_is_given_stays() -> None:
    rows = [Row(f"{number}.jpg", "cat", "train", f"litter {number // 3}") for number in range(18)]
    filled = splits.filled(rows, {"train", "calibrate"})
    assert Counter(row.split for row in filled) == {"train": 15, "tune": 3}
    assert len({row.group for row in filled if row.split == "tune"}) == 1


def test_each_photo_is_tuned_on_in_one_fold_and_learned_from_in_the_others() -> None:
    before = photos()
    learned = {one.path for one in before if one.split in ("train", "tune")}
    folds = [splits.fold(before, 5, number) for number in range(5)]
    tuned = [one.path for fold in folds for one in fold if one.split == "tune"]
    assert sorted(tuned) == sorted(learned)
    for fold in folds:
        assert [one.path for one in fold] == [one.path for one in before]
        assert 0.1 < sum(one.split == "tune" for one in fold) / len(learned) < 0.3
        held_out = [(one.path, one.split) for one in before if one.path not in learned]
        assert [(one.path, one.split) for one in fold if one.path not in learned] == held_out


def test_a_group_and_files_of_one_name_stay_in_one_fold() -> None:
    grouped = [replace(one, group=f"owner {place // 7}") for place, one in enumerate(photos())]
    twice = [
        one
        for name in ("pets", "more")
        for one in (replace(p, path=p.path.replace("pets", name)) for p in photos())
    ]
    for number in range(3):
        fold = splits.fold(grouped, 3, number)
        owners = {
            group: {one.split for one in fold if one.group == group and one.split in ("train", "tune")}
            for group in {one.group for one in fold}
        }
        assert all(len(found) <= 1 for found in owners.values())
        names = {}
        for one in splits.fold(twice, 3, number):
            assert names.setdefault(one.path.rpartition("/")[2], one.split) == one.split


def test_more_photos_move_none_to_another_fold() -> None:
    few = {one.path: one.split for one in splits.fold(photos(100), 4, 1)}
    many = {one.path: one.split for one in splits.fold(photos(), 4, 1)}
    assert few.items() <= many.items()


@pytest.mark.parametrize(("of", "number"), [(1, 0), (5, 5), (5, -1)])
def test_a_fold_that_is_none_is_refused(of: int, number: int) -> None:
    with pytest.raises(UsageError, match="no fold"):
        splits.fold(photos(20), of, number)


def test_the_photos_taken_are_the_same_of_more_photos() -> None:
    few = [one.path for one in splits.limited(photos(), Data(photos=20)) if one.split == "train"]
    more = [one.path for one in splits.limited(photos(), Data(photos=100)) if one.split == "train"]
    assert len(few) == 20
    assert set(few) < set(more)
