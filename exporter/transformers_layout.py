"""A bundle's second graph, as Transformers, Transformers.js and Optimum have it: pixel_values to logits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import onnx

from exporter import package, tidy
from exporter import structure_checks as structure
from whatsit.errors import CheckError
from whatsit.manifest import Output

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from exporter.checks import Checks
    from whatsit.manifest import InputSpec, Label, VariantName

Layout = Literal["whatsit", "transformers"]
FOLDER: Final = package.TRANSFORMERS
# Transformers.js finds a file by these names: dtype fp32, and q8, which it takes in a browser unless told.
FILES: Final[dict[VariantName, str]] = {"fp32": "model.onnx", "int8": "model_quantized.onnx"}
INPUT: Final = "pixel_values"
OUTPUT: Final = "logits"
VALUES: Final = 1e-4
_MODEL_TYPE: Final = "resnet"
_LEAST: Final = 1e-30  # whose logarithm is still a number
_ADVICE: Final = "The second graph must answer as the first: report this; export without --layout meanwhile."


def write(
    folder: Path, labels: Sequence[Label], spec: InputSpec, checks: Checks, pixels: NDArray[np.uint8]
) -> None:
    """Write `transformers/` into a bundle's folder, from the proven fp32 and int8 files that lie there.

    Each graph takes `pixel_values`, float32 [batch,3,H,W] of 0 to 1, and gives `logits`, float32 [batch,C],
    whose softmax are the calibrated probabilities. `checks` collects what was checked, on `pixels` [N,H,W,3].
    Raises CheckError with the first check that fails.
    """
    place = folder / FOLDER
    (place / "onnx").mkdir(parents=True)
    package.write_json(place / "config.json", _config(labels, spec))
    package.write_json(place / "preprocessor_config.json", _preprocessing(spec))
    for name, file in FILES.items():
        proven = folder / package.FILES[name]
        if proven.is_file():
            onnx.save(to_logits(onnx.load(proven), spec), place / "onnx" / file)
            own = replace(checks, variant=name, layout=FOLDER)
            _check(own, place / "onnx" / file, proven, (spec, len(labels)), pixels)


def to_logits(model: Any, spec: InputSpec) -> Any:
    """Return the model with `pixel_values` for its input and `logits` for its only output.

    Raises CheckError when the graph gives no probabilities.
    """
    graph = model.graph
    tidy.rename(model, {name: f"{name}__inner" for name in (INPUT, OUTPUT)})
    nodes = [*_pixels_again(graph.input[0].name), *graph.node, *_logits(graph)]
    kept = _needed(nodes, OUTPUT)
    shapes = {INPUT: [tidy.BATCH, 3, spec.height, spec.width], OUTPUT: [tidy.BATCH, _classes(graph)]}
    ends = {
        name: onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, shape)
        for name, shape in shapes.items()
    }
    constants = [*graph.initializer, *_constants()]
    made = onnx.helper.make_graph(kept, graph.name, [ends[INPUT]], [ends[OUTPUT]], constants)
    whole = onnx.helper.make_model(made, opset_imports=model.opset_import, ir_version=model.ir_version)
    tidy.strip(whole, graph.name)
    tidy.share_initialisers(whole)
    facts = tidy.facts(model)
    tidy.describe(whole, facts | {"Image.NominalPixelRange": "Normalized_0_1"})
    return whole


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the probabilities [N,C] of logits [N,C]."""
    raised = np.exp(logits.astype(np.float64) - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def _pixels_again(image: str) -> list[Any]:
    """Return the nodes from `pixel_values` to whole numbers of 0 to 255, [batch,H,W,3].

    They stay float: the Cast to float that follows takes those as well. Rounded, they are to the bit what the
    first graph gets, and int8 rounds as it was proven to.
    """
    return [
        onnx.helper.make_node("Mul", [INPUT, "layout/white"], ["layout/scaled"]),
        onnx.helper.make_node("Round", ["layout/scaled"], ["layout/whole"]),
        onnx.helper.make_node("Transpose", ["layout/whole"], [image], perm=[0, 2, 3, 1]),
    ]


def _logits(graph: Any) -> list[Any]:
    """Return the nodes to `logits`: what the last softmax takes, or the logarithm of the probabilities."""
    last = next((node for node in graph.node if "probabilities" in node.output), None)
    if last is None:
        raise CheckError("the graph gives no probabilities.", hint=_ADVICE)
    if last.op_type == "Softmax":
        return [onnx.helper.make_node("Identity", [last.input[0]], [OUTPUT])]
    return [
        onnx.helper.make_node("Max", ["probabilities", "layout/least"], ["layout/positive"]),
        onnx.helper.make_node("Log", ["layout/positive"], [OUTPUT]),
    ]


def _constants() -> list[Any]:
    values = {"layout/white": np.float32(255), "layout/least": np.float32(_LEAST)}
    return [onnx.numpy_helper.from_array(np.asarray(value), name) for name, value in values.items()]


def _classes(graph: Any) -> int:
    given = next(value for value in graph.output if value.name == "probabilities")
    return int(given.type.tensor_type.shape.dim[1].dim_value)


def _needed(nodes: Sequence[Any], output: str) -> list[Any]:
    """Return those nodes that lead to `output`, in their order."""
    wanted, kept = {output}, []
    for node in reversed(nodes):
        if wanted & set(node.output):
            wanted |= set(node.input)
            kept.append(node)
    return kept[::-1]


def _check(
    checks: Checks, file: Path, proven: Path, size: tuple[InputSpec, int], pixels: NDArray[np.uint8]
) -> None:
    spec, classes = size
    logits = (Output(name=OUTPUT, shape=(-1, classes)),)
    takes = structure.end(INPUT, "tensor(float)", (3, spec.height, spec.width))
    structure.check_file(checks, file)
    model = structure.check_loads_taking(takes, checks, file, logits)
    values = as_pixel_values(pixels)
    structure.check_shapes(checks, model, logits, values)
    given = model.outputs_of(values)
    structure.check_varies(checks, given, given)
    first = structure.OnnxModel(proven, ["probabilities"]).outputs_of(pixels)["probabilities"]
    _check_values(checks, softmax(given[OUTPUT]), first)


def _check_values(checks: Checks, given: NDArray[np.float64], first: NDArray[np.float32]) -> None:
    apart = float(np.abs(given - first).max())
    measured = f"{apart:.2g} from the first graph"
    passed = apart <= VALUES  # false for NaN too
    checks.require("values of probabilities", passed, measured, limit=f"{VALUES:g}", advice=_ADVICE)
    same = int((given.argmax(axis=-1) == first.argmax(axis=-1)).sum())
    measured = f"{same:,} of {len(first):,}"
    checks.require("same answers", same == len(first), measured, limit="every photo", advice=_ADVICE)


def as_pixel_values(pixels: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Return pixels [N,H,W,3] as image processors give them: float32 [N,3,H,W] of 0 to 1."""
    return np.ascontiguousarray(pixels.transpose(0, 3, 1, 2).astype(np.float32) / np.float32(255))


def _config(labels: Sequence[Label], spec: InputSpec) -> dict[str, object]:
    return {
        # Both programs pick their class by this and look no further: the network is in the ONNX file.
        "model_type": _MODEL_TYPE,
        "architectures": ["ResNetForImageClassification"],
        **package.label_tables(labels),
        "image_size": [spec.height, spec.width],
        "num_channels": 3,
        # In a browser Transformers.js would take the quantised file, which may not be there.
        "transformers.js_config": {"dtype": "fp32"},
    }


def _preprocessing(spec: InputSpec) -> dict[str, object]:
    crop = spec.resize == "crop"
    return {
        "image_processor_type": "BitImageProcessor" if crop else "ViTImageProcessor",
        **package.resizing(spec),
        "do_rescale": True,
        "rescale_factor": 1 / 255,
        "do_normalize": False,
        # Said for programs that normalise without asking.
        "image_mean": [0.0, 0.0, 0.0],
        "image_std": [1.0, 1.0, 1.0],
    }
