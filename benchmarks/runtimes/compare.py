"""The same bundle and the same pixels through other runtimes: how far their answers are apart.

    make runtimes [MODEL=models/cats-dogs] [PHOTOS=folder]

Every runtime has a process of its own and runs in float32 where it can be told. They are held against
onnxruntime in Python, which the bundle was proven with. Transformers.js runs the second graph, of
`export --layout transformers`: once on the same pixels, once on the photos, which it resizes in its own way.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from exporter import transformers_layout
from exporter.checks import Checks
from whatsit import bundle as bundles
from whatsit import photos, preprocess

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import record  # noqa: E402 - it lies beside the other benchmarks

if TYPE_CHECKING:
    from whatsit.manifest import Manifest

PIPELINE = ["node", str(HERE / "pipeline.mjs")]
DTYPES = {"fp32": "fp32", "int8": "q8"}  # as Transformers.js calls them
FEW = 16
APART, CHANGED = 1e-4, 0.01  # of fp32 probabilities; of int8 answers
OWN_RESIZE = "transformers.js, its own resize"
OUT = HERE.parent / "results" / "runtimes.json"
REFERENCE = "onnxruntime"
RUNTIMES = {
    **{name: [sys.executable, str(HERE / "engines.py"), name] for name in (REFERENCE, "openvino", "opencv")},
    **{name: ["node", str(HERE / "engines.mjs"), name] for name in ("onnxruntime-node", "onnxruntime-web")},
}


def main() -> int:
    """Run every variant through every runtime, write the table, return 1 where answers differ too much."""
    given = _arguments()
    bundle = bundles.read(given.model)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        count = _save(place, given.photos, bundle.manifest)
        layout = _layout(bundle, place)
        found = {
            variant: _variant(bundle.model_file(variant), layout, DTYPES.get(variant), place)
            for variant in bundle.manifest.variants
        }
    record.write(given.out, bundle=bundle.sha256, photos=count, variants=found)
    print(json.dumps(found, indent=1))
    wrong = [
        f"{runtime}, {variant}"
        for variant, runtimes in found.items()
        for runtime, one in runtimes.items()
        if runtime != OWN_RESIZE and not _holds(variant, one, count)
    ]
    print(f"these do not hold: {'; '.join(wrong)}" if wrong else "all hold")
    return int(bool(wrong))


def _holds(variant: str, found: dict[str, Any], count: int) -> bool:
    """Return whether a runtime gives the proven answers: fp32 to 1e-4, of int8 all but one in a hundred."""
    if "error" in found:
        return False
    if variant == "fp32":
        return not found["changed_answers"] and found["largest_difference"]["probabilities"] <= APART
    return bool(found["changed_answers"] <= CHANGED * count)


def _save(place: Path, folder: Path, manifest: Manifest) -> int:
    """Write the labels, the paths of a folder's photos and their pixels; return how many photos there are."""
    paths = [photo.path.absolute() for photo in photos.scan([folder]) if photo.settled is None]
    (place / "labels.json").write_text(json.dumps([label.name for label in manifest.labels]))
    (place / "photos.json").write_text(json.dumps([str(path) for path in paths]))
    np.save(place / "pixels.npy", np.stack([preprocess.pixels(path, manifest.input) for path in paths]))
    return len(paths)


def _layout(bundle: bundles.Bundle, place: Path) -> Path:
    """Return the bundle's second layout: its own, or one made of its files."""
    own = bundle.folder / transformers_layout.FOLDER
    if own.is_dir():
        return own
    for variant in bundle.manifest.variants:
        shutil.copy(bundle.model_file(variant), place)
    pixels = np.load(place / "pixels.npy")[:FEW]
    transformers_layout.write(place, bundle.manifest.labels, bundle.manifest.input, Checks(), pixels)
    return place / transformers_layout.FOLDER


def _variant(model: Path, layout: Path, dtype: str | None, place: Path) -> dict[str, dict[str, object]]:
    pixels = str(place / "pixels.npy")
    commands = {name: [*command, str(model), pixels] for name, command in RUNTIMES.items()}
    if dtype is not None:
        pipeline = [*PIPELINE, str(layout), dtype, str(place / "labels.json")]
        commands["transformers.js"] = [*pipeline, pixels]
        commands[OWN_RESIZE] = [*pipeline, str(place / "photos.json")]
    given = {name: _run(command, place / name) for name, command in commands.items()}
    reference = given.pop(REFERENCE)
    if isinstance(reference, str):
        raise SystemExit(f"{REFERENCE}: {reference}")
    return {
        name: {"error": outputs} if isinstance(outputs, str) else _apart(outputs, reference)
        for name, outputs in given.items()
    }


def _run(command: list[str], into: Path) -> dict[str, np.ndarray] | str:
    """Return a runtime's outputs, or what it says when it cannot."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir()
    ended = subprocess.run([*command, str(into)], capture_output=True, text=True, check=False)
    if ended.returncode:
        return next((line for line in reversed(ended.stderr.splitlines()) if "rror" in line), "it ended")
    return {file.stem: np.load(file) for file in into.glob("*.npy")}


def _apart(outputs: dict[str, np.ndarray], reference: dict[str, np.ndarray]) -> dict[str, object]:
    """Return the largest differences, of all but probabilities as a part of the largest value."""
    answers, right = outputs["probabilities"].argmax(axis=1), reference["probabilities"].argmax(axis=1)
    differences = {name: float(np.abs(values - reference[name]).max()) for name, values in outputs.items()}
    scale = {name: float(np.abs(values).max()) for name, values in reference.items()} | {"probabilities": 1}
    return {
        "largest_difference": {name: value / scale[name] for name, value in differences.items()},
        "changed_answers": int((answers != right).sum()),
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("model", type=Path, help="the bundle's folder")
    parser.add_argument("photos", type=Path, help="a folder of photos")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the table")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
