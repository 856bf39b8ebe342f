import functools
from typing import Any

import numpy as np
import pytest
from scipy.optimize import check_grad
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


def test_the_slopes_that_are_descended_are_those_of_the_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    true_logits, labels = drawn()
    asked: list[Any] = []
    descended = confidence.minimize

    def minimize(loss: Any, start: Any, **rest: Any) -> Any:
        asked.append((loss, start))
        return descended(loss, start, **rest)

    monkeypatch.setattr(confidence, "minimize", minimize)
    confidence.fit((true_logits + FOND).astype(np.float32), labels, CHOSEN)
    ((loss, start),) = asked
    away = start + np.array([0.3, -0.2, 0.5, 0.1])
    apart = check_grad(lambda at: loss(at)[0], lambda at: loss(at)[1], away)
    assert apart < 1e-3 * np.linalg.norm(loss(away)[1])


def test_a_bias_that_came_to_no_end_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    true_logits, labels = drawn()
    stopped = functools.partial(confidence.minimize, options={"maxiter": 1})
    monkeypatch.setattr(confidence, "minimize", stopped)
    confidence.fit((true_logits + FOND).astype(np.float32), labels, CHOSEN)
    assert "may not be at its best" in capsys.readouterr().err


def test_ten_photos_that_are_all_right_make_no_answer_certain() -> None:
    labels, chosen = np.arange(12) % 2, np.arange(12) < 10
    logits = np.eye(2, dtype=np.float32)[labels] * 2
    assert confidence.fit(logits, labels, chosen).probabilities(logits).max() < 0.999
