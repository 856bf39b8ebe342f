"""How a Keras model ends that was not trained here: in probabilities, in logits, or in one number for two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal

import keras
import numpy as np

from exporter.foreign import labels as label_files
from whatsit.errors import RunError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

Ending = Literal["probabilities", "logits", "one probability", "one logit"]
SAID: Final[dict[Ending, str]] = {
    "probabilities": "",
    "logits": "It ends in logits, without an activation: a softmax is added.",
    "one probability": "It ends in one sigmoid: its value is taken for how probable the second label is.",
    "one logit": "It ends in one logit: a sigmoid is added, for how probable the second label is.",
}
# What changes neither which activation came last nor whether rows are logits.
_PASSING: Final = (
    keras.layers.Dropout, keras.layers.Flatten, keras.layers.Reshape, keras.layers.Identity,
)  # fmt: skip
_LINEAR: Final = (
    keras.layers.GlobalAveragePooling2D,
    keras.layers.BatchNormalization,
    keras.layers.Rescaling,
)
_ROW: Final = 2  # dimensions: N, labels
_OFF: Final = 1e-3
_TWO: Final = 2


def of(model: Any, labels: Sequence[str], rows: NDArray[np.float32], files: tuple[Path, Path]) -> Ending:
    """Return how a model ends, from its layers and from what it gives for a few pictures, `rows` [N,C].

    `files` are the model's and the labels'. Raises RunError when it gives no probabilities that can be told,
    DataError when there are more or fewer labels than it gives.
    """
    file, of_labels = files
    if rows.ndim != _ROW:
        shape = ["N", *rows.shape[1:]]
        hint = "End it with one number a label: GlobalAveragePooling2D or Flatten, then Dense."
        raise RunError(f"the model gives {shape}, not one row a photo.", hint=hint, path=file)
    if not np.isfinite(rows).all():
        raise RunError("the model gives no numbers (NaN) for pictures.", hint="Train it again.", path=file)
    last = activation(model.outputs[0])
    if rows.shape[1] == 1 and len(labels) == _TWO and last in ("sigmoid", "linear"):
        return "one probability" if last == "sigmoid" else "one logit"
    label_files.check_count(labels, rows.shape[1], of_labels)
    if last == "sigmoid":
        hint = "Whatsit gives a photo one label of many: end it in a softmax."
        raise RunError("the model ends in a sigmoid for each label (multi-label).", hint=hint, path=file)
    sums = rows.sum(axis=1)
    if rows.min() >= 0 and np.abs(sums - 1).max() <= _OFF:
        return "probabilities"
    if last == "linear":
        return "logits"
    said = f"what it gives for a photo sums to {sums[np.abs(sums - 1).argmax()]:.4g}, not to 1"
    hint = "End it in a softmax, or without an activation: Whatsit then adds one."
    raise RunError(f"the model ends in {last}, and {said}.", hint=hint, path=file)


def activation(tensor: Any) -> str:
    """Return the name of the activation that made a tensor: "linear" for none, or that of its layer."""
    operation, given = _made_by(tensor)
    if isinstance(operation, keras.Model):
        return activation(operation.outputs[0])
    if isinstance(operation, _PASSING):
        return activation(given)
    if isinstance(operation, keras.layers.Activation) and operation.activation is keras.activations.linear:
        return activation(given)
    if isinstance(operation, _LINEAR):
        return "linear"
    found = getattr(operation, "activation", None) or operation
    return str(getattr(found, "__name__", type(found).__name__)).lower()


def _made_by(tensor: Any) -> tuple[Any, Any]:
    """Return the operation that made a tensor, and the first tensor that it took."""
    told = tensor._keras_history  # noqa: SLF001 - Keras has no public way back from a tensor
    node = told.operation._inbound_nodes[told.node_index]  # noqa: SLF001 - as above
    return told.operation, next(iter(node.input_tensors), None)
