"""Heads fitted on features: a linear one by logistic regression."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss

if TYPE_CHECKING:
    from numpy.typing import NDArray

_STRENGTHS: Final = (0.01, 0.1, 1.0)


def logistic(
    train: tuple[NDArray[np.float32], NDArray[np.int64]], tune: tuple[NDArray[np.float32], NDArray[np.int64]]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return kernel [D,C] and bias [C] of the logistic regression whose L2 strength is best on `tune`."""
    fitted = [LogisticRegression(C=strength, max_iter=300).fit(*train) for strength in _STRENGTHS]
    losses = [log_loss(tune[1], one.predict_proba(tune[0]), labels=one.classes_) for one in fitted]
    best = fitted[int(np.argmin(losses))]
    kernel, bias = best.coef_, best.intercept_
    if len(best.classes_) == 2:  # noqa: PLR2004 - a sigmoid of z is a softmax of (-z/2, z/2)
        kernel, bias = np.concatenate([-kernel, kernel]) / 2, np.concatenate([-bias, bias]) / 2
    return kernel.T.astype(np.float32), bias.astype(np.float32)
