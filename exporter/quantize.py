"""int8: the backbone's convolutions in 8 bits, with ranges set by real photos; all else stays in float."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import onnx
from onnxruntime import quantization
from onnxruntime.quantization.shape_inference import quant_pre_process

from exporter import tidy
from whatsit.errors import CheckError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import numpy as np
    from numpy.typing import NDArray

# Measured on MobileNetV2: with the stem in float, features keep a cosine of 0.990 to Keras' (all in
# 8 bits: 0.967), at the same size: channels of its first depthwise convolution have very unlike ranges.
STEM_CONVOLUTIONS: Final = 3
# What onnxruntime computes as one with the convolution before it.
_FUSED: Final = ("Clip", "Relu")


class _Sampling(quantization.CalibrationDataReader):
    """Hands the sampling set to onnxruntime, a batch at a time."""

    def __init__(self, name: str, pixels: Iterable[NDArray[np.uint8]]) -> None:
        self._name, self._pixels = name, iter(pixels)

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        """Return the next batch, or None at the end."""
        batch = next(self._pixels, None)
        return None if batch is None else {self._name: batch}


def to_int8(fp32: Path, int8: Path, pixels: Iterable[NDArray[np.uint8]], facts: Mapping[str, str]) -> None:
    """Write the int8 file of an fp32 file; the sampling set's `pixels`, batches of [N,H,W,3], set the ranges.

    U8S8, a scale for each channel of the weights, MinMax: dynamic, per-tensor and S8S8 lose accuracy or time.
    Raises CheckError when there is nothing to quantise.
    """
    logging.getLogger("onnxruntime.quantization").setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="whatsit-") as place:
        folded = Path(place) / "folded.onnx"
        # Shapes come from onnx itself; the symbolic way needs a package more, for networks that are not ours.
        quant_pre_process(fp32, folded, skip_symbolic_shape=True)
        model = onnx.load(folded)
        name = model.graph.name
        tidy.strip(model, name)
        onnx.save(onnx.shape_inference.infer_shapes(model), folded)
        raw = Path(place) / "int8.onnx"
        quantization.quantize_static(
            folded,
            raw,
            _Sampling(model.graph.input[0].name, pixels),
            quant_format=quantization.QuantFormat.QDQ,
            activation_type=quantization.QuantType.QUInt8,
            weight_type=quantization.QuantType.QInt8,
            per_channel=True,
            calibrate_method=quantization.CalibrationMethod.MinMax,
            op_types_to_quantize=["Conv", *_FUSED],
            nodes_to_quantize=nodes_to_quantise(model),
        )
        quantised = onnx.load(raw)
    tidy.strip(quantised, name)
    tidy.share_initialisers(quantised)
    tidy.describe(quantised, facts)
    onnx.save(quantised, int8)


def nodes_to_quantise(model: Any, stem: int = STEM_CONVOLUTIONS) -> list[str]:
    """Return the names of the nodes that int8 concerns: what leads to `features`, but for the stem.

    Raises CheckError when there are none.
    """
    backbone = _ancestors(model, "features")
    leading = [node for node in model.graph.node if node.name in backbone]
    convolutions = [node for node in leading if node.op_type == "Conv"][stem:]
    given = {node.output[0] for node in convolutions}
    fused = [node for node in model.graph.node if node.op_type in _FUSED and node.input[0] in given]
    if not convolutions:  # onnxruntime takes an empty list as "all of them"
        raise CheckError(
            f"int8: the backbone has no more than {stem} convolutions, nothing to quantise.",
            hint="Export it without --int8.",
        )
    return [node.name for node in (*convolutions, *fused)]


def _ancestors(model: Any, tensor: str) -> set[str]:
    producer = {output: node for node in model.graph.node for output in node.output}
    found: set[str] = set()
    waiting = [tensor]
    while waiting:
        node = producer.get(waiting.pop())
        if node is not None and node.name not in found:
            found.add(node.name)
            waiting += node.input
    return found
