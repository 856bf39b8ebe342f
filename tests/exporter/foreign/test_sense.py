from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from exporter.foreign import sense
from whatsit.errors import DataError

NAMES = ["red", "green", "blue"]
TRUTH = np.repeat([0, 1, 2], [30, 5, 5])


def sure_of(said: np.ndarray) -> np.ndarray:
    return np.eye(3, dtype=np.float32)[said]


def test_a_model_that_is_mostly_right_is_said_to_be() -> None:
    said = TRUTH.copy()
    said[:3] = 2
    assert "right on 96.7% of 40 labelled photos" in sense.check(sure_of(said), TRUTH, NAMES, Path("photos"))


def test_labels_in_another_order_are_found_out_and_the_right_one_is_named() -> None:
    moved = (TRUTH + 1) % 3  # what is red is said to be the second label
    with pytest.raises(DataError, match="right on 0") as raised:
        sense.check(sure_of(moved), TRUTH, NAMES, Path("photos"))
    assert "blue, red, green" in raised.value.hint


def test_a_few_photos_prove_nothing_against_a_model() -> None:
    few = np.array([0, 1, 2])
    assert "0.0% of 3" in sense.check(sure_of((few + 1) % 3), few, NAMES, Path("photos"))


def test_one_answer_for_all_is_chance_however_many_photos_it_fits() -> None:
    with pytest.raises(DataError, match="chance or less") as raised:
        sense.check(sure_of(np.zeros(40, int)), TRUTH, NAMES, Path("photos"))
    assert "--scaling" in raised.value.hint
