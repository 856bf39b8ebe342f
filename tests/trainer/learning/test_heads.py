import itertools
from pathlib import Path

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from trainer.learning import heads
from trainer.network import tops
from trainer.results import history
from trainer.sections import DenseHead, Network

STRENGTHS = (1.0, 10.0, 100.0)


def _blobs(classes: int, apart: float = 4) -> tuple[heads.Examples, heads.Examples]:
    random = np.random.default_rng(1)
    labels = np.arange(400) % classes
    rows = random.normal(size=(classes, 8))[labels] * apart + random.normal(size=(400, 8))
    rows = (rows * 5 + 7).astype(np.float32)
    return (rows[:300], labels[:300]), (rows[300:], labels[300:])


@pytest.mark.parametrize("classes", [2, 4])
def test_the_head_separates_what_a_line_separates(classes: int) -> None:
    train, tune = _blobs(classes)
    kernel, bias = heads.logistic(train, tune, [8], STRENGTHS)
    assert kernel.shape == (8, classes)
    assert bias.shape == (classes,)
    assert ((tune[0] @ kernel + bias).argmax(axis=1) == tune[1]).mean() > 0.97


def test_several_backbones_answer_by_their_own_regressions_weighed() -> None:
    train, tune = _blobs(2, apart=0.4)
    kernel, bias = heads.logistic(train, tune, [3, 5], STRENGTHS)
    theirs = np.stack([_theirs(train, tune, slice(0, 3)), _theirs(train, tune, slice(3, 8))], axis=1)
    ours = tune[0] @ kernel + bias
    ours = ours[:, 1] - ours[:, 0]
    design = np.concatenate([theirs, np.ones((len(theirs), 1))], axis=1)
    found, *_ = np.linalg.lstsq(design, ours, rcond=None)
    assert np.abs(design @ found - ours).max() < 1e-3
    assert found[:2].min() >= 0

    def least(found: np.ndarray) -> float:  # a mean's weights and no bias are to be expected
        doubt = np.square(found[:2] * 2 - 1).sum() + 2 * (found[2] / 2 / 0.5) ** 2
        return _loss(design @ found, tune[1]) * 100 + doubt / 2

    others = [found * change for change in itertools.product((0.9, 1, 1.1), repeat=3)]
    assert least(found) <= min(least(one) for one in others) + 1e-4


def test_the_answers_lean_to_no_class_however_rare() -> None:
    random = np.random.default_rng(5)
    labels = (random.random(3300) < 0.15).astype(np.int64)
    rows = random.normal(size=(3300, 1024)) + labels[:, None] * random.normal(size=1024) / 5
    rows = rows.astype(np.float32)
    train, tune = (rows[:300], labels[:300]), (rows[300:], labels[300:])
    kernel, bias = heads.logistic(train, tune, [1024], (100.0,))  # learns 300 photos by heart
    answers = _sigmoid((tune[0] @ kernel + bias) @ (-1, 1))
    assert answers.mean() == pytest.approx(tune[1].mean(), abs=0.02)


def _sigmoid(logits: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-logits))


def test_a_few_photos_that_are_all_right_make_no_answer_certain() -> None:
    train, tune = _blobs(2)
    kernel, bias = heads.logistic(train, (tune[0][:6], tune[1][:6]), [8], (1.0,))
    surest = np.abs((tune[0] @ kernel + bias) @ (-1, 1)).max()
    kernel, bias = heads.logistic(train, tune, [8], (1.0,))
    assert surest < 3 * np.abs((tune[0] @ kernel + bias) @ (-1, 1)).max()


def _theirs(train: heads.Examples, tune: heads.Examples, block: slice) -> np.ndarray:
    """Return scikit-learn's logits [N] of the strength that is best on tune."""
    rows, held_out = train[0][:, block], tune[0][:, block]
    middle = rows.mean(axis=0)
    scale = np.sqrt(((rows - middle) ** 2).sum(axis=1).mean())
    fitted = [
        LogisticRegression(C=one, max_iter=1000).fit((rows - middle) / scale, train[1]) for one in STRENGTHS
    ]
    logits = [one.decision_function((held_out - middle) / scale) for one in fitted]
    return min(logits, key=lambda one: _loss(one, tune[1]))


def _loss(logits: np.ndarray, labels: np.ndarray) -> float:
    return float(np.logaddexp(0, np.where(labels == 1, -logits, logits)).mean())


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
        [2],
        tmp_path,
        seed=1,
    )
    logits = top.model(2).predict(rows[400:], verbose=0)
    assert (logits.argmax(axis=1) == labels[400:]).mean() > 0.9
    assert {row.stage for row in history.read(tmp_path)} == {"head"}
