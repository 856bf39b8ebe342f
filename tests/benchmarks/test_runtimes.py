"""The comparison of runtimes has an environment of its own: what it imports has to be installed there."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from whatsit import bundle as bundles

ROOT = Path(__file__).parents[2]
LOADED = """
import sys
before = set(sys.modules)
import compare, engines
print(*{name.partition(".")[0] for name in set(sys.modules) - before})
"""
ITS_OWN = {"whatsit"}
TOLD = {
    "openvino": "OpenVINO",
    "opencv": "OpenCV",
    "onnxruntime-web": "onnxruntime-web",
    "transformers.js, its own resize": "Transformers.js, its own resize",
}


def test_what_the_comparison_imports_is_locked_for_it() -> None:
    rows = (ROOT / "setup" / "runtimes.lock").read_text(encoding="utf-8").splitlines()
    locked = {re.split(r"[=\s;]", row)[0] for row in rows if re.match(r"[a-z0-9]", row)}
    wanted = {_plain(name) for name in _imported()} - ITS_OWN
    assert {"numpy", "onnx", "pydantic"} <= wanted
    # Here onnxruntime is the one with CUDA; the two are told apart by name alone.
    assert {name.removesuffix("-gpu") for name in wanted} <= locked


def test_what_is_told_of_other_runtimes_is_what_was_measured() -> None:
    found = json.loads((ROOT / "benchmarks" / "results" / "runtimes.json").read_text(encoding="utf-8"))
    assert found["bundle"] == bundles.read(ROOT / "models" / "cats-dogs").sha256
    fp32, int8 = (found["variants"][name] for name in ("fp32", "int8"))
    table = (ROOT / "exporter" / "README.md").read_text(encoding="utf-8")
    for runtime, called in TOLD.items():
        row = next(row for row in table.splitlines() if row.startswith(f"| {called}"))
        apart = int8[runtime]["largest_difference"]["probabilities"]
        changed = int8[runtime]["changed_answers"]
        assert row.endswith(f"| {apart:.3f}, {changed} |"), row
    own = fp32["transformers.js, its own resize"]["largest_difference"]["probabilities"]
    assert f"by up to {own:.3f} " in (ROOT / "models" / "README.md").read_text(encoding="utf-8")


def _imported() -> set[str]:
    """Return the distributions of every module that is loaded with the comparison."""
    places = f"{ROOT}:{ROOT / 'benchmarks' / 'runtimes'}"
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, env={"PYTHONPATH": places}, capture_output=True, text=True, check=True)
    of = metadata.packages_distributions()
    return {name for module in done.stdout.split() for name in of.get(module, ())}


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
