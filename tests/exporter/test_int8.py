from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
import pytest

from exporter import int8, quantize
from exporter.checks import CannotHoldError
from exporter.layer_errors import layer_errors
from exporter.value_checks import Limits
from tests.exporter.test_quantize import producers
from whatsit import preprocess
from whatsit.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.run import Run, Split

LIMITS = Limits(same_answers=0.985, points_lost=0.5)


@pytest.fixture(scope="module")
def photos(run: Run) -> int8.Photos:
    return int8.Photos(
        pixels(run, "train"), pixels(run, "tune"), np.array([one.label for one in run.photos("tune")])
    )


def pixels(run: Run, split: Split) -> NDArray[np.uint8]:
    return np.stack([preprocess.pixels(run.file_of(one), run.info.input) for one in run.photos(split)])


def search(fp32: Path, place: Path, photos: int8.Photos, limits: Limits = LIMITS) -> int8.Found:
    with Progress("int8", None) as progress:
        return int8.search(fp32, place / "int8.onnx", photos, limits, progress)


def test_the_ranges_that_cost_least_are_taken(bundle: Bundle, photos: int8.Photos, tmp_path: Path) -> None:
    found = search(bundle.model_file("fp32"), tmp_path, photos)
    assert set(found.divergences) == {"MinMax", "Percentile", "Entropy"}
    assert found.divergences[found.method] == min(found.divergences.values())
    assert found.in_float == ()
    assert found.convolutions == 4
    expected, given = (
        answers(file, photos.tune) for file in (bundle.model_file("fp32"), tmp_path / "int8.onnx")
    )
    divergence = float((expected * np.log(expected / given)).sum(axis=1).mean())
    assert divergence == pytest.approx(found.divergences[found.method], rel=1e-3, abs=1e-7)


def test_a_layer_that_8_bits_ruin_is_found_and_left_in_float(
    bundle: Bundle, photos: int8.Photos, tmp_path: Path
) -> None:
    spoiled, quiet = make_channels_quiet(bundle.model_file("fp32"), tmp_path)
    found = search(spoiled, tmp_path, photos)
    assert quiet in found.in_float
    assert len(found.in_float) <= 2
    model = onnx.load(tmp_path / "int8.onnx")
    convolutions = {
        node.name: has_8_bit_weights(model, node) for node in model.graph.node if node.op_type == "Conv"
    }
    assert all(not convolutions[name] for name in found.in_float)
    assert sum(convolutions.values()) == 4 - len(found.in_float)
    exact, written = biases(onnx.load(spoiled)), biases(model)
    for name in quantize.convolutions(model):
        given, step = written[name]
        apart = np.abs(given - exact[name][0])
        # Rounding moves a bias by half a step at most; what is in float keeps its own.
        assert (apart > 2 * step).any() if convolutions[name] else not apart.any()
    same = answers(spoiled, photos.tune).argmax(1) == answers(tmp_path / "int8.onnx", photos.tune).argmax(1)
    assert same.mean() == found.cost.same_answers >= LIMITS.same_answers


def test_the_noise_of_a_layer_is_its_own(bundle: Bundle, photos: int8.Photos, tmp_path: Path) -> None:
    healthy = noise_of(bundle.model_file("fp32"), photos, tmp_path)
    spoiled, quiet = make_channels_quiet(bundle.model_file("fp32"), tmp_path)
    ruined = noise_of(spoiled, photos, tmp_path)
    assert ruined[quiet] > 0.3 > 3 * max(healthy.values())
    # Behind the next convolution, which undoes the change, all is as it was.
    assert set(ruined) == set(healthy)
    assert sum(noise > 0.3 for noise in ruined.values()) <= 2


def test_where_nothing_holds_no_file_is_taken(bundle: Bundle, photos: int8.Photos, tmp_path: Path) -> None:
    never = Limits(same_answers=1.01, points_lost=0.0)
    with pytest.raises(CannotHoldError, match="half of its convolutions in float") as raised:
        search(bundle.model_file("fp32"), tmp_path, photos, never)
    assert "% of answers changed" in raised.value.what
    assert "Conv" in str(raised.value.hint)


def test_up_to_half_of_the_layers_are_left_in_float() -> None:
    assert list(int8._counts(49)) == [1, 2, 4, 8, 16, 24]
    assert list(int8._counts(16)) == [1, 2, 4, 8]
    assert list(int8._counts(3)) == [1]
    assert list(int8._counts(1)) == []


def biases(model: Any) -> dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]:
    """Return each convolution's bias, in float however it is stored, and the steps that it is rounded to."""
    constants = {one.name: onnx.numpy_helper.to_array(one) for one in model.graph.initializer}
    found = {}
    for node in quantize.of_backbone(model):
        maker = producers(model).get(node.input[2])
        parts = [constants[name] for name in (maker.input if maker is not None else node.input[2:])]
        step = parts[1] if maker is not None else np.zeros(len(parts[0]))
        found[node.name] = parts[0] * step if maker is not None else parts[0], step
    return found


def has_8_bit_weights(model: Any, node: Any) -> bool:
    producer = producers(model).get(node.input[1])
    return producer is not None and producer.op_type == "DequantizeLinear"


def noise_of(fp32: Path, photos: int8.Photos, place: Path) -> dict[str, float]:
    search(fp32, place, photos, Limits(same_answers=0.0, points_lost=100.0))
    quantize.fold(fp32, place / "folded.onnx")
    return layer_errors(place / "folded.onnx", place / "int8.onnx", [photos.sampling])


def answers(file: Path, rows: NDArray[np.uint8]) -> NDArray[np.float64]:
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    (found,) = session.run(["probabilities"], {"image": rows})
    return np.asarray(found, np.float64)


def make_channels_quiet(fp32: Path, place: Path) -> tuple[Path, str]:
    """Make all channels but one of a convolution a thousandth, and the next undo it: 8 bits lose them."""
    quantize.fold(fp32, place / "whole.onnx")  # where every convolution has its bias
    model = onnx.load(place / "whole.onnx")
    first, second = (node for node in model.graph.node if node.name in quantize.convolutions(model)[:2])
    constants = {tensor.name: tensor for tensor in model.graph.initializer}
    scale = np.full(onnx.numpy_helper.to_array(constants[first.input[1]]).shape[0], 1e-3, np.float32)
    scale[0] = 1.0
    multiply(constants[first.input[1]], scale[:, None, None, None])
    multiply(constants[first.input[2]], scale)
    weights = constants[second.input[1]]
    depthwise = weights.dims[1] == 1
    undone = 1 / scale
    multiply(weights, undone[:, None, None, None] if depthwise else undone[None, :, None, None])
    onnx.save(model, place / "quiet.onnx")
    return place / "quiet.onnx", first.name


def multiply(tensor: Any, factor: NDArray[np.float32]) -> None:
    values = onnx.numpy_helper.to_array(tensor) * factor
    tensor.CopyFrom(onnx.numpy_helper.from_array(values.astype(np.float32), tensor.name))
