"""The tiny bundle with six labels, five of them alike: unsure of some photos in each way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import numpy_helper

from tests.helpers import tiny_bundle
from whatsit import bundle as bundles
from whatsit import files
from whatsit.manifest import Decision, Label, OperatingPoint, ShortList

if TYPE_CHECKING:
    from pathlib import Path

LABELS = {
    "scarlet": "warm", "ruby": "warm", "rose": "warm", "coral": "warm", "brick": "warm", "ice": "cold",
}  # fmt: skip
WEIGHTS = np.array([[10] * 5 + [-10], [0] * 6, [-10] * 5 + [10]], np.float32)
COLOURS = {
    "sure.png": (20, 60, 200),  # ice
    "list.png": (100, 100, 131),  # ice has 0.7
    "group.png": (220, 30, 40),  # five of the warm ones are too many for a list
    "neither.png": (128, 128, 128),
    "unknown.png": (0, 250, 3),
}
DECISION = Decision(
    threshold=0.8,
    photos=400,
    points=tuple(
        OperatingPoint(threshold=threshold, wrong_at_most=0.01, set_aside=0.03) for threshold in (0.8, 0.9)
    ),
    short_list=ShortList(minimum=0.1, coverage=0.95),
    group_threshold=0.9,
)


def make(folder: Path, name: str = "six") -> bundles.Bundle:
    """Write the bundle into `folder` and return it."""
    manifest = tiny_bundle.make(folder, name).manifest
    for variant in manifest.variants.values():
        onnx.save(_model(), folder / variant.file)
    tiny_bundle.write_golden(folder, WEIGHTS)
    (folder / "labels.txt").write_text("\n".join(LABELS) + "\n", encoding="utf-8")
    update = {
        "labels": tuple(
            Label(id=place, name=label, group=group) for place, (label, group) in enumerate(LABELS.items())
        ),
        "outputs": tuple(
            one.model_copy(update={"shape": (*one.shape[:-1], 6)}) if one.shape[-1] == 2 else one
            for one in manifest.outputs
        ),
        "variants": {
            variant: one.model_copy(
                update={
                    "decision": DECISION,
                    "sha256": files.sha256(folder / one.file),
                    "bytes": (folder / one.file).stat().st_size,
                }
            )
            for variant, one in manifest.variants.items()
        },
    }
    return bundles.write(folder, manifest.model_copy(update=update))


def _model() -> onnx.ModelProto:
    """Return the tiny bundle's graph with these weights."""
    model = tiny_bundle.model()
    place = [one.name for one in model.graph.initializer].index("weights")
    model.graph.initializer[place].CopyFrom(numpy_helper.from_array(WEIGHTS, "weights"))
    for output in model.graph.output:
        last = output.type.tensor_type.shape.dim[-1]
        last.dim_value = 6 if last.dim_value == 2 else last.dim_value
    onnx.checker.check_model(model, full_check=True)
    return model
