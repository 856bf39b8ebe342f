import numpy as np
from scipy.special import softmax

from trainer.learning import confidence

CHOSEN = np.arange(6_000) % 3 > 0  # as calibrate is among tune and calibrate
FOND = np.array([0.0, 0.0, 0.8])


def drawn(classes: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """Return logits [N,C] and labels [N] that are as likely as the logits say."""
    random = np.random.default_rng(1)
    logits = random.normal(size=(len(CHOSEN), classes)) * 2
    return logits, np.array([random.choice(classes, p=row) for row in softmax(logits, axis=1)])


def test_a_network_fond_of_one_label_is_talked_out_of_it() -> None:
    true_logits, labels = drawn()
    fond = ((true_logits + FOND) * 1.5).astype(np.float32)
    scale = confidence.fit(fond, labels, CHOSEN)
    assert abs(scale.temperature - 1.5) < 0.1
    assert abs(scale.bias[0] - scale.bias[2] - 0.8) < 0.12
    assert abs(scale.probabilities(fond)[:, 2].mean() - (labels == 2).mean()) < 0.01


def test_a_bias_that_is_worse_on_tune_is_not_used() -> None:
    true_logits, labels = drawn(60)
    logits = (true_logits * 1.5).astype(np.float32)
    few = np.arange(len(labels)) < 120
    scale = confidence.fit(logits, labels, few)
    assert scale.bias == ()
    assert abs(scale.temperature - 1.5) < 0.3


def test_without_photos_to_choose_by_there_is_a_temperature_alone() -> None:
    true_logits, labels = drawn()
    scale = confidence.fit((true_logits + FOND).astype(np.float32), labels, np.ones(len(labels), bool))
    assert scale.bias == ()


def test_ten_photos_that_are_all_right_make_no_answer_certain() -> None:
    labels, chosen = np.arange(12) % 2, np.arange(12) < 10
    logits = np.eye(2, dtype=np.float32)[labels] * 2
    assert confidence.fit(logits, labels, chosen).probabilities(logits).max() < 0.999
