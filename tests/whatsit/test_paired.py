from __future__ import annotations

import numpy as np
import pytest

from whatsit.errors import DataError
from whatsit.paired import compare, paired_interval
from whatsit.predictions import Predictions


def of(right: list[bool], **outputs: list[float]) -> Predictions:
    """Return predictions of photos that are all of class 0."""
    values = np.array([[0.9, 0.1] if one else [0.2, 0.8] for one in right], np.float32)
    arrays = {name: np.array(one, np.float32) for name, one in outputs.items()}
    paths = tuple(f"{place}.jpg" for place in range(len(right)))
    return Predictions(paths, np.zeros(len(right), np.int64), {"probabilities": values} | arrays)


def test_by_hand() -> None:
    first = of([True, True, False, True], novelty=[1, 2, 3, 4.0])
    second = of([True, False, True, False], novelty=[1, 2, 3, 8.0])
    found = compare(first, second)
    assert (found.photos, found.only_first_right, found.only_second_right, found.same_answers) == (4, 2, 1, 1)
    assert found.difference == 0.25
    assert found.largest_differences == pytest.approx({"probabilities": 0.7, "novelty": 0.5})
    assert found.interval95[0] < 0.25 < found.interval95[1]


def test_the_same_is_the_same_but_not_proven_to_be() -> None:
    same = of([True] * 100)
    found = compare(same, same)
    assert (found.difference, found.same_answers, found.largest_differences) == (0, 100, {"probabilities": 0})
    low, high = found.interval95
    assert low == -high
    assert 0 < high < 0.05


def test_the_interval_holds_the_true_difference_as_often_as_it_says() -> None:
    dice = np.random.default_rng(0)
    count, gained, lost = 2522, 0.004, 0.002
    draws = dice.multinomial(count, [gained, lost, 1 - gained - lost], size=4000)
    bounds = np.array([paired_interval(int(one[0]), int(one[1]), count) for one in draws])
    inside = (bounds[:, 0] <= gained - lost) & (gained - lost <= bounds[:, 1])
    assert 0.93 <= inside.mean() <= 0.98


def test_a_photo_that_one_could_not_read_is_a_difference() -> None:
    first, second = of([True, True]), of([True, True])
    second.probabilities[1] = np.nan
    found = compare(first, second)
    assert found.same_answers == 1
    assert found.only_first_right == 1
    assert np.isnan(found.largest_differences["probabilities"])


def test_what_neither_could_read_is_left_out() -> None:
    first, second = of([True, True]), of([True, True])
    first.probabilities[1] = second.probabilities[1] = np.nan
    found = compare(first, second)
    assert found.same_answers == 2
    assert found.largest_differences == {"probabilities": 0}


def test_outputs_of_other_shapes_are_refused() -> None:
    with pytest.raises(DataError, match="novelty"):
        compare(of([True], novelty=[1.0]), Predictions(("0.jpg",), np.array([0]), _wide()))


def _wide() -> dict[str, np.ndarray]:  # type: ignore[type-arg]
    return {"probabilities": np.ones((1, 2), np.float32), "novelty": np.ones((1, 2), np.float32)}
