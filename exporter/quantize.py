"""int8: the backbone's convolutions in 8 bits, with ranges set by real photos; all else stays in float."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, Final

import onnx
from onnxruntime import quantization
from onnxruntime.quantization.shape_inference import quant_pre_process

from exporter import saturation, tidy
from exporter.checks import CannotHoldError

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from exporter.ranges import Method

# Measured on MobileNetV2: with the stem in float, features keep a cosine of 0.990 to Keras' (all in
# 8 bits: 0.967), at the same size: channels of its first depthwise convolution have very unlike ranges.
STEM_CONVOLUTIONS: Final = 3
# What onnxruntime computes as one with the convolution before it.
_FUSED: Final = ("Clip", "Relu")
KINDS: Final = ("Conv", *_FUSED)


def fold(fp32: Path, folded: Path) -> None:
    """Write the network as the quantiser wants it: constants folded, shapes known, every node named."""
    # Shapes come from onnx itself; the symbolic way needs a package more, for networks that are not ours.
    quant_pre_process(fp32, folded, skip_symbolic_shape=True)
    model = onnx.load(folded)
    facts = tidy.facts(model)
    tidy.strip(model, model.graph.name)
    tidy.describe(model, facts)
    onnx.save(onnx.shape_inference.infer_shapes(model), folded)


def to_int8(
    folded: Path, int8: Path, ranges: Path, method: Method, in_float: Collection[str] = frozenset()
) -> None:
    """Write the int8 file of a folded network, with `ranges` by `method`; convolutions `in_float` stay so.

    U8S8, a scale for each channel of the weights: dynamic, per-tensor and S8S8 lose accuracy or time.
    Raises CannotHoldError when there is nothing to quantise.
    """
    logging.getLogger("onnxruntime.quantization").setLevel(logging.ERROR)
    model = onnx.load(folded)
    nodes = _nodes(model, in_float)
    quantization.quantize_static(
        folded,
        int8,
        None,
        quant_format=quantization.QuantFormat.QDQ,
        activation_type=quantization.QuantType.QUInt8,
        weight_type=quantization.QuantType.QInt8,
        per_channel=True,
        calibrate_method=quantization.CalibrationMethod[method],
        calibration_cache_path=ranges,
        op_types_to_quantize=list(KINDS),
        nodes_to_quantize=nodes,
        extra_options={"TensorQuantOverrides": saturation.ranges(model, nodes)},
    )
    _tidy_up(int8, model)


def _tidy_up(int8: Path, model: Any) -> None:
    # Not the notes that onnxruntime leaves for itself.
    facts = {key: value for key, value in tidy.facts(model).items() if not key.startswith("onnx.")}
    quantised = onnx.load(int8)
    tidy.strip(quantised, model.graph.name)
    tidy.share_initialisers(quantised)
    tidy.describe(quantised, facts)
    onnx.save(quantised, int8)


def convolutions(model: Any, in_stem: int = STEM_CONVOLUTIONS) -> list[str]:
    """Return the names of the convolutions that int8 concerns: those before `features`, but for the stem.

    Raises CannotHoldError when there are none.
    """
    found = [node.name for node in of_backbone(model)]
    if len(found) <= in_stem:  # onnxruntime takes an empty list as "all of them"
        raise CannotHoldError(
            f"int8: the backbone has no more than {in_stem} convolutions, nothing to quantise.",
            hint="Use fp32.",
        )
    return found[in_stem:]


def before_head(model: Any) -> set[str]:
    """Return the names of all nodes before the head: scaling and backbone.

    They end with `features`, without these with the last convolution; without any, all of it counts.
    """
    if "features" in {value.name for value in model.graph.output}:
        return _ancestors(model, ["features"])
    convolved = [node.output[0] for node in model.graph.node if node.op_type == "Conv"]
    return _ancestors(model, convolved or ["probabilities"])


def before_convolution(model: Any, number: int) -> set[str]:
    """Return the names of all nodes that lead to the backbone's first `number` convolutions, and theirs."""
    return _ancestors(model, [node.output[0] for node in of_backbone(model)[:number]])


def of_backbone(model: Any) -> list[Any]:
    """Return the backbone's convolutions, in their order."""
    backbone = before_head(model)
    return [node for node in model.graph.node if node.name in backbone and node.op_type == "Conv"]


def _nodes(model: Any, in_float: Collection[str]) -> list[str]:
    chosen = [name for name in convolutions(model) if name not in in_float]
    if not chosen:
        raise CannotHoldError("int8: every convolution would have to stay in float.", hint="Use fp32.")
    given = {node.output[0] for node in model.graph.node if node.name in set(chosen)}
    fused = [node.name for node in model.graph.node if node.op_type in _FUSED and node.input[0] in given]
    return [*chosen, *fused]


def _ancestors(model: Any, tensors: Sequence[str]) -> set[str]:
    producer = {output: node for node in model.graph.node for output in node.output}
    found: set[str] = set()
    waiting = list(tensors)
    while waiting:
        node = producer.get(waiting.pop())
        if node is not None and node.name not in found:
            found.add(node.name)
            waiting += node.input
    return found
