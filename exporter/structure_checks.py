"""Checks that need no labels: the file is valid, loads, has its names and shapes, and looks at its input."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import onnx
import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as _state

from exporter import privacy, saturation
from exporter.tidy import BATCH

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from exporter.outputs import Arrays
    from whatsit.manifest import InputSpec, Output

    Pixels = NDArray[np.uint8] | NDArray[np.float32]

BATCHES: Final = (1, 3, 64)
_ERRORS: Final[tuple[type[Exception], ...]] = (
    _state.Fail, _state.InvalidArgument, _state.InvalidGraph, _state.InvalidProtobuf, _state.NoSuchFile,
    _state.NotImplemented, _state.RuntimeException, RuntimeError, ValueError,
)  # fmt: skip
_SAME: Final = 1e-6
_NOTHING: Final = onnx.TensorProto()


class OnnxModel:
    """An exported file on onnxruntime's processor kernels; `names` are the outputs wanted."""

    def __init__(self, file: Path, names: Sequence[str]) -> None:
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 4  # what goes wrong is raised, and said by the check
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # as the app runs it
        self.names = list(names)
        self.session = onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        self.takes = self.session.get_inputs()[0].name

    def outputs_of(self, pixels: Pixels) -> Arrays:
        """Return the wanted outputs, float32, for pixels [N,H,W,3], or as the file's own layout has them."""
        return dict(zip(self.names, self.session.run(self.names, {self.takes: pixels}), strict=True))


def check_file(checks: Checks, file: Path, private: Sequence[str] = ()) -> None:
    """Check that the file is valid ONNX, whole in itself, without BatchNormalization and `private` words."""
    try:
        onnx.checker.check_model(str(file), full_check=True)
        said = ""
    except (onnx.checker.ValidationError, onnx.shape_inference.InferenceError, ValueError) as error:
        said = str(error).strip().splitlines()[0]
    checks.require("file valid", not said, said or "onnx.checker accepts it", advice=_VERSIONS)
    model = onnx.load(file, load_external_data=False)
    left = sum(node.op_type == "BatchNormalization" for node in model.graph.node)
    outside = sum(tensor.data_location == onnx.TensorProto.EXTERNAL for tensor in model.graph.initializer)
    found = privacy.found_in(model, private)
    checks.require(
        "file clean",
        not (left or outside or found),
        f"{len(model.graph.node)} nodes, {left} BatchNormalization, {outside} tensors elsewhere, "
        f"{len(found)} paths or user names" + (f": {found[0]}" if found else ""),
        limit="0 of each but nodes",
        advice="Name layers, title and licence without them; report this file if they are none of yours.",
    )


def check_weights(checks: Checks, file: Path) -> None:
    """Check that every 8-bit weight has a scale for each channel, and that no processor cuts its sums off.

    One scale for all ruins depthwise weights; what is cut off `saturation` says.
    """
    model = onnx.load(file)
    constants = {tensor.name: tensor for tensor in model.graph.initializer}
    weights = [
        (constants[node.input[0]], constants[node.input[1]])
        for node in model.graph.node
        if node.op_type == "DequantizeLinear" and len(constants.get(node.input[0], _NOTHING).dims) > 1
    ]
    _check_scales(checks, weights)
    most = saturation.most_together(model)
    checks.require(
        "saturation",
        most <= saturation.MOST,
        f"neighbouring weights have {most} together",
        limit=f"at most {saturation.MOST}: the same products on every processor",
        advice=_VERSIONS,
    )


def _check_scales(checks: Checks, weights: Sequence[tuple[Any, Any]]) -> None:
    wrong = [weight.name for weight, scale in weights if list(scale.dims) != [weight.dims[0]]]
    checks.require(
        "scales",
        bool(weights) and not wrong,
        f"{len(weights) - len(wrong)} of {len(weights)} weights have one for each channel",
        limit="every weight",
        advice=_VERSIONS,
    )


