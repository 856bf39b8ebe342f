"""What is told of labelled photos before a training, beside what was left out."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.helpers import labelled_photos
from trainer.data import checks, datasets, duplicates
from whatsit import cli

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def contradicting(tmp_path: Path) -> Path:
    """Return class folders whose split is given and whose held-out photos hold one with two labels."""
    folder = labelled_photos.class_folders(tmp_path / "pets", each=10)
    shutil.copy(folder / "cat" / "cat.7.jpg", folder / "dog" / "dog.8.jpg")
    splits = ["train"] * 6 + ["tune", "test", "calibrate", "calibrate"]
    lines = [
        (f"{label}/{label}.{number}.jpg", label, split)
        for label in ("cat", "dog")
        for number, split in enumerate(splits)
    ]
    labelled_photos.table(folder / "split.csv", [("path", "label", "split"), *lines])
    return folder


def test_a_held_out_photo_with_two_labels_is_told_before_training_and_by_show(
    contradicting: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dataset = datasets.read(contradicting)
    assert dataset.left_out == ()
    said = "two labels (no answer to both is right; leave one of them): "
    named = f"{said}1: pets/cat/cat.7.jpg in test = pets/dog/dog.8.jpg in calibrate"
    assert named in capsys.readouterr().err
    assert cli.main(["data", "show", str(contradicting), "--out", str(tmp_path / "data.html")]) == 0
    assert named in capsys.readouterr().out


def test_the_page_goes_beside_the_runs_not_among_the_photos(
    contradicting: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["data", "show", str(contradicting)]) == 0
    assert (tmp_path / "runs" / f"data-{contradicting.name}.html").is_file()
    assert not (tmp_path / "data.html").exists()


def test_one_that_train_does_without_is_told_once(contradicting: Path) -> None:
    table = contradicting / "split.csv"
    table.write_text(table.read_text().replace("cat.7.jpg,cat,test", "cat.7.jpg,cat,train"))
    (line,) = checks.told(datasets.look(contradicting))
    assert line.startswith(f"left out, {datasets.CONTRADICTS}: 1: pets/cat/cat.7.jpg")


def test_a_search_for_look_alikes_that_ended_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets")
    for number in range(20):  # frames of a video
        labelled_photos.drawn(1, (64 + number, 48)).save(folder / "cat" / f"frame.{number}.png")
    assert not any("ended at" in line for line in checks.told(datasets.look(folder)))
    monkeypatch.setattr(duplicates, "MOST_PAIRS", 10)
    monkeypatch.setattr(duplicates, "_TILE", (8, 64))
    unsearched = datasets.look(folder).duplicates.unsearched
    assert 0 < unsearched < 100
    (line,) = checks.told(datasets.look(folder))[-1:]
    assert "the search for photos that look the same ended" in line
    assert f"pairs: {unsearched} were not compared" in line
    assert "data.group" in line
