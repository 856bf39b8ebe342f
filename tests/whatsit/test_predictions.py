from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from whatsit import arrays
from whatsit.errors import DataError
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from pathlib import Path

NAN = float("nan")
SOME = Predictions(
    ("a.jpg", "猫.jpg", r"\xff.jpg"),
    np.array([0, 1, 0]),
    {
        "probabilities": np.array([[0.9, 0.1], [0.6, 0.4], [NAN, NAN]], np.float32),
        "novelty": np.array([0.1, 0.2, NAN], np.float32),
    },
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    SOME.save(tmp_path / "some.npz")
    again = Predictions.load(tmp_path / "some.npz")
    assert again.paths == SOME.paths
    assert again.labels.tolist() == [0, 1, 0]
    assert set(again.outputs) == {"probabilities", "novelty"}
    assert np.array_equal(again.probabilities, SOME.probabilities, equal_nan=True)


def test_what_could_not_be_read_is_not_right() -> None:
    assert SOME.read.tolist() == [True, True, False]
    assert SOME.right.tolist() == [True, False, False]


def test_they_can_be_put_in_anothers_order() -> None:
    outputs = {name: values[::-1] for name, values in SOME.outputs.items()}
    turned = Predictions(SOME.paths[::-1], SOME.labels[::-1], outputs)
    assert np.array_equal(turned.in_order_of(SOME).probabilities, SOME.probabilities, equal_nan=True)


def test_other_photos_or_labels_are_refused() -> None:
    with pytest.raises(DataError, match="not of the same photos"):
        SOME.in_order_of(Predictions(("b.jpg", *SOME.paths[1:]), SOME.labels, SOME.outputs))
    with pytest.raises(DataError, match="same true labels"):
        SOME.in_order_of(Predictions(SOME.paths, 1 - SOME.labels, SOME.outputs))


def test_other_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "other.npz"
    arrays.write(file, {"paths": np.array(["a"])})
    with pytest.raises(DataError, match="no predictions"):
        Predictions.load(file)
    arrays.write(
        file, {"paths": np.array(["a"]), "labels": np.array([0, 1]), "output.probabilities": np.zeros((1, 2))}
    )
    with pytest.raises(DataError, match="differ in number"):
        Predictions.load(file)
