"""Bagged classifiers: what they learn, and that Keras and ONNX give scikit-learn's probabilities."""

from pathlib import Path

import keras
import numpy as np
import onnxruntime
import pytest
import tensorflow as tf
import tf2onnx
from scipy.special import softmax

from trainer.learning import bagged
from trainer.sections import BaggedHead
from whatsit.errors import DataError

CLOSE = 1e-5
Rows = tuple[np.ndarray, np.ndarray]


def _photos(classes: int, count: int = 600, width: int = 300) -> Rows:
    """Return features as pooled after a ReLU, every seventh column without any variance."""
    random = np.random.default_rng(classes)
    labels = np.arange(count) % classes
    centres = random.gamma(0.6, 1.0, (classes, width))
    rows = 0.3 * centres[labels] + random.gamma(0.5, 1.0, (count, width))
    rows[:, ::7] = 0.25
    return rows.astype(np.float32), labels.astype(np.int64)


def _fitted(classes: int, settings: BaggedHead) -> tuple[bagged.Bagged, Rows]:
    rows, labels = _photos(classes)
    half = len(rows) // 2
    return bagged.fit((rows[:half], labels[:half]), settings, seed=1), (rows[half:], labels[half:])


@pytest.mark.parametrize("classes", [2, 10])
@pytest.mark.parametrize("intercept", [False, True])
def test_keras_gives_the_probabilities_of_scikit_learn_also_when_saved(
    classes: int, intercept: bool, tmp_path: Path
) -> None:
    fitted, (rows, labels) = _fitted(classes, BaggedHead(intercept=intercept))
    theirs = fitted.probabilities(rows)
    assert (theirs.argmax(axis=1) == labels).mean() > 0.7
    assert (theirs.max(axis=1) > 0.6).any()
    head = bagged.keras_head(fitted, classes)
    assert np.abs(_probabilities(head, rows) - theirs).max() <= CLOSE
    head.save(tmp_path / "head.keras")
    again = keras.saving.load_model(tmp_path / "head.keras", safe_mode=True)
    assert again.output.dtype == "float32"
    assert np.abs(_probabilities(again, rows) - theirs).max() <= CLOSE


def _probabilities(head: keras.Model, rows: np.ndarray) -> np.ndarray:
    return softmax(head.predict(rows, verbose=0), axis=1)


@pytest.mark.parametrize("classes", [2, 10])
def test_onnx_gives_the_probabilities_of_scikit_learn(classes: int) -> None:
    fitted, (rows, _) = _fitted(classes, BaggedHead())
    head = bagged.keras_head(fitted, classes)
    signature = [tf.TensorSpec((None, rows.shape[1]), tf.float32, name="features")]
    graph, _ = tf2onnx.convert.from_keras(head, input_signature=signature, opset=18)
    session = onnxruntime.InferenceSession(graph.SerializeToString(), providers=["CPUExecutionProvider"])
    (logits,) = session.run(None, {"features": rows})
    assert logits.dtype == np.float32
    assert np.abs(softmax(logits, axis=1) - fitted.probabilities(rows)).max() <= CLOSE


def test_photos_far_from_all_taught_still_have_finite_logits() -> None:
    fitted, (rows, _) = _fitted(10, BaggedHead())
    logits = bagged.keras_head(fitted, 10).predict(1000 * rows, verbose=0)
    assert np.isfinite(logits).all()
    assert np.allclose(np.exp(logits.astype(np.float64)).sum(axis=1), 1, atol=1e-4)


def test_each_classifier_has_its_part_of_the_features_that_vary() -> None:
    fitted, (rows, _) = _fitted(2, BaggedHead(estimators=3, features=0.2))
    kernel, _ = bagged.keras_head(fitted, 2).get_layer("classifiers").get_weights()
    each = kernel.reshape(rows.shape[1], 3, 2)
    assert not each[::7].any()
    assert np.array_equal(each[..., 0], -each[..., 1])
    most = round(0.2 * (rows.shape[1] - len(rows[0, ::7])))
    assert (np.count_nonzero(each[..., 1], axis=0) <= most).all()
    assert not np.array_equal(each[:, 0], each[:, 1])


def test_the_same_seed_gives_the_same_classifiers_and_another_others() -> None:
    rows, labels = _photos(2)
    first, again, other = (
        bagged.fit((rows, labels), BaggedHead(estimators=2), seed).probabilities(rows) for seed in (1, 1, 2)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_features_that_do_not_vary_are_said_plainly() -> None:
    rows, labels = _photos(2)
    with pytest.raises(DataError, match=r"head\.variance"):
        bagged.fit((rows * 0.01, labels), BaggedHead(), seed=1)


def test_a_hundred_breeds_have_their_classifiers_in_one_matrix() -> None:
    random = np.random.default_rng(3)
    labels = np.arange(360, dtype=np.int64) % 120
    rows = random.gamma(0.5, 1.0, (360, 500)).astype(np.float32)
    fitted = bagged.fit((rows, labels), BaggedHead(estimators=3, tolerance=1.0), seed=1)
    head = bagged.keras_head(fitted, 120)
    assert head.count_params() == 501 * 3 * 120
    assert np.abs(_probabilities(head, rows[:16]) - fitted.probabilities(rows[:16])).max() <= CLOSE
