from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from whatsit.reliability import error, reliability


def photos(sharpness: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities that are `sharpness` times as sure in logits as the labels drawn allow."""
    random = np.random.default_rng(2)
    logits = random.normal(size=(count, 5)) * 2
    true = softmax(logits, axis=1)
    labels = (true.cumsum(axis=1) < random.random((count, 1))).sum(axis=1).clip(max=4)
    return softmax(logits * sharpness, axis=1), labels


def test_true_confidences_are_within_chance() -> None:
    found = reliability(*photos(1.0))
    assert found.error <= found.error_by_chance < 0.04
    assert 0 <= found.gained_by_refitting < 0.001


def test_confidences_that_are_too_sure_are_beyond_it() -> None:
    found = reliability(*photos(2.0))
    assert found.error > 2 * found.error_by_chance
    assert found.gained_by_refitting > 0.05


def test_bins_hold_equally_many_photos() -> None:
    confidence = np.sort(np.random.default_rng(3).uniform(0.5, 1, 30))
    right = np.arange(30) % 2 == 0
    by_hand = [abs(confidence[i : i + 2].sum() - right[i : i + 2].sum()) for i in range(0, 30, 2)]
    assert error(confidence, right) == pytest.approx(sum(by_hand) / 30)
    assert error(np.array([0.8]), np.array([True])) == pytest.approx(0.2)


def test_the_same_photos_give_the_same_figures() -> None:
    assert reliability(*photos(1.3, 200)) == reliability(*photos(1.3, 200))
