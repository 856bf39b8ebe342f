"""Cross-validation with a training that takes a moment: who answers whom, and what is said of it."""

import csv
import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.helpers import labelled_photos
from trainer import prepare, recipes_file
from trainer.data import datasets
from trainer.data.datasets import Dataset
from trainer.recipe import Recipe
from trainer.sections import Teacher
from trainer.series import folds
from whatsit import run as runs
from whatsit.errors import DataError, RunError, UsageError
from whatsit.manifest import Training
from whatsit.run import Run

RECIPE = recipes_file.load("cats-dogs-cnn")


class Trainer:
    """Answers what it held out: right with 0.9, but for each second photo in the folds named as bad."""

    def __init__(self, fails_at: int = 0, bad: tuple[int, ...] = ()) -> None:
        self.fails_at, self.bad = fails_at, bad
        self.learned: list[set[str]] = []

    def __call__(self, run: Run, recipe: Recipe) -> Run:  # noqa: ARG002 - a training's shape
        if run.finished:
            return run
        number = int(run.info.tags[-1].split()[1])
        if number == self.fails_at:
            raise RunError("the disk is full.")
        self.learned.append({photo.path for photo in run.photos("train")})
        tune = run.photos("tune")
        wrong = [number in self.bad and place % 2 == 0 for place in range(len(tune))]
        rows = [
            [0.1, 0.9] if (photo.label == 1) != bad else [0.9, 0.1]
            for photo, bad in zip(tune, wrong, strict=True)
        ]
        runs.write_predictions(run, tune, np.array(rows, np.float32))
        (run.folder / runs.MODEL_FILE).touch()
        done = Training(
            recipe="x", data_fingerprint=run.info.data_fingerprint, photos={}, metrics={}, versions={}
        )
        return runs.write(run.folder, run.info.model_copy(update={"training": done}))


@pytest.fixture
def dataset(photos: Path) -> Dataset:
    return datasets.read(photos)


def _validated(dataset: Dataset, tmp_path: Path, train: Trainer, count: int = 3) -> tuple[Path, folds.Folds]:
    session = prepare.Session("cats-dogs-cnn", RECIPE, dataset.root, dataset, tmp_path / "runs", ("mine",))
    return folds.cross_validate(session, train, count)


def test_each_photo_is_answered_once_by_who_did_not_learn_from_it(dataset: Dataset, tmp_path: Path) -> None:
    train = Trainer()
    folder, _ = _validated(dataset, tmp_path, train)
    with (folder / folds.PREDICTIONS_FILE).open(newline="") as file:
        rows = list(csv.DictReader(file))
    taught = {photo.path for photo in dataset.of("train", "tune")}
    assert Counter(row["path"] for row in rows) == Counter(taught)
    assert {row["fold"] for row in rows} == {"1", "2", "3"}
    for row in rows:
        assert row["path"] not in train.learned[int(row["fold"]) - 1]
        assert float(row[row["label"]]) == pytest.approx(0.9)
    assert set.union(*train.learned) == taught


def test_calibrate_and_test_stay_as_they_are(dataset: Dataset, tmp_path: Path) -> None:
    folder, found = _validated(dataset, tmp_path, Trainer())
    for number, one in enumerate(found.folds, start=1):
        kept = runs.read(tmp_path / "runs" / one.run)
        assert kept.photos("calibrate", "test") == dataset.of("calibrate", "test")
        assert kept.info.tags == ("mine", "folds", f"fold {number} of 3")
        assert kept.info.series == folder.name


def test_mean_and_deviation_are_over_the_folds(dataset: Dataset, tmp_path: Path) -> None:
    folder, found = _validated(dataset, tmp_path, Trainer(bad=(2,)))
    accuracies = [one.accuracy for one in found.folds]
    assert accuracies[0] == accuracies[2] == 1
    assert 0.4 <= accuracies[1] < 0.6
    assert found.accuracy.mean == pytest.approx(np.mean(accuracies))
    assert found.accuracy.deviation == pytest.approx(np.std(accuracies, ddof=1))
    assert found.folds[0].log_loss == pytest.approx(-np.log(0.9), rel=1e-4)
    assert found.together.photos == len(dataset.of("train", "tune"))
    told = json.loads((folder / folds.FOLDS_FILE).read_text())
    assert told["accuracy"]["mean"] == found.accuracy.mean
    table = (folder / folds.TABLE_FILE).read_text()
    assert f"{found.accuracy.mean:.2%} ± {found.accuracy.deviation:.2%}" in table
    assert "| 1 | " in table


def test_one_that_fails_is_named_and_the_rest_is_not_done_again(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(RunError, match=r"fold 2 of 3 failed: the disk is full"):
        _validated(dataset, tmp_path, Trainer(fails_at=2))
    again = Trainer()
    _validated(dataset, tmp_path, again)
    assert len(again.learned) == 2


def test_folds_that_cannot_be_are_refused_before_any_training(dataset: Dataset, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="fold"):
        _validated(dataset, tmp_path, Trainer(), count=1)
    with pytest.raises(DataError, match="tune"):
        _validated(dataset, tmp_path, Trainer(), count=400)
    assert not (tmp_path / "runs").exists()


def test_copies_and_look_alikes_are_never_on_both_sides_of_a_fold(tmp_path: Path) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", each=60)
    first, *copies = [one for one in datasets.read(folder).of("train") if not one.label][:9]
    picture = Image.open(folder.parent / first.path)
    for place, copy in enumerate(copies):
        if place % 2:
            picture.save(folder.parent / copy.path, quality=60)  # looks the same
        else:
            (folder.parent / copy.path).write_bytes((folder.parent / first.path).read_bytes())
    alike = {photo.path for photo in (first, *copies)}
    dataset = datasets.read(folder)
    train = Trainer()
    _validated(dataset, tmp_path, train, count=5)
    assert alike <= {photo.path for photo in dataset.photos}
    assert sorted(len(alike & learned) for learned in train.learned) == [0, 9, 9, 9, 9]


def test_a_student_is_not_cross_validated(dataset: Dataset, tmp_path: Path) -> None:
    taught = RECIPE.model_copy(update={"teacher": Teacher(recipe="cats-dogs-fused")})
    session = prepare.Session("taught", taught, dataset.root, dataset, tmp_path / "runs")
    with pytest.raises(UsageError, match="--folds: the teacher cats-dogs-fused has learned from the photos"):
        folds.cross_validate(session, Trainer(), 3)
    assert not (tmp_path / "runs").exists()
