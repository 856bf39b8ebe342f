"""A converted graph made fit to hand out: contract names, a free batch, nothing double, nobody's paths."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, Final

import onnx

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BATCH: Final = "batch"
PRODUCER: Final = "whatsit"


def name_outputs(model: Any, names: Sequence[str], order: Sequence[str]) -> None:
    """Give the graph's outputs their `names`, by place, then bring them into `order`."""
    renamed = {value.name: name for value, name in zip(model.graph.output, names, strict=True)}
    inner = {tensor for node in model.graph.node for tensor in node.output} - set(renamed)
    renamed |= {name: f"{name}__inner" for name in inner & set(names)}
    rename(model, renamed)
    outputs = {value.name: value for value in model.graph.output}
    copies = [onnx.ValueInfoProto.FromString(outputs[name].SerializeToString()) for name in order]
    del model.graph.output[:]
    model.graph.output.extend(copies)


def free_batch(model: Any) -> None:
    """Call the first dimension of the input and of every output `batch`, and leave it free."""
    for value in (*model.graph.input, *model.graph.output):
        value.type.tensor_type.shape.dim[0].dim_param = BATCH


def strip(model: Any, name: str) -> None:
    """Take out what no user of the file needs: documentation, inferred shapes, the converter's names."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.initializer, *graph.input, *graph.output):
        part.ClearField("doc_string")
    for part in (graph, *graph.node):
        part.ClearField("metadata_props")
    del graph.value_info[:]
    graph.name, model.producer_name, model.producer_version = name, PRODUCER, ""
    for number, node in enumerate(graph.node):
        node.name = node.name or f"{node.op_type}_{number}"
    used = {node.domain for node in graph.node} | {""}
    kept = [
        onnx.helper.make_opsetid(one.domain, one.version) for one in model.opset_import if one.domain in used
    ]
    del model.opset_import[:]
    model.opset_import.extend(kept)


def share_initialisers(model: Any) -> None:
    """Store every constant once: of equal ones the first stays, of unused ones none."""
    graph = model.graph
    first: dict[str, str] = {}
    renamed: dict[str, str] = {}
    for tensor in graph.initializer:
        renamed[tensor.name] = first.setdefault(_content(tensor), tensor.name)
    rename(model, {old: new for old, new in renamed.items() if old != new})
    used = {tensor for node in graph.node for tensor in node.input} | {value.name for value in graph.output}
    kept = [one for one in graph.initializer if one.name in used and renamed[one.name] == one.name]
    copies = [onnx.TensorProto.FromString(one.SerializeToString()) for one in kept]
    del graph.initializer[:]
    graph.initializer.extend(copies)


def describe(model: Any, facts: Mapping[str, str]) -> None:
    """Set the file's own description, key by key; the input is marked as an image, as the standard says."""
    del model.metadata_props[:]
    onnx.helper.set_model_props(model, dict(facts))
    model.graph.input[0].type.denotation = "IMAGE"


def facts(model: Any) -> dict[str, str]:
    """Return the file's own description, key by key."""
    return {one.key: one.value for one in model.metadata_props}


def rename(model: Any, names: Mapping[str, str]) -> None:
    """Give tensors other names wherever nodes and the graph's outputs speak of them."""
    for node in model.graph.node:
        for tensors in (node.input, node.output):
            for place, tensor in enumerate(tensors):
                tensors[place] = names.get(tensor, tensor)
    for value in model.graph.output:
        value.name = names.get(value.name, value.name)


def opset(model: Any) -> int:
    """Return the version of ONNX' own operators that the file uses."""
    return next(int(one.version) for one in model.opset_import if one.domain in ("", "ai.onnx"))


def _content(tensor: Any) -> str:
    values = onnx.numpy_helper.to_array(tensor)
    facts = f"{tensor.data_type} {values.shape}".encode()
    return hashlib.sha256(facts + values.tobytes()).hexdigest()
