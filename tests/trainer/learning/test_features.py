from pathlib import Path

import numpy as np

from trainer.learning.features import FeatureCache


def _rows(count: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).normal(size=(count, 3)).astype(np.float32)


def test_rows_come_back_in_the_order_asked_for_across_chunks(tmp_path: Path) -> None:
    rows = _rows(3, 1)
    cache = FeatureCache(tmp_path)
    cache.append(["a", "b"], rows[:2])
    cache.append(["c"], rows[2:])
    assert np.array_equal(cache.rows(["c", "a", "c"]), rows[[2, 0, 2]])
    assert np.array_equal(FeatureCache(tmp_path).rows(["b", "c"]), rows[1:])


def test_a_chunk_without_its_list_does_not_count(tmp_path: Path) -> None:
    FeatureCache(tmp_path).append(["a"], _rows(1, 1))
    np.save(tmp_path / "killed-before-the-list.npy", _rows(4, 2))
    assert FeatureCache(tmp_path).missing(["a", "b", "b"]) == ["b"]


def test_two_trainings_at_once_never_get_each_others_rows(tmp_path: Path) -> None:
    first, second = FeatureCache(tmp_path), FeatureCache(tmp_path)
    first.append(["a"], np.ones((1, 3), np.float32))
    second.append(["b"], 2 * np.ones((1, 3), np.float32))
    assert second.rows(["b"])[0, 0] == 2
    assert FeatureCache(tmp_path).rows(["b", "a"])[:, 0].tolist() == [2, 1]
