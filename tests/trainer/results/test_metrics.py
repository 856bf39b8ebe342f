from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from trainer.results import metrics
from whatsit.errors import DataError, RunError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

# Three cats, one of them taken for a dog; one dog; nobody is a fox.
PROBABILITIES = np.array([[0.9, 0.1, 0], [0.6, 0.3, 0.1], [0.2, 0.7, 0.1], [0.3, 0.5, 0.2]], np.float32)
LABELS = np.array([0, 0, 0, 1])


def many(classes: int, photos: int = 600) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    random = np.random.default_rng(classes)
    labels = random.integers(classes, size=photos)
    logits = random.normal(size=(photos, classes))
    logits[np.arange(photos), labels] += 2
    odds = np.exp(logits)
    return (odds / odds.sum(axis=1, keepdims=True)).astype(np.float32), labels


def test_figures_of_four_photos_by_hand() -> None:
    found = metrics.measure(PROBABILITIES, LABELS, seed=1)
    assert (found.photos, found.accuracy, found.top5) == (4, 0.75, None)
    assert found.balanced_accuracy == pytest.approx((2 / 3 + 1) / 2)
    assert found.log_loss == pytest.approx(-sum(map(math.log, (0.9, 0.6, 0.2, 0.5))) / 4, rel=1e-6)
    assert found.macro_f1 == pytest.approx((0.8 + 2 / 3) / 2)  # the fox has neither photos nor answers
    assert found.calibration_error == pytest.approx((0.1 + 0.4 + 0.7 + 0.5) / 4, rel=1e-6)
    assert found.confusion == ((2, 1, 0), (0, 1, 0), (0, 0, 0))
    cat, dog, fox = found.classes
    assert (cat.precision, cat.recall, cat.f1, cat.support) == pytest.approx((1, 2 / 3, 0.8, 3))
    assert (dog.precision, dog.recall, dog.f1, dog.support) == pytest.approx((0.5, 1, 2 / 3, 1))
    assert (fox.precision, fox.recall, fox.support) == (0, 0, 0)


def test_the_best_five_are_counted_where_there_are_more_classes() -> None:
    probabilities, labels = many(8)
    ranks = (probabilities > probabilities[np.arange(len(labels)), labels][:, np.newaxis]).sum(axis=1)
    assert metrics.measure(probabilities, labels, 1).top5 == pytest.approx((ranks < 5).mean())


def test_intervals_hold_their_figures_and_follow_the_seed() -> None:
    probabilities, labels = many(4)
    one, again, other = (metrics.measure(probabilities, labels, seed) for seed in (1, 1, 2))
    assert one == again
    assert one.intervals95 != other.intervals95
    for name in ("accuracy", "balanced_accuracy", "log_loss"):
        low, high = getattr(one.intervals95, name)
        assert low < getattr(one, name) < high


def test_metrics_are_kept_as_they_are(tmp_path: Path) -> None:
    assert metrics.read(tmp_path) == {}
    found = {"tune": metrics.measure(*many(8), seed=1), "test": metrics.measure(*many(3), seed=1)}
    metrics.write(tmp_path, found)  # type: ignore[arg-type]
    assert metrics.read(tmp_path) == found


def test_damaged_metrics_are_named(tmp_path: Path) -> None:
    (tmp_path / "metrics.json").write_text('{"tune": {"photos": "many"}}')
    with pytest.raises(RunError, match=r"metrics.json is not valid: tune\."):
        metrics.read(tmp_path)


def test_no_photos_have_no_metrics() -> None:
    with pytest.raises(DataError, match="no photos"):
        metrics.measure(np.empty((0, 3), np.float32), np.empty(0, np.int64), 1)
