"""Photos a second over whole folders: Whatsit, others with the same network, and the machine's limit.

    make peers
    python benchmarks/batch.py 500x375=FOLDER:2000 12MP=FOLDER:300 [--times 3] [--only SIDE ...] [--out FILE]

Each set is the first so many JPEGs below a folder, linked into a flat one; fewer are taken again and again.
Every run is a process of its own, all sides by turns, every other turn from the last side to the first:
medians, with the least and the most. Ratios are of runs of one turn. Seconds are from the listing of the
folder to the last answer, without loading library and model. Memory is the most that a process and its
children held together. The limit is what the cores can do where none of them ever waits: decoding alone on
all, then the network alone on all. The last line of the output, and the file, is JSON.
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
    "network int8": ("network", "int8"),
    "whatsit int8": ("whatsit", "int8"),
    "decode": ("decode", "fp32"),
    "whatsit fp32": ("whatsit", "fp32"),
    "network fp32": ("network", "fp32"),
    "loop fp32": ("loop", "fp32"),
    "loop with threads fp32": ("pool", "fp32"),
}
OTHERS = ("keras", "timm", "ultralytics", "transformers")
# glibc gives PyTorch's buffers back and fetches them anew, layer by layer, for half of its time: kept, it is
# twice as quick here (timm, 300 photos: 20 and 51 a second). The plain loops are not quicker for it.
KEPT = {"MALLOC_MMAP_THRESHOLD_": "1073741824", "MALLOC_TRIM_THRESHOLD_": "4294967296"}
Turn = dict[str, dict[str, float]]  # photos a second and megabytes, by side
_EVERY_SECONDS = 0.5  # looking takes some milliseconds, of the cores that are measured


def main() -> None:
    """Run every side on every set by turns, and write what came of it."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    if set(given.only or OTHERS) & set(OTHERS) and not given.peers.is_file():
        sys.exit(
            f"{given.peers}: the others are not installed. Run make peers, or name sides of ours: --only"
        )
    found = {}
    for name, folder, count in given.sets:
        with tempfile.TemporaryDirectory(dir=given.scratch) as place:
            _link(folder, Path(place), count)
            found[name] = _measured(Path(place), given)
        print(json.dumps({name: found[name]}, indent=1), file=sys.stderr, flush=True)
    versions = {"here": _versions(sys.executable), "peers": _versions(str(given.peers))}
    record.write(
        given.out, load_before=load, times=given.times, model=given.model.name, versions=versions, sets=found
    )
    print(json.dumps(found))


def _set(asked: str) -> tuple[str, Path, int]:
    name, _, rest = asked.partition("=")
    folder, _, count = rest.rpartition(":")
    return name, Path(folder), int(count)  # argparse says what a ValueError is about


def _link(folder: Path, place: Path, count: int) -> None:
    photos = sorted(one for one in folder.rglob("*") if one.suffix.lower() in (".jpg", ".jpeg"))
    if not photos:
        sys.exit(f"{folder}: no JPEGs there.")
    for number, photo in zip(range(count), itertools.cycle(photos), strict=False):
        (place / f"{number:07d}.jpg").symlink_to(photo.resolve())


def _measured(place: Path, given: argparse.Namespace) -> dict[str, object]:
    turns: list[Turn] = []
    for number in range(given.times):
        sides = list(given.only or (*OURS, *OTHERS))
        turn: Turn = {}
        for side in sides[:: -1 if number % 2 else 1]:
            turn[side] = _run(_command(side, place, given), KEPT if side in OTHERS else {})
            print(side, f"{turn[side]['photos_per_second']:.1f}", file=sys.stderr, flush=True)
        turns.append(turn)
    sides = {side: _of_side([turn[side] for turn in turns]) for side in turns[0]}
    return {"photos": len(list(place.iterdir())), "sides": sides, "ours": _compared(turns)}


