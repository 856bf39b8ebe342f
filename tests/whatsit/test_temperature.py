import numpy as np
from scipy.special import softmax

from whatsit import temperature


def test_the_temperature_that_was_applied_is_found_again() -> None:
    random = np.random.default_rng(1)
    true_logits = random.normal(size=(20_000, 3)) * 2
    labels = np.array([random.choice(3, p=row) for row in softmax(true_logits, axis=1)])
    assert abs(temperature.fit((true_logits * 2.5).astype(np.float32), labels) - 2.5) < 0.1


def test_ten_photos_that_are_all_right_make_no_answer_certain() -> None:
    labels = np.arange(10) % 2
    logits = np.eye(2, dtype=np.float32)[labels] * 2  # 88 % each
    assert 0.4 < temperature.fit(logits, labels) < 1
