from __future__ import annotations

import math

import numpy as np
import pytest

from whatsit.errors import DataError
from whatsit.figures import calibration_error, figures, wilson
from whatsit.predictions import Predictions


def of(probabilities: list[list[float]], labels: list[int]) -> Predictions:
    paths = tuple(f"{place}.jpg" for place in range(len(labels)))
    values = np.array(probabilities, np.float32).reshape(len(labels), 2)
    return Predictions(paths, np.array(labels, np.int64), {"probabilities": values})


def test_figures_of_a_small_set_by_hand() -> None:
    nan = float("nan")
    found = figures(of([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3], [nan, nan]], [0, 1, 1, 0]), ["cat", "dog"])
    assert (found.photos, found.right, found.failed, found.accuracy) == (4, 2, 1, 0.5)
    assert found.top5 == 0.75
    assert found.log_loss == pytest.approx(-(math.log(0.9) + math.log(0.8) + math.log(0.3)) / 3, rel=1e-5)
    assert [(one.label, one.photos, one.right) for one in found.classes] == [("cat", 2, 1), ("dog", 2, 1)]
    assert found.calibration_error == pytest.approx((0.1 + 0.2 + 0.7) / 3, rel=1e-5)


def test_intervals_hold_the_figures_and_are_as_wide_as_theory_says() -> None:
    dice = np.random.default_rng(3)
    labels = (dice.uniform(size=2000) < 0.3).astype(np.int64)
    sure = dice.uniform(0.5, 1, 2000)
    right = np.where(labels == 0, dice.uniform(size=2000) < 0.9, dice.uniform(size=2000) < 0.6)
    of_right = np.where(right, sure, 1 - sure)
    given = np.where(labels[:, None] == [0, 1], of_right[:, None], 1 - of_right[:, None])
    found = figures(of(given.tolist(), labels.tolist()), ["cat", "dog"])
    losses = -np.log(of_right)
    spread = 1.96 * losses.std() / np.sqrt(2000)
    wanted = (losses.mean() - spread, losses.mean() + spread)
    assert found.log_loss95 == pytest.approx(wanted, abs=0.15 * spread)
    parts = [(one.right / one.photos, one.photos) for one in found.classes]
    assert found.balanced_accuracy == pytest.approx(np.mean([part for part, _ in parts]))
    spread = 1.96 * np.sqrt(sum(part * (1 - part) / photos for part, photos in parts)) / 2
    wanted = (found.balanced_accuracy - spread, found.balanced_accuracy + spread)
    assert found.balanced_accuracy95 == pytest.approx(wanted, abs=0.15 * spread)
    assert figures(of(given.tolist(), labels.tolist()), ["cat", "dog"]) == found, "they are drawn anew alike"


def test_all_right_is_no_certainty() -> None:
    found = figures(of([[0.9, 0.1]] * 20, [0] * 20), ["cat", "dog"])
    assert found.balanced_accuracy == 1, "a label without photos does not count"
    assert found.interval95 == found.balanced_accuracy95 == found.top5_95 == wilson(20, 20)


def test_the_best_five_of_many_labels_have_wilsons_interval() -> None:
    given = np.tile(np.linspace(1, 0, 8, dtype=np.float32), (4, 1))  # labels 0 to 4 are the best five
    given[3] = np.nan
    eight = Predictions(tuple("abcd"), np.array([0, 4, 5, 0]), {"probabilities": given})
    found = figures(eight, [f"label {place}" for place in range(8)])
    assert (found.top5, found.top5_95) == (0.5, wilson(2, 4)), "what could not be read is not among them"


def test_the_most_frequent_mistakes_come_first_and_failed_photos_are_none() -> None:
    cat, dog, nan = [0.9, 0.1], [0.1, 0.9], [float("nan")] * 2
    found = figures(of([cat, cat, dog, cat, nan, dog], [1, 1, 0, 0, 1, 1]), ["cat", "dog"])
    assert [tuple(one.model_dump().values()) for one in found.mistakes] == [
        ("dog", "cat", 2),
        ("cat", "dog", 1),
    ]
    assert not figures(of([cat, dog], [0, 1]), ["cat", "dog"]).mistakes


def test_a_wrong_certainty_costs_much_but_not_infinitely_much() -> None:
    assert 10 < figures(of([[1.0, 0.0]], [1]), ["cat", "dog"]).log_loss < 20


def test_when_nothing_could_be_read_nothing_is_right() -> None:
    nan = float("nan")
    found = figures(of([[nan, nan]] * 3, [0, 1, 0]), ["cat", "dog"])
    assert (found.right, found.failed, found.log_loss, found.calibration_error) == (0, 3, 0, 0)
    assert found.log_loss95 == (0, pytest.approx(16.118, abs=1e-3)), "nothing is known of it"
    assert (found.top5, found.top5_95) == (0, wilson(0, 3))


def test_no_photos_have_no_figures() -> None:
    with pytest.raises(DataError, match="no photos"):
        figures(of([], []), ["cat", "dog"])


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(0, 10, 0, 0.27753), (10, 10, 0.72247, 1), (8, 10, 0.49016, 0.94332), (2497, 2522, 0.98541, 0.99327)],
)
def test_wilsons_interval(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=2e-5)


def test_confidences_that_are_true_have_no_calibration_error() -> None:
    dice = np.random.default_rng(0)
    sure = dice.uniform(0.5, 1, 200_000)
    labels = (dice.uniform(size=sure.size) > sure).astype(np.int64)
    assert calibration_error(np.stack([sure, 1 - sure], axis=1), labels) < 0.01
    assert calibration_error(np.stack([np.ones(4), np.zeros(4)], axis=1), np.array([0, 1, 0, 1])) == 0.5
