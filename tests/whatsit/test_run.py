from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from whatsit import run as runs
from whatsit.errors import RunError
from whatsit.manifest import InputSpec, Label, Training

INFO = runs.RunInfo(
    recipe="cats-dogs-edge",
    name="cats-dogs",
    title="Cats and dogs",
    licence="Apache-2.0",
    subject="any photo",
    labels=(Label(id=0, name="cat"), Label(id=1, name="dog")),
    input=InputSpec(height=32, width=32),
    data_root=Path("/photos"),
    data_fingerprint="0" * 64,
)
PHOTOS = [
    runs.RunPhoto("cat/1, the first.jpg", 0, "train", "a" * 64),
    runs.RunPhoto('dog/"2".jpg', 1, "test", "b" * 64),
]


def test_what_is_written_is_read(tmp_path: Path) -> None:
    run = runs.write(tmp_path, INFO)
    runs.write_photos(run, PHOTOS)
    again = runs.read(tmp_path)
    assert again.info == INFO
    assert again.photos() == PHOTOS
    assert again.photos("test") == PHOTOS[1:]
    assert again.file_of(PHOTOS[0]) == Path("/photos/cat/1, the first.jpg")


def test_a_run_of_before_there_was_a_bias_is_read(tmp_path: Path) -> None:
    runs.write(tmp_path, INFO)
    record = json.loads((tmp_path / runs.RUN_FILE).read_text())
    del record["bias"]
    (tmp_path / runs.RUN_FILE).write_text(json.dumps(record))
    assert runs.read(tmp_path).info.bias == ()


@pytest.mark.parametrize("bias", ["[0.5]", "[0.5, NaN]", "[0.1, 0.1, 0.1]"])
def test_a_bias_is_one_number_a_label_or_none(tmp_path: Path, bias: str) -> None:
    runs.write(tmp_path, INFO)
    record = (tmp_path / runs.RUN_FILE).read_text()
    (tmp_path / runs.RUN_FILE).write_text(record.replace('"bias": []', f'"bias": {bias}'))
    with pytest.raises(RunError, match="bias"):
        runs.read(tmp_path)


def test_predictions_are_a_table(tmp_path: Path) -> None:
    run = runs.write(tmp_path, INFO)
    runs.write_predictions(run, PHOTOS, np.array([[0.25, 0.75], [1, 0]], np.float32))
    lines = (tmp_path / runs.PREDICTIONS_FILE).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "path,label,split,cat,dog"
    assert lines[1] == '"cat/1, the first.jpg",cat,train,0.25,0.75'


def test_a_run_that_is_not_finished_has_no_model(tmp_path: Path) -> None:
    run = runs.write(tmp_path, INFO)
    with pytest.raises(RunError, match="not finished"):
        _ = run.model_file
    training = Training(recipe="r", data_fingerprint="0" * 64, photos={}, metrics={}, versions={})
    finished = runs.write(tmp_path, INFO.model_copy(update={"training": training}))
    with pytest.raises(RunError, match="not finished"):
        _ = finished.model_file
    (tmp_path / runs.MODEL_FILE).touch()
    assert finished.model_file == tmp_path / runs.MODEL_FILE


def test_what_is_no_run_says_so(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="no run here"):
        runs.read(tmp_path)
    (tmp_path / runs.RUN_FILE).write_text("{}", encoding="utf-8")
    with pytest.raises(RunError, match="not valid: recipe"):
        runs.read(tmp_path)


def test_a_table_with_other_labels_is_refused(tmp_path: Path) -> None:
    run = runs.write(tmp_path, INFO)
    (tmp_path / runs.PHOTOS_FILE).write_text("path,label,split,sha256\na,cow,test,0\n", encoding="utf-8")
    with pytest.raises(RunError, match="cow"):
        run.photos()
