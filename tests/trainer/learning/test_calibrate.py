import numpy as np

from trainer.learning import calibrate


def test_what_was_taught_is_near_and_what_was_not_is_far() -> None:
    random = np.random.default_rng(1)
    directions = np.eye(16, dtype=np.float32)[:4]
    taught = directions[np.arange(200) % 4] * 3 + random.normal(size=(200, 16)).astype(np.float32) * 0.1
    centres = calibrate.centroids(taught, 4, seed=1)
    assert np.allclose(np.linalg.norm(centres, axis=1), 1, atol=1e-6)
    other = np.eye(16, dtype=np.float32)[8:9]
    assert calibrate.distance(taught, centres).max() < 0.1
    assert calibrate.distance(other, centres).min() > 0.8


def test_centroids_are_no_more_than_a_megabyte() -> None:
    wide = np.random.default_rng(1).normal(size=(40, 12_500)).astype(np.float32)
    assert calibrate.centroids(wide, 128, seed=1).nbytes == 1_000_000
