"""Exports killed (SIGKILL) at random moments: what was there stays whole, and the next export tidies up.

    make campaign        (KILLS=40)

After each kill the bundle must be the one that was there before or the new one, whole, every file with its
hash, and nothing else may be seen in its folder. One more export, not killed, must leave nothing hidden.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import record  # noqa: E402 - it lies beside the benchmarks

from tests.helpers import tiny_run  # noqa: E402
from whatsit import bundle as bundles  # noqa: E402
from whatsit.errors import BundleError  # noqa: E402

if TYPE_CHECKING:
    from whatsit.run import Run

OUT = Path(__file__).parent / "results" / "killed_exports.json"
NAME = "warm-cold"


def main() -> int:
    """Kill so many exports, write what was found, and return 1 where anything was not whole."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as place:
        found = campaign(Path(place), given.kills, given.seed)
    record.write(given.out, **found)
    print(found)
    return int(bool(found["broken"]))


def campaign(place: Path, kills: int, seed: int) -> dict[str, object]:
    """Return how many of `kills` exports left the old bundle, the new one, something hidden; what broke."""
    run, shelf = tiny_run.make(place), place / "shelf"
    began = time.monotonic()
    _export(run, shelf, "0").wait()
    length = time.monotonic() - began
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    counts = {"old": 0, "new": 0, "hidden": 0}
    broken: list[str] = []
    before = "0"
    for number in range(1, kills + 1):
        _killed(_export(run, shelf, str(number)), chance.uniform(0.2, 1.05) * length)
        version, wrong = _state(shelf)
        broken += [f"kill {number}: {one}" for one in wrong]
        if version not in (before, str(number)):
            broken.append(f"kill {number}: version {version}, not {before} or {number}")
        counts["old" if version == before else "new"] += 1
        counts["hidden"] += any(path.name.startswith(".") for path in shelf.iterdir())
        before = version
    ended = _export(run, shelf, "last").wait()
    if ended or [path.name for path in shelf.iterdir()] != [NAME] or _state(shelf) != ("last", []):
        broken.append(
            f"the last export ended with {ended} and left {[path.name for path in shelf.iterdir()]}"
        )
    return {
        "kills": kills,
        "seed": seed,
        "seconds_of_an_export": round(length, 1),
        **counts,
        "broken": broken,
    }


def _export(run: Run, shelf: Path, version: str) -> subprocess.Popen[bytes]:
    asked = [str(run.folder), "--onnx", "--int8", f"--out={shelf}", f"--version={version}", "--limit=8"]
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "whatsit", "export", *asked]
    return subprocess.Popen(command, cwd=ROOT, stdout=quiet, stderr=quiet)


def _killed(process: subprocess.Popen[bytes], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _state(shelf: Path) -> tuple[str, list[str]]:
    """Return the version of the bundle that is there, and what is wrong with it."""
    seen = [path.name for path in shelf.iterdir() if not path.name.startswith(".")]
    wrong = [] if seen == [NAME] else [f"the folder shows {seen}"]
    try:
        bundle = bundles.read(shelf / NAME)
        for variant in bundle.manifest.variants:
            bundle.model_file(variant)
    except BundleError as error:
        return "", [*wrong, str(error)]
    return bundle.manifest.version, wrong


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=40, help="how many exports")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write what was found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
