"""How much noise each layer adds when it alone is in 8 bits: which ones to leave in float first."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import onnxruntime

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_TWIN: Final = "in8bits/"
_NOISE: Final = "noise/"
_SIGNAL: Final = "signal/"
_ROUNDING: Final = ("QuantizeLinear", "DequantizeLinear")


def layer_errors(folded: Path, int8: Path, batches: Iterable[NDArray[np.uint8]]) -> dict[str, float]:
    """Return the noise that each quantised convolution adds, worst first: 0 for none, 1 for nothing else.

    Every one computes in 8 bits what it is given in float, beside itself in one graph: its own error, not
    what the layers before it did. It is the mean over its channels, as a quiet one may matter as much as a
    loud one. `folded` and `int8` are the same network but for biases; pixels are [N,H,W,3].
    """
    graph, convolutions = _beside_each_other(onnx.load(folded), onnx.load(int8))
    with tempfile.TemporaryDirectory(dir=folded.parent) as place:
        file = Path(place) / "both.onnx"
        onnx.save(graph, file)
        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    names = [value.name for value in session.get_outputs()]
    of_batches = [session.run(names, {"image": batch}) for batch in batches]
    sums = {name: np.sum(values, axis=0) for name, *values in zip(names, *of_batches, strict=True)}
    errors = {name: _error(sums[_NOISE + name], sums[_SIGNAL + name]) for name in convolutions}
    return dict(sorted(errors.items(), key=lambda item: -item[1]))


def _error(noise: NDArray[np.float32], signal: NDArray[np.float32]) -> float:
    """Return the mean part of noise over the channels [C] that are not silent."""
    heard = signal > 0
    return float(np.minimum(noise[heard] / signal[heard], 1.0).mean()) if heard.any() else 0.0


def _beside_each_other(model: Any, quantised: Any) -> tuple[Any, list[str]]:
    """Return the float network with a twin of each quantised convolution, and the names of these."""
    graph = model.graph
    there = {tensor.name for tensor in graph.initializer}
    graph.initializer.extend(one for one in quantised.graph.initializer if one.name not in there)
    del graph.output[:]
    ways = _Ways(quantised)
    for name, (nodes, given) in ways.twins.items():
        graph.node.extend(nodes)
        _add_sum_of_squares(graph, given, _SIGNAL + name)
        apart = f"{_TWIN}{name}/apart"
        graph.node.append(onnx.helper.make_node("Sub", [given, nodes[-1].output[0]], [apart]))
        _add_sum_of_squares(graph, apart, _NOISE + name)
    return model, list(ways.twins)


def _add_sum_of_squares(graph: Any, tensor: str, output: str) -> None:
    axes = onnx.numpy_helper.from_array(np.array([0, 2, 3]), output + "/axes")
    graph.initializer.append(axes)
    graph.node.append(onnx.helper.make_node("ReduceSumSquare", [tensor, axes.name], [output], keepdims=0))
    graph.output.append(onnx.helper.make_tensor_value_info(output, onnx.TensorProto.FLOAT, [None]))


class _Ways:
    """Who makes and who takes each tensor of a quantised network, and the twins made of its convolutions."""

    def __init__(self, quantised: Any) -> None:
        nodes = list(quantised.graph.node)
        self._maker = {output: node for node in nodes for output in node.output}
        self._takers = {tensor: node for node in nodes for tensor in node.input if node.op_type in _ROUNDING}
        self.twins = {
            node.name: self._twin(node)
            for node in nodes
            if node.op_type == "Conv" and self._made_by(node.input[1], "DequantizeLinear")
        }

    def _made_by(self, tensor: str, kind: str) -> Any:
        maker = self._maker.get(tensor)
        return maker if maker is not None and maker.op_type == kind else None

    def _twin(self, node: Any) -> tuple[list[Any], str]:
        """Return copies of a convolution and its roundings, in order, and the tensor that it gives."""
        around: list[Any] = []
        for tensor in node.input:
            rounded = self._made_by(tensor, "DequantizeLinear")
            before = self._made_by(rounded.input[0], "QuantizeLinear") if rounded is not None else None
            around += [one for one in (before, rounded) if one is not None]
        around.append(node)
        while (after := self._takers.get(around[-1].output[0])) is not None:
            around.append(after)
        return _renamed(around, f"{_TWIN}{node.name}/"), node.output[0]


def _renamed(nodes: list[Any], prefix: str) -> list[Any]:
    own = {tensor for node in nodes for tensor in node.output}
    copies = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    for node in copies:
        node.name = prefix + node.name
        for tensors in (node.input, node.output):
            tensors[:] = [prefix + tensor if tensor in own else tensor for tensor in tensors]
    return copies
