"""Bias correction: what rounding its weights adds to a channel, on the mean, is taken off its bias again."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import onnxruntime
from numpy.typing import NDArray
from onnx import numpy_helper

if TYPE_CHECKING:
    from collections.abc import Iterable

_MEAN: Final = "mean/"
_CORRECTED: Final = "/corrected bias"


Shifts = dict[str, NDArray[np.float64]]


def shifts(folded: Path, int8: Path, batches: Iterable[NDArray[np.uint8]]) -> Shifts:
    """Return what rounding takes off the mean of each channel [C], by convolution of a folded network.

    Errors of rounding do not cancel out where a channel has few weights, or most of its input is positive:
    each shifts all that follows. Weights are those of its int8 file, the mean input is measured on pixels
    [N,H,W,3], its padding not counted. Nagel et al. 2019, https://arxiv.org/abs/1906.04721, section 4.2.
    """
    off = _rounded_off(onnx.load(folded), onnx.load(int8))
    means = _mean_inputs(folded, list(off), batches)
    return {name: _shift(off[name], means[name]) for name in off}


def correct(folded: Path, shifts: Shifts, into: Path) -> None:
    """Write the folded network with these shifts added to the biases of its convolutions."""
    model = onnx.load(folded)
    for node in model.graph.node:
        if node.name in shifts:
            _add_to_bias(model.graph, node, shifts[node.name])
    onnx.save(model, into)


def _rounded_off(model: Any, quantised: Any) -> dict[str, NDArray[np.float64]]:
    """Return what rounding took off a convolution's weights, the sum of the window: [C, inputs a group]."""
    exact, rounded = _constants(model), _constants(quantised)
    scaled = {
        node.output[0]: [rounded[tensor] for tensor in node.input]
        for node in quantised.graph.node
        if node.op_type == "DequantizeLinear" and node.input[0] in rounded
    }
    weights = {node.name: node.input[1] for node in model.graph.node if node.op_type == "Conv"}
    return {
        node.name: (exact[weights[node.name]] - _in_float(*scaled[node.input[1]])).sum(axis=(2, 3))
        for node in quantised.graph.node
        if node.op_type == "Conv" and node.input[1] in scaled
    }


def _constants(model: Any) -> dict[str, NDArray[np.float64]]:
    return {one.name: numpy_helper.to_array(one).astype(np.float64) for one in model.graph.initializer}


def _in_float(
    rounded: NDArray[np.float64], scale: NDArray[np.float64], zero: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return weights [C,…] that were rounded with a scale and a zero point a channel [C]."""
    of_channel = (-1, *[1] * (rounded.ndim - 1))
    return (rounded - zero.reshape(of_channel)) * scale.reshape(of_channel)


def _mean_inputs(
    folded: Path, convolutions: list[str], batches: Iterable[NDArray[np.uint8]]
) -> dict[str, NDArray[np.float64]]:
    """Return the mean of each channel [I] that a convolution takes."""
    model = onnx.load(folded)
    graph = model.graph
    del graph.output[:]
    graph.initializer.append(numpy_helper.from_array(np.array([0, 2, 3]), _MEAN))
    for node in [one for one in graph.node if one.name in convolutions]:
        mean = _MEAN + node.name
        graph.node.append(onnx.helper.make_node("ReduceMean", [node.input[0], _MEAN], [mean], keepdims=0))
        graph.output.append(onnx.helper.make_tensor_value_info(mean, onnx.TensorProto.FLOAT, [None]))
    with tempfile.TemporaryDirectory(dir=folded.parent) as place:
        file = Path(place) / "means.onnx"
        onnx.save(model, file)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    weighed = [(len(batch), session.run(None, {"image": batch})) for batch in batches]
    weights = [count for count, _ in weighed]
    columns = zip(*(found for _, found in weighed), strict=True)
    means = [np.average(np.array(column, np.float64), axis=0, weights=weights) for column in columns]
    names = [value.name.removeprefix(_MEAN) for value in graph.output]
    return dict(zip(names, means, strict=True))


def _shift(off: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what rounding took off each channel [C], given the mean input [I] of all groups."""
    groups = len(mean) // off.shape[1]
    group_of = np.arange(len(off)) // (len(off) // groups)
    return np.asarray((off * mean.reshape(groups, -1)[group_of]).sum(axis=1))


def _add_to_bias(graph: Any, node: Any, shift: NDArray[np.float64]) -> None:
    """Give a convolution a bias of its own: equal constants are stored once, and others may share it."""
    constants = {one.name: one for one in graph.initializer}
    before = numpy_helper.to_array(constants[node.input[2]]) if len(node.input) > 2 else 0.0  # noqa: PLR2004
    name = node.name + _CORRECTED
    graph.initializer.append(numpy_helper.from_array((before + shift).astype(np.float32), name))
    node.input[:] = [*node.input[:2], name]
