from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
import pytest

from exporter import fp16
from exporter.checks import CannotHoldError
from exporter.outputs import outputs_over
from exporter.structure_checks import OnnxModel
from exporter.value_checks import Limits
from whatsit import bundle as bundles
from whatsit import cli, golden
from whatsit.paired import largest_differences
from whatsit.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
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


@pytest.fixture(scope="module")
def pixels(bundle: Bundle) -> NDArray[np.uint8]:
    return np.stack([one.pixels for one in golden.read(bundle)])


def search(bundle: Bundle, pixels: NDArray[np.uint8], place: Path, limit: float) -> int:
    with Progress("fp16", None) as progress:
        limits = Limits(0.995, 0.2, probabilities=limit, others=limit)
        return fp16.search(bundle.model_file("fp32"), place / "fp16.onnx", pixels, limits, progress)


def apart(bundle: Bundle, pixels: NDArray[np.uint8], file: Path) -> float:
    outputs = [one.name for one in bundle.manifest.outputs]
    expected, given = (
        outputs_over([pixels], OnnxModel(one, outputs).outputs_of)
        for one in (bundle.model_file("fp32"), file)
    )
    return max(largest_differences(given, expected).values())


def test_other_counts_stay_in_float_until_half_of_the_limit_holds(
    bundle: Bundle, pixels: NDArray[np.uint8], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = {}
    for in_float in (1, 6):
        fp16.to_fp16(bundle.model_file("fp32"), tmp_path / "one.onnx", in_float)
        tried[in_float] = apart(bundle, pixels, tmp_path / "one.onnx")
    better, worse = sorted(tried, key=tried.__getitem__)  # in so small a network not always the more
    assert 0 < tried[better] < tried[worse] < 0.02
    monkeypatch.setattr(fp16, "_counts", lambda _: [worse, better])
    assert search(bundle, pixels, tmp_path, limit=2.01 * tried[worse]) == worse
    assert search(bundle, pixels, tmp_path, limit=tried[better] + tried[worse]) == better
    assert apart(bundle, pixels, tmp_path / "fp16.onnx") == pytest.approx(tried[better])


def test_of_the_first_convolutions_at_most_half_stay_in_float() -> None:
    assert fp16._counts(52) == [3, 6, 12, 24]
    assert fp16._counts(7) == [3]
    assert fp16._counts(5) == fp16._counts(0) == [0]


def test_where_no_half_precision_holds_it_is_said(
    bundle: Bundle, pixels: NDArray[np.uint8], tmp_path: Path
) -> None:
    with pytest.raises(CannotHoldError, match="half of its convolutions in float: "):
        search(bundle, pixels, tmp_path, limit=0.0)
