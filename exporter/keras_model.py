"""A run's Keras model: the source of truth that every exported file is held against."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from whatsit.errors import RunError
from whatsit.manifest import Output

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from exporter.outputs import Arrays
    from whatsit.run import Run

FIRST = ("probabilities", "features", "novelty", "activation_maps")


@dataclass(frozen=True, slots=True)
class KerasModel:
    """The model of a run: uint8 pixels [N,H,W,3] to its named outputs; `outputs` in the bundle's order."""

    model: Any
    outputs: tuple[Output, ...]

    def outputs_of(self, pixels: NDArray[np.uint8]) -> Arrays:
        """Return every output, float32, for pixels [N,H,W,3]."""
        given = self.model.predict_on_batch(pixels)
        return {one.name: np.asarray(given[one.name], dtype=np.float32) for one in self.outputs}


def on_processor() -> None:
    """Let TensorFlow compute on the processor, exactly; to be called before a model is loaded."""
    # TensorFlow rounds products to 10 bits on newer GPUs, too rough to be the truth.
    tf.config.experimental.enable_tensor_float_32_execution(enabled=False)
    with contextlib.suppress(RuntimeError):  # a GPU that is in use already stays
        tf.config.set_visible_devices([], "GPU")


def load(run: Run) -> KerasModel:
    """Return the trained model of a run.

    Raises RunError when it cannot be loaded or does not give the outputs that a bundle needs.
    """
    on_processor()
    try:
        model = keras.saving.load_model(run.model_file, compile=False, safe_mode=True)
    except (ValueError, TypeError, OSError, KeyError) as error:
        raise RunError(
            f"the Keras model cannot be loaded ({str(error).strip().splitlines()[0]}).",
            hint="A run's model has Keras' own layers and ops only; train it again with this version.",
            path=run.model_file,
        ) from error
    return KerasModel(model, _outputs(model, run))


def _outputs(model: Any, run: Run) -> tuple[Output, ...]:
    given = model.output if isinstance(model.output, dict) else {}
    if "probabilities" not in given:
        there = ", ".join(given) or "unnamed outputs"
        raise RunError(
            f"the Keras model does not give probabilities, only {there}.",
            hint="Train the run again with this version.",
            path=run.model_file,
        )
    names = sorted(given, key=lambda name: (FIRST.index(name) if name in FIRST else len(FIRST), name))
    return tuple(Output(name=name, shape=(-1, *map(int, given[name].shape[1:]))) for name in names)
