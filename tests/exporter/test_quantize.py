from __future__ import annotations

from typing import TYPE_CHECKING, Any

import onnx
import pytest

from exporter import quantize
from tests.helpers import tiny_run
from whatsit.errors import CheckError

if TYPE_CHECKING:
    from whatsit.bundle import Bundle


def producers(model: Any) -> dict[str, Any]:
    return {output: node for node in model.graph.node for output in node.output}


def is_8_bit(model: Any, node: Any) -> bool:
    producer = producers(model).get(node.input[0])
    return producer is not None and producer.op_type == "DequantizeLinear"


def test_only_the_backbone_behind_its_stem_is_in_8_bits(bundle: Bundle) -> None:
    model = onnx.load(bundle.folder / "model.int8.onnx")
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    maps = next(node for node in convolutions if producers(model).get("activation_maps") is not None
                and node.output[0] in leads_to(model, "activation_maps"))  # fmt: skip
    assert [is_8_bit(model, node) for node in convolutions if node is not maps] == [False] * 3 + [True] * 4
    of_maps = [tensor for tensor in model.graph.initializer if tensor.name == maps.input[1]]
    assert of_maps[0].data_type == onnx.TensorProto.FLOAT
    for node in model.graph.node:
        if node.op_type in ("MatMul", "Gemm", "Softmax"):
            assert not is_8_bit(model, node)


def test_weights_have_a_scale_for_each_channel(bundle: Bundle) -> None:
    model = onnx.load(bundle.folder / "model.int8.onnx")
    constants = {tensor.name: tensor for tensor in model.graph.initializer}
    weights = [
        node
        for node in model.graph.node
        if node.op_type == "DequantizeLinear"
        and node.input[0] in constants
        and len(constants[node.input[0]].dims) == 4
    ]
    assert len(weights) == 4
    for node in weights:
        weight, scale = constants[node.input[0]], constants[node.input[1]]
        assert weight.data_type == onnx.TensorProto.INT8
        assert list(scale.dims) == [weight.dims[0]]
    activations = [node for node in model.graph.node if node.op_type == "QuantizeLinear"]
    assert {constants[node.input[2]].data_type for node in activations} == {onnx.TensorProto.UINT8}


def test_a_network_with_nothing_to_quantise_is_refused(bundle: Bundle) -> None:
    model = onnx.load(bundle.folder / "model.onnx")
    assert len(quantize.convolutions(model)) == 4
    with pytest.raises(CheckError, match="nothing to quantise"):
        quantize.convolutions(model, in_stem=7)


def test_constants_are_stored_once(bundle: Bundle) -> None:
    for file in ("model.onnx", "model.int8.onnx"):
        model = onnx.load(bundle.folder / file)
        contents = [
            (tensor.data_type, tuple(tensor.dims), onnx.numpy_helper.to_array(tensor).tobytes())
            for tensor in model.graph.initializer
        ]
        assert len(contents) == len(set(contents))


def leads_to(model: Any, output: str) -> set[str]:
    """Return the tensors from the last convolution on."""
    found, tensor = {output}, output
    while (node := producers(model)[tensor]).op_type != "Conv":
        tensor = node.input[0]
        found.add(tensor)
    return found


def test_the_tiny_run_has_the_layers_that_these_tests_count() -> None:
    assert tiny_run.FEATURES == 12
