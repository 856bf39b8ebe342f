"""How soon the command answers: its version, its help, and what one photo shows, from start to end.

    python benchmarks/command.py PHOTO [--times 15] [--model cats-dogs] [--out FILE]

Each is a process of its own, all by turns; seconds, the median with the least and the most. What they are
beside is Python doing nothing, and Python importing onnxruntime and Pillow, which no answer can do without.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import record

HERE = Path(__file__).parent
OUT = HERE / "results" / "command.json"
WHATSIT = ("-m", "whatsit")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def main() -> None:
    """Run all of them by turns, and write the medians."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    ways = {
        "python": ("-c", ""),
        "version": (*WHATSIT, "--version"),
        "help": (*WHATSIT, "--help"),
        "imports": ("-c", "import onnxruntime, PIL.Image"),
        "one photo": (*WHATSIT, "classify", str(given.photo.resolve()), "--model", given.model),
    }
    turns = [{name: _seconds(words) for name, words in ways.items()} for _ in range(given.times)]
    measured = {
        "times": given.times,
        "seconds": {name: _spread([turn[name] for turn in turns]) for name in ways},
        "version_over_python": _spread([turn["version"] - turn["python"] for turn in turns]),
        "one_photo_of_imports": _spread([turn["one photo"] / turn["imports"] for turn in turns]),
    }
    versions = {name: metadata.version(name) for name in ("onnxruntime-gpu", "pillow", "numpy", "pydantic")}
    record.write(given.out, load_before=load, python=sys.version.split()[0], versions=versions, **measured)
    print(json.dumps(measured))


def _seconds(words: tuple[str, ...]) -> float:
    settings = os.environ | {"PYTHONPATH": str(HERE.parent)}
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], env=settings, **QUIET, check=True)
    return time.perf_counter() - began


def _spread(values: list[float]) -> dict[str, float]:
    named = {"median": statistics.median(values), "least": min(values), "most": max(values)}
    return {name: round(value, 3) for name, value in named.items()}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("photo", type=Path, help="a photo to ask about")
    parser.add_argument("--times", type=int, default=15, help="how many turns")
    parser.add_argument("--model", default="cats-dogs", help="the model's name or folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
