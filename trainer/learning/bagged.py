"""Bagged linear classifiers on features of frozen backbones, and the same as layers of Keras.

Each learns by stochastic gradient descent on a part of the photos and of the features, both drawn with
replacement (Breiman 1996; of features, Ho 1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import keras
import numpy as np
from sklearn.ensemble import BaggingClassifier
from sklearn.feature_selection import VarianceThreshold
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline

from whatsit.errors import DataError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from trainer.sections import BaggedHead

_LEAST_LOG: Final = float(np.log(np.finfo(np.float32).tiny))  # below it float32 holds no probability
_NEVER: Final = -1e4  # the decision for a class that a classifier has not met


@dataclass(frozen=True, slots=True)
class Bagged:
    """Fitted classifiers: scikit-learn's pipeline of a variance threshold and a bagging."""

    pipeline: Any

    def probabilities(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probabilities [N,C] of features [N,D], the mean of the classifiers'."""
        return np.asarray(self.pipeline.predict_proba(features))


def fit(train: tuple[NDArray[np.float32], NDArray[np.int64]], settings: BaggedHead, seed: int) -> Bagged:
    """Return classifiers fitted to features [N,D] and labels [N] from 0 to C-1, each class being among them.

    Raises DataError when no feature varies as much as `settings.variance`.
    """
    features, labels = train
    largest = float(features.var(axis=0).max())
    if largest <= settings.variance:
        raise DataError(
            f"head.variance is {settings.variance:g}, and no feature varies as much (at most {largest:.3g}).",
            hint="Lower it with --set head.variance=0, and see whether the backbone has its weights.",
        )
    bagging = _unfitted(settings, len(labels), seed)
    threshold = VarianceThreshold(settings.variance)
    varying = threshold.fit_transform(features)
    with Progress("bagged classifiers", settings.estimators, "classifiers") as progress:
        for count in range(1, settings.estimators + 1):  # one at a time: with many classes one takes minutes
            bagging.set_params(n_estimators=count).fit(varying, labels)
            progress.advance()
    return Bagged(make_pipeline(threshold, bagging))


def _unfitted(settings: BaggedHead, photos: int, seed: int) -> Any:
    one = SGDClassifier(
        loss="log_loss",
        penalty="elasticnet",
        alpha=settings.alpha or 1 / photos,
        l1_ratio=settings.l1_ratio,
        class_weight="balanced",
        fit_intercept=settings.intercept,
        tol=settings.tolerance,
        n_jobs=-1,
    )
    return BaggingClassifier(
        one,
        n_estimators=settings.estimators,
        max_samples=settings.samples,
        max_features=settings.features,
        bootstrap_features=True,
        warm_start=True,
        random_state=seed,
    )


def keras_head(fitted: Bagged, classes: int) -> keras.Model:
    """Return the classifiers as one Keras model from features [N,D] float32 to logits [N,C] float32.

    softmax(logits) is the probabilities that scikit-learn gives: the logits are their logarithms. All is
    reckoned in logarithms, where a sigmoid of float32 is never 0.
    """
    kernel, bias = _weights(fitted, classes)
    estimators = kernel.shape[1] // classes
    features = keras.Input((kernel.shape[0],), name="features")
    dense = keras.layers.Dense(estimators * classes, name="classifiers")
    decisions = keras.layers.Reshape((estimators, classes))(dense(features))
    each = keras.ops.log_sigmoid(decisions)
    each = keras.ops.subtract(each, keras.ops.logsumexp(each, axis=-1, keepdims=True))
    mean = keras.ops.subtract(keras.ops.logsumexp(each, axis=1), float(np.log(estimators)))
    dense.set_weights([kernel, bias])
    return keras.Model(features, keras.ops.maximum(mean, _LEAST_LOG), name="bagged")


def _weights(fitted: Bagged, classes: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the kernel [D,E·C] and bias [E·C] that give every classifier's decision for each class."""
    threshold, bagging = (step for _, step in fitted.pipeline.steps)
    kept = threshold.get_support(indices=True)
    number = len(bagging.estimators_)
    kernel = np.zeros((threshold.n_features_in_, number, classes), np.float32)
    bias = np.full((number, classes), _NEVER, np.float32)
    parts = zip(bagging.estimators_, bagging.estimators_features_, strict=True)
    for place, (one, drawn) in enumerate(parts):
        slopes, offsets = _one_against_rest(one)
        sums = np.zeros((kernel.shape[0], len(one.classes_)))
        np.add.at(sums, kept[drawn], slopes.T)  # a feature drawn twice counts twice
        kernel[:, place, one.classes_] = sums
        bias[place, one.classes_] = offsets
    return kernel.reshape(len(kernel), -1), bias.reshape(-1)


def _one_against_rest(one: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a decision for each class: of two classes scikit-learn keeps that for the second alone."""
    offsets = np.broadcast_to(one.intercept_, (len(one.coef_),))
    if len(one.coef_) == 1:
        return np.concatenate([-one.coef_, one.coef_]), np.concatenate([-offsets, offsets])
    return one.coef_, offsets
