"""The temperature of a smaller file: fitted on its own probabilities and put into its own graph."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx

from whatsit import temperature

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_LEAST: Final = 1e-12
_NAME: Final = "own_temperature"


def retemper(file: Path, probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> float:
    """Make a file's probabilities true by its own, [N,C], of photos with these labels [N].

    Rounding makes a network surer or less sure than the one its temperature was fitted on. The factor of that
    temperature is returned: 1.0, and nothing changed, where the probabilities come from no softmax.
    """
    model = onnx.load(file)
    softmax = next((node for node in model.graph.node if _gives_probabilities(node)), None)
    if softmax is None:
        return 1.0
    factor = temperature.fit(np.log(np.maximum(probabilities, _LEAST)), labels)
    scale = onnx.numpy_helper.from_array(np.array(1 / factor, np.float32), _NAME)
    model.graph.initializer.append(scale)
    scaled = onnx.helper.make_node(
        "Mul", [softmax.input[0], _NAME], [f"{_NAME}_logits"], name=f"{_NAME}_scaling"
    )
    softmax.input[0] = scaled.output[0]
    model.graph.node.insert(list(model.graph.node).index(softmax), scaled)
    onnx.save(model, file)
    return factor


def _gives_probabilities(node: Any) -> bool:
    return bool(node.op_type == "Softmax" and node.output[0] == "probabilities")
