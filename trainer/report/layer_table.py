"""The layers of a network as rows of a table: shapes and parameters, a backbone's own below its row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class LayerRow:
    """One layer: its output's shape without the photos, its parameters, and the layers within it."""

    name: str
    kind: str
    shape: str
    parameters: int
    inner: tuple[LayerRow, ...] = ()


def rows(model: Any) -> tuple[LayerRow, ...]:
    """Return the layers and operations of a Keras model from its input on."""
    return tuple(_row(one) for one in getattr(model, "operations", None) or model.layers)


def _row(layer: Any) -> LayerRow:
    inner = rows(layer) if hasattr(layer, "layers") else ()
    return LayerRow(
        name=str(layer.name),
        kind="backbone" if inner else type(layer).__name__,
        shape=_shape(layer.output),
        parameters=sum(math.prod(weight.shape) for weight in getattr(layer, "weights", ())),
        inner=inner,
    )


def _shape(output: Any) -> str:
    if isinstance(output, dict):
        return ", ".join(_shape(one) for one in output.values())
    if isinstance(output, (list, tuple)):
        return ", ".join(_shape(one) for one in output)
    return " × ".join("any" if side is None else str(side) for side in output.shape[1:]) or "1"
