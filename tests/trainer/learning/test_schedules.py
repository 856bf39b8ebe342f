import keras
import numpy as np
import pytest

from trainer.learning.schedules import Cycles, optimizer
from trainer.sections import Descent


def test_each_cycle_warms_up_falls_to_zero_and_peaks_at_half_of_the_one_before() -> None:
    rate = Cycles(peak=1e-3, steps=100, warmup=0.1)
    rates = np.array([float(rate(step)) for step in range(200)])
    assert rates[0] == 0
    assert np.argmax(rates) == 10
    assert rates[10] == pytest.approx(1e-3)
    assert rates[99] < 1e-6
    assert np.allclose(rates[100:], rates[:100] / 2, atol=1e-9)


def test_without_a_warm_up_a_cycle_begins_at_its_peak() -> None:
    rate = Cycles(peak=1e-3, steps=100, warmup=0.0)
    assert float(rate(0)) == pytest.approx(1e-3)
    assert float(rate(100)) == pytest.approx(5e-4)


def test_settings_reach_the_optimizer() -> None:
    sgd = optimizer(Descent(optimizer="sgd", learning_rate=0.001, momentum=0.99, nesterov=True), 10)
    assert (sgd.momentum, sgd.nesterov) == (0.99, True)
    assert float(sgd.learning_rate) == pytest.approx(0.001)
    kinds = {type(optimizer(Descent(optimizer=name), 10)).__name__ for name in ("adam", "adamw", "rmsprop")}
    assert kinds == {"Adam", "AdamW", "RMSprop"}


def test_weight_decay_is_what_the_recipe_says_also_nothing_at_all() -> None:
    for name in ("adam", "adamw", "sgd", "rmsprop"):
        assert not optimizer(Descent(optimizer=name), 10).weight_decay
        assert optimizer(Descent(optimizer=name, weight_decay=0.02), 10).weight_decay == pytest.approx(0.02)


def test_adamw_without_decay_leaves_weights_that_have_no_gradient() -> None:
    weight = keras.Variable([1.0, -2.0])
    adamw = optimizer(Descent(optimizer="adamw", learning_rate=0.5), 10)
    adamw.build([weight])
    adamw.apply([keras.ops.zeros(2)])
    assert keras.ops.convert_to_numpy(weight).tolist() == [1.0, -2.0]
