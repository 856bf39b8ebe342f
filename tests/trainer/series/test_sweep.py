"""Sweeps of a recipe, with a training that takes a moment: what is asked, gone on with, and told."""

import csv
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from trainer import prepare, recipes_file
from trainer.data import datasets
from trainer.data.datasets import Dataset
from trainer.recipe import Recipe
from trainer.results import metrics
from trainer.series import sweep
from whatsit import paired
from whatsit import run as runs
from whatsit.errors import RunError, UsageError
from whatsit.manifest import Training
from whatsit.run import Run, RunPhoto

Train = Callable[[Run, Recipe], Run]
FACTORS = {"fit.batch": (16, 8, 32), "network.activation": ("relu", "prelu")}


def _recipe(**factors: tuple[object, ...]) -> Recipe:
    plain = recipes_file.load("age-cnn", ("data.photos=20",))
    return Recipe.model_validate(plain.model_dump() | {"sweep": factors})


class Trainer:
    """Finishes a run at once, as right as its batch is small; counts, and fails or stops where told to.

    On tune, which chooses epochs, each is right throughout.
    """

    def __init__(self, fails_at: str = "", stops_at: str = "") -> None:
        self.fails_at, self.stops_at = fails_at, stops_at
        self.trained: list[str] = []

    def __call__(self, run: Run, recipe: Recipe) -> Run:
        if run.finished:
            return run
        name = run.info.tags[-1]
        if name == self.stops_at:
            raise KeyboardInterrupt
        if name == self.fails_at:
            raise RunError("the disk is full.", path=run.folder)
        self.trained.append(name)
        assert recipe.fit is not None
        labels = np.arange(200) % 2
        right = np.arange(200) >= recipe.fit.batch
        confidence = np.where(right == (labels == 1), 0.8, 0.2)
        rows = np.stack([1 - confidence, confidence], 1).astype(np.float32)
        held_out = [
            RunPhoto(f"{place}.jpg", int(label), "calibrate", "") for place, label in enumerate(labels)
        ]
        tuned = [replace(photo, split="tune") for photo in held_out]
        sure = np.eye(2, dtype=np.float32)[labels]
        runs.write_predictions(run, [*tuned, *held_out], np.concatenate([sure, rows]))
        metrics.write(
            run.folder,
            {"tune": metrics.measure(sure, labels, 1), "calibrate": metrics.measure(rows, labels, 1)},
        )
        (run.folder / runs.MODEL_FILE).touch()
        counts = {"train": 1, "tune": 1, "calibrate": 1, "test": 1}
        done = Training(
            recipe=name, data_fingerprint=run.info.data_fingerprint, photos=counts, metrics={}, versions={}
        )
        return runs.write(run.folder, run.info.model_copy(update={"training": done}))


@pytest.fixture
def dataset(photos: Path) -> Dataset:
    return datasets.read(photos)


def _swept(dataset: Dataset, tmp_path: Path, train: Train, recipe: Recipe | None = None) -> Path:
    recipe = recipe or _recipe(**FACTORS)
    return sweep.run_sweep(
        prepare.Session("age-cnn", recipe, dataset.root, dataset, tmp_path / "runs"), train
    )


def _rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "sweep.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_each_variation_changes_one_key_of_the_base() -> None:
    base, *others = sweep.variations(_recipe(**FACTORS))
    assert (base.name, base.key) == ("base", "")
    assert [one.name for one in others] == ["fit.batch=8", "fit.batch=32", "network.activation=prelu"]
    assert base.recipe.fit is not None
    for one, batch, activation in zip(others, (8, 32, 16), ("relu", "relu", "prelu"), strict=True):
        assert one.recipe.fit == base.recipe.fit.model_copy(update={"batch": batch})
        assert one.recipe.network == base.recipe.network.model_copy(update={"activation": activation})
        assert one.recipe.augment == base.recipe.augment


