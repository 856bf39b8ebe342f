"""fp16 for CUDA: the backbone in half precision, its stem, the head and what follows it in float."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import onnx
from onnxruntime.transformers import float16
from onnxruntime.transformers.onnx_model import OnnxModel

from exporter import quantize, tidy

if TYPE_CHECKING:
    from pathlib import Path


def to_fp16(fp32: Path, fp16: Path) -> None:
    """Write the fp16 file of an fp32 file; the first convolutions stay in float as those of int8 do.

    Measured on MobileNetV2: features 0.009 of their largest value from Keras'; 0.033 with the stem in half.
    https://onnxruntime.ai/docs/performance/model-optimizations/float16.html
    """
    model = onnx.load(fp32)
    name, facts = model.graph.name, tidy.facts(model)
    halved = quantize.before_head(model) - quantize.stem(model)
    in_float = [node.name for node in model.graph.node if node.name not in halved]
    half = float16.convert_float_to_float16(model, keep_io_types=True, node_block_list=in_float)
    _cast_once(half)
    OnnxModel(half).topological_sort()  # casts come after what takes them
    tidy.strip(half, name)
    tidy.share_initialisers(half)
    tidy.describe(half, facts)
    onnx.save(half, fp16)


def _cast_once(model: Any) -> None:
    """Keep one of the casts that onnxruntime makes for each node of the head that takes the same tensor."""
    of_output = {node.output[0]: node for node in reversed(model.graph.node)}
    kept = [node for node in model.graph.node if of_output[node.output[0]] is node]
    copies = [onnx.NodeProto.FromString(node.SerializeToString()) for node in kept]
    del model.graph.node[:]
    model.graph.node.extend(copies)
