import keras
import numpy as np
import pytest

from trainer.network.scale import Scale


@pytest.mark.parametrize("bias", [(), (0.4, -0.1, -0.3)], ids=["temperature", "with a bias"])
def test_the_graph_gives_the_probabilities_that_are_reckoned(bias: tuple[float, ...]) -> None:
    scale, logits = Scale(1.7, bias), np.random.default_rng(1).normal(size=(5, 3)).astype(np.float32) * 3
    given = keras.Input((3,))
    told = keras.Model(given, scale.of(given)).predict(logits, verbose=0)
    assert np.abs(told - scale.probabilities(logits)).max() < 1e-6


def test_a_bias_makes_its_label_more_likely() -> None:
    told = Scale(2.0, (np.log(3.0), 0.0)).probabilities(np.zeros((1, 2), np.float32))
    assert told.tolist() == [[pytest.approx(0.75), pytest.approx(0.25)]]
