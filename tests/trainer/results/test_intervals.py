from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.results.test_metrics import many
from trainer.results import intervals, metrics
from whatsit import resamples
from whatsit.figures import wilson


def test_a_resample_gives_what_measuring_its_photos_gives() -> None:
    probabilities, labels = many(3, 80)
    known, random = probabilities.astype(np.float64), np.random.default_rng(0)
    counts = next(resamples.counts(80, random))[:20]
    figures = intervals._figures(counts @ intervals._terms(known, labels), 80, 3)
    assert (counts.sum(axis=1) == 80).all()
    for row, found in zip(counts.astype(int), figures, strict=True):
        photos = np.repeat(np.arange(80), row)
        one = metrics.measure(probabilities[photos], labels[photos], 1)
        wanted = (one.accuracy, one.balanced_accuracy, one.log_loss, one.calibration_error)
        assert found == pytest.approx(wanted)


def test_they_are_as_wide_as_theory_says() -> None:
    probabilities, labels = many(2, 2000)
    found = intervals.bootstrap(probabilities.astype(np.float64), labels, 1)
    accuracy = (probabilities.argmax(axis=1) == labels).mean()
    spread = 1.96 * np.sqrt(accuracy * (1 - accuracy) / 2000)
    assert found.accuracy == pytest.approx((accuracy - spread, accuracy + spread), abs=0.15 * spread)


def test_all_right_is_no_certainty() -> None:
    probabilities = np.array([[0.9, 0.1]] * 20)
    assert intervals.bootstrap(probabilities, np.zeros(20, np.int64), 1).accuracy == wilson(20, 20)


def test_a_class_that_a_resample_lacks_does_not_count() -> None:
    probabilities, labels = np.array([[0.9, 0.1]] * 3 + [[0.1, 0.9]]), np.array([0, 0, 0, 0])
    low, high = intervals.bootstrap(probabilities, labels, 1).balanced_accuracy
    assert 0 <= low < high <= 1
