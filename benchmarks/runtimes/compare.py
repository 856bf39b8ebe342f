"""The same bundle and the same pixels through other runtimes: how far their answers are apart.

    make runtimes [MODEL=models/cats-dogs] [PHOTOS=folder]

Every runtime has a process of its own and runs in float32 where it can be told. They are held against
onnxruntime in Python, which the bundle was proven with.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from whatsit import bundle as bundles
from whatsit import photos, preprocess

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

import record  # noqa: E402 - it lies beside the other benchmarks

OUT = HERE.parent / "results" / "runtimes.json"
REFERENCE = "onnxruntime"
RUNTIMES = {
    **{name: [sys.executable, str(HERE / "engines.py"), name] for name in (REFERENCE, "openvino", "opencv")},
    **{name: ["node", str(HERE / "engines.mjs"), name] for name in ("onnxruntime-node", "onnxruntime-web")},
}


def main() -> int:
    """Run every variant through every runtime, write the table, and return 1 where float32 answers differ."""
    given = _arguments()
    bundle = bundles.read(given.model)
    with tempfile.TemporaryDirectory() as place:
        pixels = Path(place) / "pixels.npy"
        count = _save(pixels, given.photos, bundle.manifest.input)
        found = {
            name: _variant(bundle.model_file(name), pixels, Path(place)) for name in bundle.manifest.variants
        }
    record.write(given.out, model=bundle.manifest.name, photos=count, variants=found)
    print(json.dumps(found, indent=1))
    return int(any("error" in one or one["changed_answers"] for one in found["fp32"].values()))


def _save(file: Path, folder: Path, spec: bundles.InputSpec) -> int:
    """Write the pixels of a folder's photos, and return how many there are."""
    paths = [photo.path for photo in photos.scan([folder]) if photo.settled is None]
    np.save(file, np.stack([preprocess.pixels(path, spec) for path in paths]))
    return len(paths)


def _variant(model: Path, pixels: Path, place: Path) -> dict[str, dict[str, object]]:
    given = {name: _run(command, model, pixels, place / name) for name, command in RUNTIMES.items()}
    reference = given.pop(REFERENCE)
    if isinstance(reference, str):
        raise SystemExit(f"{REFERENCE}: {reference}")
    return {
        name: {"error": outputs} if isinstance(outputs, str) else _apart(outputs, reference)
        for name, outputs in given.items()
    }


def _run(command: list[str], model: Path, pixels: Path, into: Path) -> dict[str, np.ndarray] | str:
    """Return a runtime's outputs, or what it says when it cannot."""
    into.mkdir(exist_ok=True)
    asked = [*command, str(model), str(pixels), str(into)]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False)
    if ended.returncode:
        return next((line for line in reversed(ended.stderr.splitlines()) if "rror" in line), "it ended")
    return {file.stem: np.load(file) for file in into.glob("*.npy")}


def _apart(outputs: dict[str, np.ndarray], reference: dict[str, np.ndarray]) -> dict[str, object]:
    """Return the largest differences, of all but probabilities as a part of the largest value."""
    answers, right = outputs["probabilities"].argmax(axis=1), reference["probabilities"].argmax(axis=1)
    differences = {name: float(np.abs(outputs[name] - values).max()) for name, values in reference.items()}
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
