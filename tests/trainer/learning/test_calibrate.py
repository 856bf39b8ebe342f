import numpy as np
from scipy.special import softmax

from trainer.learning import calibrate


def test_the_temperature_that_was_applied_is_found_again() -> None:
    random = np.random.default_rng(1)
    true_logits = random.normal(size=(20_000, 3)) * 2
    labels = np.array([random.choice(3, p=row) for row in softmax(true_logits, axis=1)])
    assert abs(calibrate.temperature((true_logits * 2.5).astype(np.float32), labels) - 2.5) < 0.1


def test_ten_photos_that_are_all_right_make_no_answer_certain() -> None:
    labels = np.arange(10) % 2
    logits = np.eye(2, dtype=np.float32)[labels] * 2  # 88 % each
    assert 0.4 < calibrate.temperature(logits, labels) < 1


def test_what_was_taught_is_near_and_what_was_not_is_far() -> None:
    random = np.random.default_rng(1)
    directions = np.eye(16, dtype=np.float32)[:4]
    taught = directions[np.arange(200) % 4] * 3 + random.normal(size=(200, 16)).astype(np.float32) * 0.1
    centres = calibrate.centroids(taught, 4, seed=1)
    assert np.allclose(np.linalg.norm(centres, axis=1), 1, atol=1e-6)
    other = np.eye(16, dtype=np.float32)[8:9]
    assert calibrate.distance(taught, centres).max() < 0.1
    assert calibrate.distance(other, centres).min() > 0.8
