from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import pytest

from tests.helpers import tiny_bundle
from tests.whatsit.test_graph import noise, with_model
from whatsit import graph_limits
from whatsit.errors import DeviceError
from whatsit.graph import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def adding(
    to_logits: list[onnx.NodeProto], values: dict[str, np.ndarray[tuple[int, ...], np.dtype[Any]]]
) -> bytes:
    """Return a model that adds "more", which the nodes compute, to its logits."""
    model = tiny_bundle.model()
    nodes = list(model.graph.node)
    (softmax,) = (node for node in nodes if node.op_type == "Softmax")
    softmax.input[:] = ["with_more"]
    add = onnx.helper.make_node("Add", ["logits", "more"], ["with_more"])
    place = nodes.index(softmax)
    nodes[place:place] = [*to_logits, add]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    model.graph.initializer.extend(
        onnx.numpy_helper.from_array(value, name) for name, value in values.items()
    )
    return model.SerializeToString()


def endless() -> bytes:
    """Return a model that counts until somebody stops it."""
    value = onnx.helper.make_tensor_value_info
    nodes = [
        onnx.helper.make_node("Identity", ["was"], ["go_on"]),
        onnx.helper.make_node("Identity", ["sum"], ["same"]),
    ]
    takes = [value("turn", onnx.TensorProto.INT64, []), value("was", onnx.TensorProto.BOOL, [])]
    takes.append(value("sum", onnx.TensorProto.FLOAT, []))
    gives = [value("go_on", onnx.TensorProto.BOOL, []), value("same", onnx.TensorProto.FLOAT, [])]
    body = onnx.helper.make_graph(nodes, "body", takes, gives)
    loop = onnx.helper.make_node("Loop", ["most", "yes", "zero"], ["more"], body=body)
    return adding([loop], {"most": np.array(2**62), "yes": np.array([True]).reshape(())})


def greedy(gigabytes: int) -> bytes:
    """Return a model of a few kilobytes that asks for so much memory while it runs."""
    fill = onnx.helper.make_node("ConstantOfShape", ["huge"], ["filled"])
    add_up = onnx.helper.make_node("ReduceSum", ["filled"], ["more"], keepdims=0)
    return adding([fill, add_up], {"huge": np.array([gigabytes, 1024, 1024, 256])})


def test_a_model_that_never_ends_is_ended(
    tiny: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph_limits, "MOST_SECONDS", 0.2)
    graph = Graph(with_model(tiny, tmp_path / "endless", endless()), "fp32")
    with pytest.raises(DeviceError, match=r"cannot run on this cpu .*terminate flag"):
        graph.run(noise(1))


def test_a_model_that_takes_all_memory_is_refused_it(tiny: Bundle, tmp_path: Path) -> None:
    graph = Graph(with_model(tiny, tmp_path / "greedy", greedy(gigabytes=6)), "fp32")
    with pytest.raises(DeviceError, match="cannot run on this cpu"):
        graph.run(noise(1))
    assert len(Graph(tiny, "fp32").run(noise(1))) == 1  # and the others go on
