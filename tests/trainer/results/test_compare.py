from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.helpers import colour_run
from trainer.results import compare
from whatsit import run as runs
from whatsit.errors import DataError, RunError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from whatsit.run import Run


@pytest.fixture
def two(tmp_path: Path) -> tuple[Run, Run]:
    """Two runs on the same photos; the second has its labels in the other order and is right where it can."""
    first = colour_run.make(tmp_path / "one")
    return first, colour_run.make(tmp_path / "two")


def rewrite(run: Run, change: Callable[[dict[str, str]], dict[str, str] | None]) -> None:
    path = run.folder / runs.PREDICTIONS_FILE
    with path.open(newline="") as file:
        rows = [changed for row in csv.DictReader(file) if (changed := change(row))]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def perfect(row: dict[str, str]) -> dict[str, str]:
    return row | {name: str(float(name == row["label"])) for name in ("warm", "cold")}


def test_photos_are_held_against_each_other_one_by_one(two: tuple[Run, Run]) -> None:
    first, second = two
    rewrite(second, perfect)
    found = compare.photo_by_photo(first, second)
    assert (found.photos, found.only_first_right, found.only_second_right) == (12, 0, 2)
    assert found.difference == pytest.approx(-2 / 12)
    low, high = found.interval95
    assert low < found.difference < high


def test_labels_in_another_order_are_the_same_labels(two: tuple[Run, Run]) -> None:
    first, second = two
    info = second.info.model_copy(
        update={
            "labels": tuple(one.model_copy(update={"id": 1 - one.id}) for one in second.info.labels[::-1])
        }
    )
    turned = runs.write(second.folder, info)
    rewrite(turned, lambda row: {key: row[key] for key in ("path", "label", "split", "cold", "warm")})
    found = compare.photo_by_photo(first, turned)
    assert (found.only_first_right, found.only_second_right, found.same_answers) == (0, 0, 12)
    assert found.largest_differences["probabilities"] == 0


def test_only_photos_that_both_held_out_count(two: tuple[Run, Run]) -> None:
    first, second = two
    rewrite(second, lambda row: row if row["split"] == "calibrate" else None)
    assert compare.photo_by_photo(first, second).photos == 4
    photos = [runs.RunPhoto(one.path, one.label, one.split, f"f{one.sha256[1:]}") for one in second.photos()]
    runs.write_photos(second, photos)
    with pytest.raises(DataError, match="no photo in common"):
        compare.photo_by_photo(first, second)


def test_where_both_were_evaluated_on_test_that_alone_counts(two: tuple[Run, Run]) -> None:
    for run in two:
        rewrite(run, lambda row: row | ({"split": "test"} if "tune-1" in row["path"] else {}))
    assert compare.photo_by_photo(*two).photos == 2
    assert compare.figures(two)[0] == "test"


def test_other_labels_cannot_be_compared(two: tuple[Run, Run], tmp_path: Path) -> None:
    third = colour_run.make(tmp_path / "three", ("warm", "hot"))
    with pytest.raises(DataError, match="same labels"):
        compare.photo_by_photo(two[0], third)


def test_recipes_differ_key_by_key(two: tuple[Run, Run]) -> None:
    assert compare.recipe_differences(two) == {}
    path = two[1].folder / "recipe.json"
    path.write_text(
        path.read_text().replace('"epochs":3', '"epochs":5').replace('"fit":{', '"fit":{"new":"x",')
    )
    assert compare.recipe_differences(two) == {"fit.epochs": ["3", "5"], "fit.new": ["–", "x"]}
    path.write_text("{")
    with pytest.raises(RunError, match=r"recipe\.json"):
        compare.recipe_differences(two)


def test_held_out_rows_belong_to_their_photos(two: tuple[Run, Run]) -> None:
    run = two[0]
    kept = compare.held_out(run, "calibrate")
    contents = {photo.sha256: photo for photo in run.photos("calibrate")}
    assert set(kept.photos) == set(contents)
    for key, (label, row) in kept.photos.items():
        assert kept.names[contents[key].label] == label == kept.names[int(np.argmax(row))]