def check_loads(checks: Checks, file: Path, outputs: Sequence[Output], spec: InputSpec) -> OnnxModel:
    """Return the file loaded, after checking its names, types and dimensions against the contract."""
    takes = end(spec.name, "tensor(uint8)", (spec.height, spec.width, 3))
    return check_loads_taking(takes, checks, file, outputs)


def check_loads_taking(takes: str, checks: Checks, file: Path, outputs: Sequence[Output]) -> OnnxModel:
    """Return the file loaded, after the same checks of a file whose input is `takes`, as `end` tells it."""
    try:
        model = OnnxModel(file, [output.name for output in outputs])
    except _ERRORS as error:
        checks.require("loads", passed=False, measured=str(error).strip().splitlines()[0], advice=_VERSIONS)
        raise AssertionError from error  # require has raised
    checks.require("loads", passed=True, measured=f"onnxruntime {onnxruntime.__version__}")
    given = [f"{one.name} {one.type} {one.shape}" for one in _ends(model.session)]
    expected = [takes, *(end(output.name, "tensor(float)", output.shape[1:]) for output in outputs)]
    pairs = itertools.zip_longest(given, expected, fillvalue="nothing")
    wrong = [f"{here}, not {there}" for here, there in pairs if here != there]
    checks.require(
        "names",
        not wrong,
        "; ".join(wrong) or ", ".join(one.name for one in _ends(model.session)),
        limit="the contract's names, types and dimensions",
        advice="The converted file is not what the model says it gives: report this.",
    )
    return model


def check_shapes(checks: Checks, model: OnnxModel, outputs: Sequence[Output], pixels: Pixels) -> None:
    """Check the shape of every output at several batch sizes; `pixels` [N,…] are repeated as needed."""
    wrong = [said for count in BATCHES for said in _wrong_shapes(model, outputs, pixels, count)]
    checks.require(
        "shapes",
        not wrong,
        wrong[0] if wrong else f"right at batch {', '.join(map(str, BATCHES))}",
        advice="The number of photos must stay free: no reshape to a fixed batch in the network.",
    )


def _wrong_shapes(model: OnnxModel, outputs: Sequence[Output], pixels: Pixels, count: int) -> list[str]:
    try:
        given = model.outputs_of(np.resize(pixels, (count, *pixels.shape[1:])))
    except _ERRORS as error:
        return [f"batch {count}: {str(error).strip().splitlines()[0]}"]
    expected = {output.name: (count, *output.shape[1:]) for output in outputs}
    return [
        f"batch {count}: {name} is {values.shape}, not {expected[name]}"
        for name, values in given.items()
        if values.shape != expected[name]
    ]


def varying(outputs: Arrays, least: float = _SAME) -> set[str]:
    """Return the names of outputs that differ between photos, by more than a part of their largest value."""
    return {
        name
        for name, values in outputs.items()
        if np.ptp(values, axis=0).max() > least * np.abs(values).max()
    }


def check_varies(checks: Checks, outputs: Arrays, expected: Collection[str]) -> None:
    """Check that every output is finite, and that those expected to differ between photos do.

    A cut graph gives the same for all. A backbone that weighs nothing has a map of nothing, in Keras too.
    """
    still = set(expected) - varying(outputs)
    wrong = [f"{name} is not finite" for name, values in outputs.items() if not np.isfinite(values).all()]
    wrong = wrong or [f"{name} is the same for every photo" for name in outputs if name in still]
    checks.require(
        "outputs vary",
        not wrong,
        "; ".join(wrong) or f"over {len(next(iter(outputs.values())))} photos",
        advice="The file ignores its input, or overflows: train the run again, or export without int8.",
    )


_VERSIONS: Final = "Install the versions that pyproject.toml names, then export again."


def _ends(session: Any) -> list[Any]:
    return [*session.get_inputs(), *session.get_outputs()]


def end(name: str, kind: str, shape: tuple[int, ...]) -> str:
    """Return an input or output as it is told: its name, its type, its shape with a free batch."""
    return f"{name} {kind} {[BATCH, *shape]}"
