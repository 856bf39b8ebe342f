"""How well photos are learned, without the unknown pictures among them, which have no label."""

from __future__ import annotations

from typing import Any

import keras


class _OfKnown:
    """Leaves out what has every label equally likely."""

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> Any:
        known = keras.ops.max(y_true, axis=-1) > keras.ops.min(y_true, axis=-1)
        weight = keras.ops.cast(known, "float32")
        weight = weight if sample_weight is None else weight * sample_weight
        return super().update_state(y_true, y_pred, weight)  # type: ignore[misc]


class Accuracy(_OfKnown, keras.metrics.CategoricalAccuracy):
    """The part of photos whose likeliest label is right."""


class LogLoss(_OfKnown, keras.metrics.CategoricalCrossentropy):
    """The mean log loss of photos."""
