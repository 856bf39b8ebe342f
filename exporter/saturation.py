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
MOST: Final = 128  # 255 times that fits in 16 bits, 255 times one more does not


def ranges(model: Any, nodes: Collection[str]) -> Ranges:
    """Return the range of each output channel's weights, as onnxruntime's TensorQuantOverrides has it."""
    weights = {one.name: one for one in model.graph.initializer}
    found: Ranges = {}
    for node in model.graph.node:
        if node.op_type == "Conv" and node.name in nodes and node.input[1] in weights:
            values = onnx.numpy_helper.to_array(weights[node.input[1]])
            alone, pairs = np.abs(values).max(axis=(1, 2, 3)), together(values, groups_of(node))
            most = np.maximum(alone, pairs.max(axis=1))
            found[node.input[1]] = [{"axis": 0, "rmin": -float(one), "rmax": float(one)} for one in most]
    return found


def most_together(model: Any) -> int:
    """Return the most that two neighbouring 8-bit weights of one sign have together, in an int8 file."""
    weights = {one.name: one for one in model.graph.initializer}
    of_8_bits = {
        node.output[0]: weights[node.input[0]]
        for node in model.graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in weights
    }
    found = [
        int(together(onnx.numpy_helper.to_array(of_8_bits[node.input[1]]), groups_of(node)).max())
        for node in model.graph.node
        if node.op_type == "Conv" and node.input[1] in of_8_bits
    ]
    return max(found, default=0)


def groups_of(convolution: Any) -> int:
    """Return how many groups a convolution's channels are in."""
    return next((one.i for one in convolution.attribute if one.name == "group"), 1)


def together(weights: NDArray[Any], groups: int) -> NDArray[Any]:
    """Return what neighbours of one sign have together, [O,pairs], of a convolution's weights [O,I,H,W].

    Neighbours lie beside each other in memory: input channels first, then places, as onnxruntime orders them.
    A depthwise convolution, of a channel a group, has none: its products are added in 32 bits.
    """
    rows = weights.astype(np.int32 if weights.dtype == np.int8 else weights.dtype)
    rows = rows.transpose(0, 2, 3, 1).reshape(len(weights), -1)
    if weights.shape[1] == 1 and groups == len(weights):
        return np.zeros((len(weights), 1), rows.dtype)
    rows = np.pad(rows, ((0, 0), (0, rows.shape[1] % 2)))
    first, second = rows[:, ::2], rows[:, 1::2]
    positive = np.maximum(first, 0) + np.maximum(second, 0)
    found: NDArray[Any] = np.maximum(positive, np.maximum(-first, 0) + np.maximum(-second, 0))
    return found
