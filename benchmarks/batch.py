"""Photos a second over whole folders: Whatsit, others with the same network, and the machine's limit.

    make peers
    python benchmarks/batch.py 500x375=FOLDER:2000 12MP=FOLDER:300 [--times 3] [--only SIDE ...] [--out FILE]

Each set is the first so many JPEGs below a folder, linked into a flat one; fewer are taken again and again.
Every run is a process of its own, all sides by turns; medians, with the least and the most. Seconds are from
the listing of the folder to the last answer, without loading library and model. Memory is the most that a
process and its children held together. The limit is what the cores can do where none of them ever waits:
decoding alone on all, then the network alone on all. The last line of the output, and the file, is JSON.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import record

from whatsit.graph import cores

HERE = Path(__file__).parent
OUT = HERE / "results" / "batch.json"
PEERS = HERE.parent / ".venv-peers" / "bin" / "python"
MODEL = HERE.parent / "models" / "age"
OURS = {
    "whatsit int8": ("whatsit", "int8"),
    "whatsit fp32": ("whatsit", "fp32"),
    "loop fp32": ("loop", "fp32"),
    "loop with threads fp32": ("pool", "fp32"),
    "decode": ("decode", "fp32"),
    "network int8": ("network", "int8"),
    "network fp32": ("network", "fp32"),
}
OTHERS = ("keras", "timm", "ultralytics", "transformers")
_EVERY_SECONDS = 0.1


def main() -> None:
    """Run every side on every set by turns, and write what came of it."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    found = {}
    for asked in given.sets:
        name, _, rest = asked.partition("=")
        folder, _, count = rest.rpartition(":")
        with tempfile.TemporaryDirectory(dir=given.scratch) as place:
            _link(Path(folder), Path(place), int(count))
            found[name] = _measured(Path(place), given)
        print(json.dumps({name: found[name]}, indent=1), file=sys.stderr, flush=True)
    versions = {"here": _versions(sys.executable), "peers": _versions(str(given.peers))}
    record.write(
        given.out, load_before=load, times=given.times, model=given.model.name, versions=versions, sets=found
    )
    print(json.dumps(found))


def _link(folder: Path, place: Path, count: int) -> None:
    photos = sorted(one for one in folder.rglob("*") if one.suffix.lower() in (".jpg", ".jpeg"))
    for number, photo in zip(range(count), itertools.cycle(photos), strict=False):
        (place / f"{number:07d}.jpg").symlink_to(photo.resolve())


def _measured(place: Path, given: argparse.Namespace) -> dict[str, object]:
    runs: dict[str, list[dict[str, float]]] = {}
    for _ in range(given.times):
        for side in given.only or (*OURS, *OTHERS):
            runs.setdefault(side, []).append(_run(_command(side, place, given)))
    sides = {side: _middle(some) for side, some in runs.items()}
    return {"photos": len(list(place.iterdir())), "sides": sides, **_compared(sides)}


def _command(side: str, place: Path, given: argparse.Namespace) -> list[str]:
    if side in OURS:
        return [sys.executable, str(HERE / "sides.py"), *OURS[side], str(place), str(given.model.resolve())]
    python = sys.executable if side == "keras" else str(given.peers)
    return [python, str(HERE / "peers" / "sides.py"), side, str(place)]


def _run(command: list[str]) -> dict[str, float]:
    """Return what a side says, and the most megabytes that it held with its children."""
    settings = {"PYTHONPATH": str(HERE.parent), "TF_CPP_MIN_LOG_LEVEL": "3", "HF_HUB_OFFLINE": "1"}
    with tempfile.TemporaryFile("w+") as said:
        settings["YOLO_CONFIG_DIR"] = tempfile.gettempdir()
        process = subprocess.Popen(
            command,
            env=os.environ | settings,
            stdout=said,
            stderr=subprocess.DEVNULL,
            cwd=tempfile.gettempdir(),
        )
        most = 0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(_EVERY_SECONDS)
        said.seek(0)
        lines = said.read().splitlines()
    if process.returncode:
        raise SystemExit(f"failed: {' '.join(command)}")
    one = json.loads(lines[-1])
    return {"photos_per_second": one["photos"] / one["seconds"], "megabytes": most / 1024}


def _held(process: int) -> int:
    """Return the kilobytes of a process and all below it; what they share is counted once."""
    total, waiting = 0, [str(process)]
    while waiting:
        place = Path("/proc") / waiting.pop()
        try:
            lines = (place / "smaps_rollup").read_text().splitlines()
            total += next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
            for task in (place / "task").iterdir():
                waiting += (task / "children").read_text().split()
        except (OSError, StopIteration):  # it ended meanwhile
            continue
    return total


def _middle(runs: list[dict[str, float]]) -> dict[str, float]:
    rates = [one["photos_per_second"] for one in runs]
    return {
        "photos_per_second": round(statistics.median(rates), 1),
        "least": round(min(rates), 1),
        "most": round(max(rates), 1),
        "photos_per_second_and_core": round(statistics.median(rates) / cores(), 1),
        "megabytes": round(max(one["megabytes"] for one in runs)),
    }


def _compared(sides: dict[str, dict[str, float]]) -> dict[str, object]:
    rate = {side: one["photos_per_second"] for side, one in sides.items()}
    limits = {
        variant: round(1 / (1 / rate["decode"] + 1 / rate[f"network {variant}"]), 1)
        for variant in ("int8", "fp32")
        if {"decode", f"network {variant}"} <= set(rate)
    }
    peers = [side for side in OTHERS if side in rate]
    of_ours = {}
    for variant in ("int8", "fp32"):
        ours = f"whatsit {variant}"
        if ours not in rate:
            continue
        bars = {f"of {one}": rate[one] for one in ("loop fp32", "loop with threads fp32") if one in rate}
        if variant in limits:
            bars["of the limit"] = limits[variant]
        if peers:
            bars["of the fastest other"] = max(rate[one] for one in peers)
        of_ours[variant] = {name: round(rate[ours] / bar, 2) for name, bar in bars.items()}
        if peers:
            leanest = min(sides[one]["megabytes"] for one in peers)
            of_ours[variant]["memory of the leanest other"] = round(sides[ours]["megabytes"] / leanest, 2)
    return {"limit": limits, "ours": of_ours}


def _versions(python: str) -> dict[str, str]:
    names = ["keras", "numpy", "onnxruntime", "onnxruntime-gpu", "pillow", "tensorflow", "timm", "torch"]
    code = (
        "import importlib.metadata as m, json, platform, sys\n"
        "there = {d.metadata['Name'].lower(): d.version for d in m.distributions()}\n"
        "found = {name: there[name] for name in sys.argv[1:] if name in there}\n"
        "print(json.dumps({'python': platform.python_version()} | found))"
    )
    names += ["torchvision", "transformers", "ultralytics"]
    try:
        ran = subprocess.run([python, "-c", code, *names], capture_output=True, text=True, check=True)
    except OSError:
        return {}
    return dict(json.loads(ran.stdout))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sets", nargs="+", metavar="NAME=FOLDER:COUNT", help="a name, photos, how many")
    parser.add_argument("--times", type=int, default=3, help="how many runs of each side")
    parser.add_argument("--only", nargs="+", choices=(*OURS, *OTHERS), help="sides to run, else all")
    parser.add_argument("--model", type=Path, default=MODEL, help="a bundle of MobileNetV2 at 224")
    parser.add_argument("--peers", type=Path, default=PEERS, help="the others' Python")
    parser.add_argument("--scratch", type=Path, help="where to link photos; else the usual place")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
