"""Unlabelled folders answered as Kaggle takes it, by a small model and by the command a user types."""

import csv
from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from trainer.trained import submission
from whatsit import cli
from whatsit import run as runs
from whatsit.errors import DataError, RunError
from whatsit.manifest import InputSpec, Label, Training
from whatsit.run import Run

COLOURS = {"red": (250, 10, 10), "green": (10, 250, 10), "blue": (10, 10, 250)}


def _run(folder: Path, names: tuple[str, ...]) -> Run:
    """Write a finished run whose model says how red, green or blue a picture is."""
    image = keras.Input((8, 8, 3), dtype="uint8", name="image")
    mean = keras.layers.GlobalAveragePooling2D()(keras.layers.Rescaling(1 / 25)(image))
    dense = keras.layers.Dense(len(names), use_bias=False)
    model = keras.Model(image, {"probabilities": keras.layers.Softmax()(dense(mean)), "features": mean})
    dense.set_weights([np.eye(3, dtype=np.float32)[:, : len(names)]])
    folder.mkdir()
    model.save(folder / runs.MODEL_FILE)
    info = runs.RunInfo(
        recipe="colours",
        name="colours",
        title="Colours",
        licence="CC0-1.0",
        subject="any photo",
        labels=tuple(Label(id=number, name=name) for number, name in enumerate(names)),
        input=InputSpec(height=8, width=8),
        data_root=folder,
        data_fingerprint="0" * 64,
        training=Training(recipe="colours", data_fingerprint="0" * 64, photos={}, metrics={}, versions={}),
    )
    return runs.write(folder, info)


@pytest.fixture
def three(tmp_path: Path) -> Run:
    return _run(tmp_path / "run", ("red", "green", "blue"))


@pytest.fixture
def two(tmp_path: Path) -> Run:
    return _run(tmp_path / "run", ("red", "green"))


def _unlabelled(folder: Path, count: int = 40) -> Path:
    folder.mkdir()
    for number in range(1, count + 1):
        colour = list(COLOURS.values())[number % 3]
        Image.new("RGB", (20, 12), colour).save(folder / f"{number}.png")
    return folder


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))


def test_two_classes_are_the_probability_of_the_second(two: Run, tmp_path: Path) -> None:
    submission.predict(two, _unlabelled(tmp_path / "test")).write(tmp_path / "out.csv")
    rows = _table(tmp_path / "out.csv")
    assert [row["id"] for row in rows] == [str(number) for number in range(1, 41)]
    assert list(rows[0]) == ["id", "label"]
    for row in rows:
        colour = list(COLOURS)[int(row["id"]) % 3]
        expected = {"red": 0.0, "green": 1.0, "blue": 0.5}[colour]
        assert float(row["label"]) == pytest.approx(expected, abs=1e-3)


def test_more_classes_have_a_column_each(three: Run, tmp_path: Path) -> None:
    submission.predict(three, _unlabelled(tmp_path / "test")).write(tmp_path / "out.csv")
    rows = _table(tmp_path / "out.csv")
    assert list(rows[0]) == ["id", "red", "green", "blue"]
    for row in rows:
        assert float(row[list(COLOURS)[int(row["id"]) % 3]]) > 0.99
        assert sum(float(row[name]) for name in COLOURS) == pytest.approx(1, abs=1e-5)


def test_the_command_names_what_cannot_be_read_gives_it_no_row_and_exits_with_3(
    three: Run, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = _unlabelled(tmp_path / "test", 6)
    (folder / "7.jpg").write_bytes(b"\xff\xd8\xff\xe0 no photo")
    (folder / "notes.txt").write_text("not a picture")
    out = tmp_path / "mine.csv"
    assert cli.main(["predict", str(three.folder), str(folder), "--out", str(out)]) == 3
    said = capfd.readouterr()
    assert "7.jpg" in said.err
    assert "notes.txt" not in said.err
    assert "6 photos" in said.out
    assert [row["id"] for row in _table(out)] == list("123456")
    (folder / "7.jpg").unlink()
    assert cli.main(["predict", str(three.folder), str(folder), "--out", str(out)]) == 0


def test_what_cannot_be_a_submission_is_said_plainly(three: Run, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="not there"):
        submission.predict(three, tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no picture"):
        submission.predict(three, tmp_path / "empty")
    folder = _unlabelled(tmp_path / "test", 3)
    Image.new("RGB", (9, 9)).save(folder / "2.jpg")
    with pytest.raises(DataError, match=r"'2'.*2\.jpg and .*2\.png"):
        submission.predict(three, folder)


def test_a_run_that_is_not_finished_is_named(three: Run, tmp_path: Path) -> None:
    three.model_file.unlink()
    with pytest.raises(RunError, match="--resume"):
        submission.predict(three, _unlabelled(tmp_path / "test", 3))


def test_a_folder_where_nothing_can_be_read_gives_no_rows(three: Run, tmp_path: Path) -> None:
    folder = tmp_path / "test"
    folder.mkdir()
    (folder / "1.jpg").write_bytes(b"no photo")
    found = submission.predict(three, folder)
    assert (found.ids, len(found.unreadable), found.probabilities.shape) == ((), 1, (0, 3))
