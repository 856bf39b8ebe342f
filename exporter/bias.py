"""Bias correction: what rounding its weights adds to a channel, on the mean, is taken off its bias again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_SHIFT: Final = "shift/"
_AXES: Final = "shift/axes"
_CORRECTED: Final = "/corrected bias"

Shifts = dict[str, NDArray[np.float64]]


def shifts(folded: Path, int8: Path, batches: Iterable[NDArray[np.uint8]]) -> Shifts:
    """Return what rounding takes off the mean of each channel [C], by convolution of a folded network.

    Errors of rounding do not cancel out where a channel has few weights, or most of its input is positive:
    each shifts all that follows. Weights are those of its int8 file; pixels are [N,H,W,3].
    Nagel et al. 2019, https://arxiv.org/abs/1906.04721, section 4.2.
    """
    file = folded.with_name("shifts.onnx")
    onnx.save(_measuring(onnx.load(folded), onnx.load(int8)), file)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    names = [value.name.removeprefix(_SHIFT) for value in session.get_outputs()]
    weighed = [(len(batch), session.run(None, {"image": batch})) for batch in batches]
    weights = [count for count, _ in weighed]
    columns = zip(*(found for _, found in weighed), strict=True)
    means = [np.average(np.array(column, np.float64), axis=0, weights=weights) for column in columns]
    return dict(zip(names, means, strict=True))


def correct(folded: Path, shifts: Shifts, into: Path) -> None:
    """Write the folded network with these shifts added to the biases of its convolutions."""
    model = onnx.load(folded)
    before = {one.name: one for one in model.graph.initializer}
    for node in model.graph.node:
        if node.name in shifts:
            bias = numpy_helper.to_array(before[node.input[2]]) if len(node.input) > 2 else 0.0  # noqa: PLR2004
            _give_bias(model.graph, node, bias + shifts[node.name])
    onnx.save(model, into)


def _measuring(model: Any, quantised: Any) -> Any:
    """Return the network that gives the mean of what each convolution would make of its rounding errors."""
    graph = model.graph
    exact, rounded = ({one.name: one for one in given.graph.initializer} for given in (model, quantised))
    of_8_bits = {
        node.output[0]: [rounded[tensor] for tensor in node.input]
        for node in quantised.graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in rounded
    }
    weights = {node.name: node.input[1] for node in quantised.graph.node if node.op_type == "Conv"}
    del graph.output[:]
    graph.initializer.append(numpy_helper.from_array(np.array([0, 2, 3]), _AXES))
    for node in [one for one in graph.node if weights.get(one.name) in of_8_bits]:
        off = numpy_helper.to_array(exact[node.input[1]]) - _in_float(*of_8_bits[weights[node.name]])
        _add_mean(graph, node, off)
    return model


def _in_float(*parts: Any) -> NDArray[np.float32]:
    """Return weights [C,…] that were rounded with a scale and a zero point a channel [C]."""
    rounded, scale, zero = (numpy_helper.to_array(one).astype(np.float32) for one in parts)
    of_channel = (-1, *[1] * (rounded.ndim - 1))
    return np.asarray((rounded - zero.reshape(of_channel)) * scale.reshape(of_channel))


def _add_mean(graph: Any, node: Any, off: NDArray[np.float32]) -> None:
    name = _SHIFT + node.name
    graph.initializer.append(numpy_helper.from_array(off, name + "/off"))
    twin = onnx.NodeProto.FromString(node.SerializeToString())
    twin.name, twin.input[:], twin.output[:] = name, [node.input[0], name + "/off"], [name + "/all"]
    graph.node.append(twin)
    graph.node.append(onnx.helper.make_node("ReduceMean", [name + "/all", _AXES], [name], keepdims=0))
    graph.output.append(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [None]))


def _give_bias(graph: Any, node: Any, bias: NDArray[np.float64]) -> None:
    """Give a convolution a bias of its own: equal constants are stored once, and others may share it."""
    name = node.name + _CORRECTED
    graph.initializer.append(numpy_helper.from_array(bias.astype(np.float32), name))
    node.input[:] = [*node.input[:2], name]
