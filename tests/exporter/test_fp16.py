from __future__ import annotations

from typing import TYPE_CHECKING

import onnx

from whatsit import bundle as bundles
from whatsit import cli

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.run import Run


def test_the_backbone_is_in_half_precision_and_its_stem_and_the_head_are_not(
    run: Run, tmp_path: Path
) -> None:
    assert cli.main(["export", str(run.folder), "--onnx", "--fp16", "--out", str(tmp_path)]) == 0
    bundle = bundles.read(tmp_path / "warm-cold")
    assert set(bundle.manifest.variants) == {"fp32", "fp16"}
    model = onnx.load(bundle.model_file("fp16"))
    kinds = {tensor.name: tensor.data_type for tensor in model.graph.initializer}
    convolutions = [node for node in model.graph.node if node.op_type == "Conv"]
    in_half = [kinds[node.input[1]] == onnx.TensorProto.FLOAT16 for node in convolutions]
    assert in_half == [False] * 3 + [True] * 4 + [False]  # stem, the rest, activation maps
    assert not any(
        kinds.get(name) == onnx.TensorProto.FLOAT16
        for node in model.graph.node
        if node.op_type in ("MatMul", "Gemm")
        for name in node.input
    )
    assert model.graph.input[0].type.tensor_type.elem_type == onnx.TensorProto.UINT8
    assert {one.type.tensor_type.elem_type for one in model.graph.output} == {onnx.TensorProto.FLOAT}
    held = {one.name for one in bundle.manifest.checks if one.variant == "fp16"}
    assert {"file valid", "values of probabilities", "same answers", "golden probabilities"} <= held
