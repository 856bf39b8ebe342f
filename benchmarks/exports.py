"""What exporting cost, on real weights and labelled photos: what stands in bundles, and the time here.

    whatsit train … ; whatsit export RUN --onnx --int8 --fp16 --out exports --name cats-dogs-densenet169
    python benchmarks/exports.py exports

The checks and measurements are those that each export recorded, on photos of tune and calibrate. Time is
measured here, all variants of a bundle in turns, at batch 16.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import record

from exporter import quantize
from exporter.structure_checks import OnnxModel
from exporter.value_checks import seconds_per_photo
from whatsit import bundle as bundles
from whatsit import golden

if TYPE_CHECKING:
    from whatsit.bundle import Bundle
    from whatsit.manifest import VariantName

OUT = Path(__file__).parent / "results" / "exports.json"
TOLD = (
    "same answers",
    "accuracy lost",
    "log loss lost",
    "values of probabilities",
    "ranges",
    "left in float",
)


def main() -> int:
    """Write the table of all bundles in a folder."""
    given = _arguments()
    there = sorted(one for one in given.bundles.iterdir() if not one.name.startswith("."))
    found = {one.name: _of_bundle(bundles.read(one)) for one in there}
    record.write(given.out, bundles=found)
    print(json.dumps(found, indent=1))
    return 0


def _of_bundle(bundle: Bundle) -> dict[str, Any]:
    pixels = np.stack([one.pixels for one in golden.read(bundle)])
    models = {
        name: OnnxModel(bundle.model_file(name), ["probabilities"]) for name in bundle.manifest.variants
    }
    turns = [
        {name: seconds_per_photo(one.outputs_of, pixels) for name, one in models.items()} for _ in range(3)
    ]
    return {
        name: {
            **_told(bundle, name),
            "megabytes": round(bundle.manifest.variants[name].bytes / 1e6, 2),
            "backbone_megabytes": round(_backbone(bundle.model_file(name)) / 1e6, 2),
            "ms_a_photo": round(1000 * min(turn[name] for turn in turns), 2),
        }
        for name in models
    }


def _told(bundle: Bundle, variant: VariantName) -> dict[str, str]:
    every = (*bundle.manifest.checks, *bundle.manifest.measurements)
    return {one.name: one.measured for one in every if one.variant == variant and one.name in TOLD}


def _backbone(file: Path) -> int:
    """Return the bytes of all constants that lead to `features`."""
    model = onnx.load(file)
    names = quantize.before_head(model)
    used = {tensor for node in model.graph.node if node.name in names for tensor in node.input}
    return sum(one.ByteSize() for one in model.graph.initializer if one.name in used)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("bundles", type=Path, help="a folder of bundles")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
