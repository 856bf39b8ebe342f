from pathlib import Path

import numpy as np
import pytest
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from trainer.learning import heads
from trainer.network import tops
from trainer.results import history
from trainer.sections import DenseHead, Network

STRENGTHS = (1.0, 10.0, 100.0)


def _blobs(classes: int) -> tuple[heads.Examples, heads.Examples]:
    random = np.random.default_rng(1)
    labels = np.arange(400) % classes
    rows = random.normal(size=(classes, 8))[labels] * 4 + random.normal(size=(400, 8))
    rows = (rows * 5 + 7).astype(np.float32)
    return (rows[:300], labels[:300]), (rows[300:], labels[300:])


@pytest.mark.parametrize("classes", [2, 4])
def test_the_head_separates_what_a_line_separates(classes: int) -> None:
    train, tune = _blobs(classes)
    kernel, bias = heads.logistic(train, tune, STRENGTHS)
    assert kernel.shape == (8, classes)
    assert bias.shape == (classes,)
    assert ((tune[0] @ kernel + bias).argmax(axis=1) == tune[1]).mean() > 0.97


def test_probabilities_are_those_of_the_best_strength_on_tune() -> None:
    train, tune = _blobs(2)
    kernel, bias = heads.logistic(train, tune, STRENGTHS)
    scale = np.sqrt((train[0] ** 2).sum(axis=1).mean())
    fitted = [LogisticRegression(C=one, max_iter=1000).fit(train[0] / scale, train[1]) for one in STRENGTHS]
    theirs = [one.predict_proba(tune[0] / scale) for one in fitted]
    losses = [-np.log(one[np.arange(100), tune[1]]).mean() for one in theirs]
    ours = softmax(tune[0] @ kernel + bias, axis=1)
    assert np.abs(ours - theirs[int(np.argmin(losses))]).max() < 1e-4


def test_a_dense_head_learns_its_hidden_layer(tmp_path: Path) -> None:
    random = np.random.default_rng(2)
    rows = random.normal(size=(600, 2)).astype(np.float32)
    labels = (rows[:, 0] * rows[:, 1] > 0).astype(np.int64)  # no line tells these apart
    settings = Network(backbones=("mobilenet_v2",), layers=("average", "dense 16 relu"))
    head = DenseHead(epochs=12, batch=32, learning_rate=0.03)
    top = heads.learn(
        tops.build(settings, 2),
        head,
        (rows[:400], labels[:400]),
        (rows[400:], labels[400:]),
        tmp_path,
        seed=1,
    )
    logits = top.model(2).predict(rows[400:], verbose=0)
    assert (logits.argmax(axis=1) == labels[400:]).mean() > 0.9
    assert {row.stage for row in history.read(tmp_path)} == {"head"}
