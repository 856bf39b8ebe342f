from __future__ import annotations

from typing import Any

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

from exporter import tidy


def graph() -> Any:
    """A graph that doubles, triples and adds one; `c` is also the name of an inner tensor."""
    constants = [("two", 2), ("three", 3), ("zwei", 2), ("unused", 9), ("two_whole", np.int64(2))]
    nodes = [
        helper.make_node("Mul", ["x", "two"], ["c"], doc_string="of no use"),
        helper.make_node("Mul", ["x", "zwei"], ["first"]),
        helper.make_node("Mul", ["x", "three"], ["second"]),
        helper.make_node("Add", ["first", "c"], ["third"]),
    ]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["unk__1", 2]) for name in ("x", "first")]
    more = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, ["unk__2", 2]) for name in ("second", "third")
    ]
    values = [
        numpy_helper.from_array(np.array(value, None if name == "two_whole" else np.float32), name)
        for name, value in constants
    ]
    made = helper.make_graph(nodes, "g", ends[:1], [ends[1], *more], values)
    opsets = [helper.make_opsetid("", 18), helper.make_opsetid("com.microsoft", 1)]
    return helper.make_model(made, opset_imports=opsets, ir_version=8)


def run(model: Any) -> dict[str, np.ndarray]:
    onnx.checker.check_model(model, full_check=True)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [one.name for one in session.get_outputs()]
    return dict(zip(names, session.run(names, {"x": np.array([[1, 10]], np.float32)}), strict=True))


def test_outputs_may_change_names_among_each_other_and_take_an_inner_tensors_name() -> None:
    model = graph()
    tidy.name_outputs(model, ["second", "first", "c"], ["c", "first", "second"])
    given = run(model)
    assert list(given) == ["c", "first", "second"]
    assert {name: values.tolist() for name, values in given.items()} == {
        "second": [[2, 20]],
        "first": [[3, 30]],
        "c": [[4, 40]],
    }


def test_equal_constants_are_stored_once_and_unused_ones_not_at_all() -> None:
    model = graph()
    before = run(model)
    tidy.share_initialisers(model)
    assert sorted(tensor.name for tensor in model.graph.initializer) == ["three", "two"]
    assert all(np.array_equal(values, before[name]) for name, values in run(model).items())


def test_the_batch_is_free_and_called_so() -> None:
    model = graph()
    tidy.free_batch(model)
    ends = [*model.graph.input, *model.graph.output]
    assert {value.type.tensor_type.shape.dim[0].dim_param for value in ends} == {"batch"}


def test_nothing_stays_that_no_user_needs() -> None:
    model = graph()
    model.producer_name, model.graph.doc_string = "someone's tool", "/home/someone/model"
    tidy.strip(model, "name")
    assert b"someone" not in model.SerializeToString()
    assert b"of no use" not in model.SerializeToString()
    assert [one.domain for one in model.opset_import] == [""]
    assert len({node.name for node in model.graph.node}) == 4
    assert tidy.opset(model) == 18


def test_the_file_describes_itself_and_nothing_else_does() -> None:
    model = graph()
    helper.set_model_props(model, {"left": "over"})
    tidy.describe(model, {"labels": '["ä"]'})
    assert {one.key: one.value for one in model.metadata_props} == {"labels": '["ä"]'}
    assert model.graph.input[0].type.denotation == "IMAGE"