def test_the_age_sweep_has_every_factor_of_the_tutorial_once() -> None:
    found = [one.name for one in sweep.variations(recipes_file.load("age-cnn-sweep"))]
    assert found == [
        "base", "network.dropout=0.2", "network.dropout=0.1", "fit.optimizer=adam", "network.kernel=5",
        "network.padding=valid", "network.activation=prelu", "network.activation=leaky_relu", "fit.batch=8",
        "fit.batch=32", "fit.batch=64",
        "network.layers=+ conv 128 valid, + pool 2, - dense 64, + dense 128",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "values", "said"),
    [
        ("fit.bach", (8,), r"fit\.batch"),
        ("data.photos", (8,), "no key that a sweep can change"),
        ("fit.batch", (1,), r"fit\.batch = 1"),
        ("fit.optimizer", ("adm",), "adam"),
        ("network.activation", ("rely",), "prelu"),
        ("network.layers", (("conv 8", "dens 4"),), "dense"),
        ("network.layers", (("pool 8", "pool 8", "pool 8", "flatten"),), "do not fit"),
        ("head.estimators", (3,), "head"),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_trained(
    key: str, values: tuple[object, ...], said: str, dataset: Dataset, tmp_path: Path
) -> None:
    train = Trainer()
    with pytest.raises(UsageError, match=said):
        _swept(dataset, tmp_path, train, _recipe(**{"fit.batch": (8,)} | {key: values}))
    assert not train.trained
    assert not (tmp_path / "runs").exists()


def test_a_recipe_without_a_sweep_is_told_so() -> None:
    with pytest.raises(UsageError, match="no \\[sweep\\]"):
        sweep.variations(recipes_file.load("age-cnn"))


def test_every_variation_is_a_run_of_its_own_with_its_tags(dataset: Dataset, tmp_path: Path) -> None:
    folder = _swept(dataset, tmp_path, Trainer())
    rows = _rows(folder)
    kept = [runs.read(tmp_path / "runs" / row["run"]) for row in rows]
    names = ["base", *(f"{row['key']}={row['value']}" for row in rows[1:])]
    assert [run.info.tags for run in kept] == [("sweep", name) for name in names]
    assert {run.info.series for run in kept} == {folder.name}
    assert len({run.folder for run in kept}) == 4
    assert folder.name.endswith("-age-cnn-sweep")
    assert not any(row["failed"] for row in rows)


def test_the_table_says_what_each_change_did(dataset: Dataset, tmp_path: Path) -> None:
    folder = _swept(dataset, tmp_path, Trainer())
    rows = _rows(folder)
    assert [(row["key"], row["value"], float(row["accuracy"])) for row in rows] == [
        ("", "", 0.92),
        ("fit.batch", "8", 0.96),
        ("fit.batch", "32", 0.84),
        ("network.activation", "prelu", 0.92),
    ]
    assert all(float(row["low95"]) < float(row["accuracy"]) < float(row["high95"]) for row in rows)
    for row, wins, losses in zip(rows[1:], (8, 0, 0), (0, 16, 0), strict=True):
        low, high = paired.paired_interval(wins, losses, 200)
        assert float(row["difference"]) == pytest.approx((wins - losses) / 200)
        assert float(row["difference_low95"]) == pytest.approx(low, rel=1e-4)
        assert float(row["difference_high95"]) == pytest.approx(high, rel=1e-4)
    assert rows[0]["difference"] == ""
    table = (folder / "sweep.md").read_text()
    low, high = (100 * end for end in paired.paired_interval(8, 0, 200))
    assert "| fit.batch | 8 | 96.0% (" in table
    assert f"| +4.0 ({low:+.1f} to {high:+.1f}) | 96.0% |" in table
    assert "| -8.0 (" in table
    assert "200 photos of calibrate" in table


def test_the_plot_has_a_place_for_every_variation(dataset: Dataset, tmp_path: Path) -> None:
    folder = _swept(dataset, tmp_path, Trainer())
    words = "".join(ET.fromstring((folder / "sweep.svg").read_text()).itertext())  # noqa: S314 - our own
    for label in ("as it stands", "batch  8", "batch  32", "activation  prelu", "accuracy on calibrate"):
        assert label in words


def test_a_stopped_sweep_goes_on_and_does_nothing_twice(dataset: Dataset, tmp_path: Path) -> None:
    stopped = Trainer(stops_at="fit.batch=32")
    with pytest.raises(KeyboardInterrupt):
        _swept(dataset, tmp_path, stopped)
    assert stopped.trained == ["base", "fit.batch=8"]
    (folder,) = (tmp_path / "runs").glob("*-age-cnn-sweep")
    assert "| fit.batch | 8 |" in (folder / "sweep.md").read_text()
    again = Trainer()
    assert _swept(dataset, tmp_path, again) == folder
    assert again.trained == ["fit.batch=32", "network.activation=prelu"]
    assert len([place for place in (tmp_path / "runs").iterdir() if (place / "run.json").exists()]) == 4


def test_one_that_fails_is_named_keeps_none_from_its_turn_and_is_tried_again(
    dataset: Dataset, tmp_path: Path
) -> None:
    folder = _swept(dataset, tmp_path, Trainer(fails_at="fit.batch=8"))
    failed = [row["value"] for row in _rows(folder) if "the disk is full" in row["failed"]]
    assert failed == ["8"]
    assert "the disk is full" in (folder / "sweep.md").read_text()
    assert _rows(folder)[-1]["accuracy"]
    again = Trainer()
    assert not any(row["failed"] for row in _rows(_swept(dataset, tmp_path, again)))
    assert again.trained == ["fit.batch=8"]


def test_without_a_base_there_is_nothing_to_stand_against(dataset: Dataset, tmp_path: Path) -> None:
    folder = _swept(dataset, tmp_path, Trainer(fails_at="base"))
    rows = _rows(folder)
    assert [row["difference"] for row in rows] == [""] * 4
    assert [bool(row["accuracy"]) for row in rows] == [False, True, True, True]


def test_another_recipe_is_another_sweep_and_a_damaged_record_is_said(
    dataset: Dataset, tmp_path: Path
) -> None:
    first = _swept(dataset, tmp_path, Trainer())
    train = Trainer()
    second = _swept(dataset, tmp_path, train, _recipe(**{"fit.batch": (8,)}))
    assert second.name == f"{first.name}-2"
    assert train.trained == ["base", "fit.batch=8"]
    (first / prepare.SERIES_FILE).write_text("{}")
    with pytest.raises(RunError, match=r"series\.json is not valid"):
        _swept(dataset, tmp_path, Trainer())


def test_a_run_folder_that_was_taken_away_is_trained_again(dataset: Dataset, tmp_path: Path) -> None:
    taken = _rows(_swept(dataset, tmp_path, Trainer()))[1]["run"]
    for file in (tmp_path / "runs" / taken).iterdir():
        file.unlink()
    (tmp_path / "runs" / taken).rmdir()
    again = Trainer()
    _swept(dataset, tmp_path, again)
    assert again.trained == ["fit.batch=8"]
