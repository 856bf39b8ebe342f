"""Changes that keep a bundle's file readable, so that the fuzzer gets past the parsers: JSON and ONNX."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import onnx
from google.protobuf.message import DecodeError

if TYPE_CHECKING:
    import random
    from collections.abc import Callable

_NUMBERS: Final = (0, -1, 1, 2, 7, 255, 2**31 - 1, 2**31, 2**40, 2**63 - 1, -(2**63))
_VALUES: Final = (
    None, True, "", "../x", "/etc/passwd", "a\0b", "\x1b[31m", "<b>x</b>", "é" * 300, 1e308, -0.5, "NaN",
    [], {}, [[]], *_NUMBERS,
)  # fmt: skip
_OPERATORS: Final = (
    "Abs", "Softmax", "Reshape", "Expand", "ConstantOfShape", "Tile", "Range", "Resize", "Loop", "If", "Scan",
    "Conv", "Gather", "Slice", "Split", "Pad", "Concat", "NonMaxSuppression", "Einsum", "OneHot", "Foo",
    "Unique", "QuantizeLinear", "DequantizeLinear", "Where", "TopK", "Squeeze", "Unsqueeze", "Shape", "Mod",
)  # fmt: skip


def of_json(data: bytes, chance: random.Random) -> bytes | None:
    """Return JSON with one value anywhere in it changed, removed or doubled; None where it is no JSON."""
    try:
        whole = json.loads(data)
    except (ValueError, RecursionError):
        return None
    holders = [one for one in _all(whole) if isinstance(one, dict | list) and one]
    if not holders:
        return None
    holder = chance.choice(holders)
    key: Any = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, list):
            holder += holder[: 2 ** chance.randrange(8)]
        case 2:
            holder[key] = chance.choice(holders if chance.random() < 0.2 else _VALUES)  # noqa: PLR2004
        case _:
            holder[key] = chance.choice(_VALUES)
    try:
        return json.dumps(whole).encode()
    except (ValueError, RecursionError):  # a value that holds itself
        return None


def _all(value: object) -> list[object]:
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return [value, *(one for part in inside for one in _all(part))]


def of_model(data: bytes, chance: random.Random) -> bytes | None:
    """Return an ONNX model with one node, weight, attribute or shape changed; None where it is no model."""
    try:
        model = onnx.load_from_string(data)
    except DecodeError:
        return None
    changes: list[Callable[[onnx.GraphProto, random.Random], None]] = [_node, _weight, _attribute, _shape]
    try:
        chance.choice(changes)(model.graph, chance)
    except (IndexError, ValueError):  # there was none to change, or it does not take the value
        return None
    return bytes(model.SerializeToString())


def _node(graph: onnx.GraphProto, chance: random.Random) -> None:
    node = chance.choice(graph.node)
    match chance.randrange(4):
        case 0:
            node.op_type = chance.choice(_OPERATORS)
        case 1:
            node.domain = chance.choice(("custom", "com.microsoft", "ai.onnx.ml"))
        case 2:
            node.input[:] = chance.choices([name for one in graph.node for name in one.output], k=3)
        case _:
            graph.node.add().CopyFrom(chance.choice(graph.node))


def _weight(graph: onnx.GraphProto, chance: random.Random) -> None:
    weight = chance.choice(graph.initializer)
    match chance.randrange(4):
        case 0:
            weight.dims[:] = chance.choices(_NUMBERS, k=chance.randrange(4))
        case 1:
            weight.raw_data = bytes(chance.choices(range(256), k=len(weight.raw_data)))
        case 2:
            weight.data_type = chance.randrange(24)
        case _:
            weight.data_location = onnx.TensorProto.EXTERNAL
            weight.external_data.add(key="location", value=chance.choice(("../x", "/dev/zero", "w.bin")))


def _attribute(graph: onnx.GraphProto, chance: random.Random) -> None:
    attribute = chance.choice([one for node in graph.node for one in node.attribute])
    if attribute.ints:
        attribute.ints[:] = chance.choices(_NUMBERS, k=len(attribute.ints))
    else:
        attribute.i = chance.choice(_NUMBERS)


def _shape(graph: onnx.GraphProto, chance: random.Random) -> None:
    value = chance.choice([*graph.input, *graph.output])
    dimension = chance.choice(value.type.tensor_type.shape.dim)
    dimension.dim_value = chance.choice(_NUMBERS)
