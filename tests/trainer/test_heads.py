import numpy as np
import pytest
from scipy.special import softmax
from sklearn.linear_model import LogisticRegression

from trainer import heads


@pytest.mark.parametrize("classes", [2, 4])
def test_the_head_separates_what_a_line_separates(classes: int) -> None:
    random = np.random.default_rng(1)
    centres = random.normal(size=(classes, 8)) * 4
    labels = np.arange(400) % classes
    rows = (centres[labels] + random.normal(size=(400, 8))).astype(np.float32)
    kernel, bias = heads.logistic((rows[:300], labels[:300]), (rows[300:], labels[300:]))
    assert kernel.shape == (8, classes)
    assert bias.shape == (classes,)
    assert ((rows[300:] @ kernel + bias).argmax(axis=1) == labels[300:]).mean() > 0.97


def test_two_classes_give_a_softmax_with_the_probabilities_of_the_sigmoid() -> None:
    random = np.random.default_rng(2)
    rows = random.normal(size=(200, 5)).astype(np.float32)
    labels = (rows[:, 0] + 0.5 * random.normal(size=200) > 0).astype(np.int64)
    kernel, bias = heads.logistic((rows, labels), (rows, labels))
    ours = softmax(rows @ kernel + bias, axis=1)
    theirs = [
        LogisticRegression(C=strength, max_iter=300).fit(rows, labels).predict_proba(rows)
        for strength in (0.01, 0.1, 1.0)
    ]
    assert min(np.abs(ours - one).max() for one in theirs) < 1e-5
