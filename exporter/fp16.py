"""fp16 for CUDA: the backbone in half precision; its first convolutions and the head stay in float."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import onnx
from onnxruntime.transformers import float16
from onnxruntime.transformers.onnx_model import OnnxModel as Graph

from exporter import quantize, tidy
from exporter.checks import CannotHoldError
from exporter.outputs import counted, outputs_over
from exporter.structure_checks import OnnxModel
from whatsit.paired import largest_differences

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from exporter.outputs import Arrays
    from exporter.value_checks import Limits
    from whatsit.progress import Progress

# The largest difference grows with the photos: those that prove are more than those of tune.
_MARGIN: Final = 0.5


def search(fp32: Path, fp16: Path, pixels: NDArray[np.uint8], limits: Limits, progress: Progress) -> int:
    """Write the fp16 file that keeps half of the limits on pixels [N,H,W,3].

    Rounding in the first layers is carried through all others: 3, then 6, 12, … of the first convolutions
    stay in float; how many is returned. Raises CannotHoldError when half of them are not enough.
    """
    model = onnx.load(fp32)
    outputs = [value.name for value in model.graph.output]

    def given(file: Path) -> Arrays:
        return outputs_over(counted(pixels, progress), OnnxModel(file, outputs).outputs_of)

    expected = given(fp32)
    apart: dict[str, float] = {}
    for in_float in _counts(len(quantize.of_backbone(model))):
        progress.stage(f"{in_float} convolutions in float")
        to_fp16(fp32, fp16, in_float)
        apart = largest_differences(given(fp16), expected)
        if all(worst <= _MARGIN * limit for worst, limit in _limited(apart, limits)):
            return in_float
    worst = ", ".join(f"{name} {value:.2g}" for name, value in apart.items())
    raise CannotHoldError(
        f"fp16 does not keep this model's values, half of its convolutions in float: {worst} from fp32.",
        hint="Use fp32.",
    )


def to_fp16(fp32: Path, fp16: Path, in_float: int) -> None:
    """Write the fp16 file of an fp32 file, the first convolutions left in float.

    https://onnxruntime.ai/docs/performance/model-optimizations/float16.html
    """
    model = onnx.load(fp32)
    name, facts = model.graph.name, tidy.facts(model)
    halved = quantize.before_head(model) - quantize.before_convolution(model, in_float)
    kept = [node.name for node in model.graph.node if node.name not in halved]
    half = float16.convert_float_to_float16(model, keep_io_types=True, node_block_list=kept)
    _cast_once(half)
    Graph(half).topological_sort()  # casts come after what takes them
    tidy.strip(half, name)
    tidy.share_initialisers(half)
    tidy.describe(half, facts)
    onnx.save(half, fp16)


def _counts(convolutions: int) -> list[int]:
    """Return how many of the first convolutions to try in float; a network of few is halved as a whole."""
    doubled = [quantize.STEM_CONVOLUTIONS * 2**power for power in range(convolutions.bit_length())]
    return [count for count in doubled if 2 * count <= convolutions] or [0]


def _limited(apart: dict[str, float], limits: Limits) -> list[tuple[float, float]]:
    """Return each output's difference with its limit, where it has one."""
    pairs = [
        (worst, limits.probabilities if name == "probabilities" else limits.others)
        for name, worst in apart.items()
    ]
    return [(worst, limit) for worst, limit in pairs if limit is not None]


def _cast_once(model: Any) -> None:
    """Keep one of the casts that onnxruntime makes for each node of the head that takes the same tensor."""
    of_output = {node.output[0]: node for node in reversed(model.graph.node)}
    kept = [node for node in model.graph.node if of_output[node.output[0]] is node]
    copies = [onnx.NodeProto.FromString(node.SerializeToString()) for node in kept]
    del model.graph.node[:]
    model.graph.node.extend(copies)
