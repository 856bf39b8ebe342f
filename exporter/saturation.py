"""Weights of 8 bits whose products no processor cuts off: the same answers with VNNI as without.

x86 processors without VNNI multiply neighbouring inputs (0 to 255) by their weights (-127 to 127) and add the
two in 16 bits: more than 32,767 is cut off, and the answer is another one (`vpmaddubsw`; onnxruntime on
U8S8, https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html). Where two neighbours of
one sign together stay within 128, nothing is: a larger scale for the channel, not 7 bits for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

Ranges = dict[str, list[dict[str, float]]]
MOST: Final = 128  # 255 times that fits in 16 bits


def ranges(model: Any, nodes: Collection[str]) -> Ranges:
    """Return the range of each output channel's weights, as onnxruntime's TensorQuantOverrides has it."""
    weights = {one.name: one for one in model.graph.initializer}
    chosen = {node.input[1] for node in model.graph.node if node.name in nodes and node.op_type == "Conv"}
    found: Ranges = {}
    for name in sorted(chosen & weights.keys()):
        values = onnx.numpy_helper.to_array(weights[name])
        most = np.maximum(np.abs(values).max(axis=(1, 2, 3)), together(values).max(axis=1))
        found[name] = [{"axis": 0, "rmin": -float(one), "rmax": float(one)} for one in most]
    return found


def together(weights: NDArray[Any]) -> NDArray[Any]:
    """Return what neighbours of one sign have together, [O,pairs], of a convolution's weights [O,I,H,W].

    Neighbours lie beside each other in memory: input channels first, as onnxruntime orders them. A depthwise
    convolution has none: its products are added in 32 bits.
    """
    rows = weights.transpose(0, 2, 3, 1).reshape(len(weights), -1)
    if weights.shape[1] == 1:
        return np.zeros((len(weights), 1), rows.dtype)
    rows = np.pad(rows, ((0, 0), (0, rows.shape[1] % 2)))
    first, second = rows[:, ::2], rows[:, 1::2]
    positive = np.maximum(first, 0) + np.maximum(second, 0)
    found: NDArray[Any] = np.maximum(positive, np.maximum(-first, 0) + np.maximum(-second, 0))
    return found