def _command(side: str, place: Path, given: argparse.Namespace) -> list[str]:
    if side in OURS:
        return [sys.executable, str(HERE / "sides.py"), *OURS[side], str(place), str(given.model.resolve())]
    python = sys.executable if side == "keras" else str(given.peers)
    return [python, str(HERE / "peers" / "sides.py"), side, str(place)]


def _run(command: list[str], memory: dict[str, str]) -> dict[str, float]:
    """Return what a side says, and the most megabytes that it held with its children."""
    settings = {"PYTHONPATH": str(HERE.parent), "TF_CPP_MIN_LOG_LEVEL": "3", "HF_HUB_OFFLINE": "1"} | memory
    with tempfile.TemporaryFile("w+") as said, tempfile.TemporaryFile("w+") as trouble:
        settings["YOLO_CONFIG_DIR"] = tempfile.gettempdir()
        process = subprocess.Popen(
            command,
            env=os.environ | settings,
            stdout=said,
            stderr=trouble,
            cwd=tempfile.gettempdir(),
        )
        most = 0
        while process.poll() is None:
            most = max(most, _held(process.pid))
            time.sleep(_EVERY_SECONDS)
        said.seek(0)
        lines = said.read().splitlines()
        trouble.seek(0)
        if process.returncode:
            sys.exit(f"failed: {' '.join(command)}\n{trouble.read()}")
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


def _of_side(runs: list[dict[str, float]]) -> dict[str, float]:
    rates = [one["photos_per_second"] for one in runs]
    return {
        **_spread(rates, 1),
        "median_of_a_core": round(statistics.median(rates) / cores(), 1),
        "megabytes": round(max(one["megabytes"] for one in runs)),
    }


def _compared(turns: list[Turn]) -> dict[str, dict[str, dict[str, float]]]:
    """Return what ours is of each other side, within a turn: minutes later the machine has another pace."""
    rates = [{side: one["photos_per_second"] for side, one in turn.items()} for turn in turns]
    bars = {
        variant: [_bars(turn, variant) for turn in rates]
        for variant in ("int8", "fp32")
        if f"whatsit {variant}" in turns[0]
    }
    found = {
        variant: {name: _spread([turn[name] for turn in some], 3) for name in some[0]}
        for variant, some in bars.items()
    }
    peers = [side for side in OTHERS if side in turns[0]]
    for variant in found if peers else ():
        leanest = min(_most_held(turns, one) for one in peers)
        of_it = _most_held(turns, f"whatsit {variant}") / leanest
        found[variant]["memory of the leanest other"] = {"most": round(of_it, 3)}
    return found


def _bars(rate: dict[str, float], variant: str) -> dict[str, float]:
    ours, network = rate[f"whatsit {variant}"], f"network {variant}"
    found = {f"of {one}": ours / rate[one] for one in ("loop fp32", "loop with threads fp32") if one in rate}
    if {"decode", network} <= set(rate):
        found["of the limit"] = ours * (1 / rate["decode"] + 1 / rate[network])
    if peers := [rate[one] for one in OTHERS if one in rate]:
        found["of the fastest other"] = ours / max(peers)
    return found


def _most_held(turns: list[Turn], side: str) -> float:
    return max(turn[side]["megabytes"] for turn in turns)


def _spread(values: list[float], digits: int) -> dict[str, float]:
    named = {"median": statistics.median(values), "least": min(values), "most": max(values)}
    return {name: round(value, digits) for name, value in named.items()}


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
    parser.add_argument(
        "sets", nargs="+", type=_set, metavar="NAME=FOLDER:COUNT", help="a name, photos, how many"
    )
    parser.add_argument("--times", type=int, default=3, help="how many runs of each side")
    parser.add_argument("--only", nargs="+", choices=(*OURS, *OTHERS), help="sides to run, else all")
    parser.add_argument("--model", type=Path, default=MODEL, help="a bundle of MobileNetV2 at 224")
    parser.add_argument("--peers", type=Path, default=PEERS, help="the others' Python")
    parser.add_argument("--scratch", type=Path, help="where to link photos; else the usual place")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
