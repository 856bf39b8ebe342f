"""Exports killed (SIGKILL) at random moments: what was there stays whole, and the next export tidies up.

    make campaign        (KILLS=40)

The moments lie anywhere, while files are written, and while the new folder takes the old one's place. After
each kill the bundle must be the one that was there before or the new one, whole, every file with its
hash, and nothing else may be seen in its folder. One more export, not killed, must leave nothing hidden.
"""

from __future__ import annotations

import argparse
import contextlib
import os
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
MOMENTS = ("anywhere", "writing", "replacing")
_REPLACING = 0.03  # seconds from the manifest's appearing, the last file of all, to the end of the renaming


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
    whole, writing = _lengths(run, shelf)
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    counts = {f"{moment}: {left}": 0 for moment in MOMENTS for left in ("old", "new", "hidden")}
    broken: list[str] = []
    before = "0"
    for number in range(1, kills + 1):
        moment = MOMENTS[number % len(MOMENTS)]
        most = {"anywhere": whole, "writing": writing, "replacing": _REPLACING}[moment]
        _killed(_export(run, shelf, str(number)), _sign(shelf, moment), chance.uniform(0, 1.05) * most)
        version, wrong = _state(shelf)
        broken += [f"kill {number}: {one}" for one in wrong]
        if version not in (before, str(number)):
            broken.append(f"kill {number}: version {version}, not {before} or {number}")
        counts[f"{moment}: {'old' if version == before else 'new'}"] += 1
        counts[f"{moment}: hidden"] += any(path.name.startswith(".") for path in shelf.iterdir())
        before = version
    ended = _export(run, shelf, "last").wait()
    if ended or [path.name for path in shelf.iterdir()] != [NAME] or _state(shelf) != ("last", []):
        left = [path.name for path in shelf.iterdir()]
        broken.append(f"the last export ended with {ended} and left {left}")
    # TensorFlow leaves files of its own there.
    ours = [path for path in (place / "temporary").iterdir() if path.name.startswith(("tmp", "whatsit"))]
    broken += [f"left for ever: {path.name}" for path in ours]
    lengths = {"seconds_of_an_export": round(whole, 1), "seconds_of_writing": round(writing, 1)}
    return {"kills": kills, "seed": seed, **lengths, **counts, "broken": broken}


def _lengths(run: Run, shelf: Path) -> tuple[float, float]:
    """Make the first bundle; return how long that took, and how long from its folder's appearing on."""
    began = time.monotonic()
    process = _export(run, shelf, "0")
    _wait_for(process, shelf / f".{NAME}.new", 0.0)
    appeared = time.monotonic()
    process.wait()
    ended = time.monotonic()
    return ended - began, ended - appeared


def _export(run: Run, shelf: Path, version: str) -> subprocess.Popen[bytes]:
    asked = [str(run.folder), "--onnx", "--int8", f"--out={shelf}", f"--version={version}", "--limit=8"]
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "whatsit", "export", *asked]
    temporary = shelf.parent / "temporary"
    temporary.mkdir(exist_ok=True)
    surroundings = os.environ | {"TMPDIR": str(temporary)}
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=quiet, stderr=quiet)


def _sign(shelf: Path, moment: str) -> Path | None:
    """Return what appears when that moment begins; None where it begins at once."""
    new = shelf / f".{NAME}.new"
    return {"anywhere": None, "writing": new, "replacing": new / bundles.MANIFEST}[moment]


def _wait_for(process: subprocess.Popen[bytes], sign: Path, since: float) -> None:
    """Wait until a file or folder is there that was not before: a kill may have left one of that name."""
    while process.poll() is None:
        with contextlib.suppress(FileNotFoundError):
            if sign.stat().st_mtime >= since:
                return
        time.sleep(0.001)


def _killed(process: subprocess.Popen[bytes], sign: Path | None, seconds: float) -> None:
    if sign is not None:
        _wait_for(process, sign, time.time())
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
