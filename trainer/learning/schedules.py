"""Keras optimizers as a recipe's settings say, with their learning rates over time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import keras

if TYPE_CHECKING:
    from trainer.sections import Descent


class Cycles(keras.optimizers.schedules.LearningRateSchedule):
    """Warm restarts (Loshchilov and Hutter 2017), each with a warm-up and half the peak of the one before."""

    def __init__(self, peak: float, steps: int, warmup: float) -> None:
        self._steps = steps
        warm = min(round(warmup * steps), steps - 1)
        self._cosine = keras.optimizers.schedules.CosineDecay(
            0.0 if warm else peak, steps - warm, warmup_target=peak if warm else None, warmup_steps=warm
        )

    def __call__(self, step: Any) -> Any:
        """Return the learning rate of a step."""
        step = keras.ops.cast(step, "float32")
        cycle = keras.ops.floor(step / self._steps)
        return self._cosine(step - cycle * self._steps) * 0.5**cycle


def optimizer(settings: Descent, steps: int) -> Any:
    """Return the optimizer; `steps` are those of one cycle."""
    rate: Any = settings.learning_rate
    if settings.schedule == "cosine":
        rate = Cycles(rate, steps, settings.warmup)
    decay = settings.weight_decay or None
    if settings.optimizer == "sgd":
        return keras.optimizers.SGD(rate, settings.momentum, settings.nesterov, weight_decay=decay)
    if settings.optimizer == "rmsprop":
        return keras.optimizers.RMSprop(rate, momentum=settings.momentum, weight_decay=decay)
    if settings.optimizer == "adamw":
        return keras.optimizers.AdamW(rate, weight_decay=settings.weight_decay)
    return keras.optimizers.Adam(rate, weight_decay=decay)
