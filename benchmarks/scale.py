"""How far many workers carry: their pace, workers killed, a million entries in how much memory.

    python benchmarks/scale.py pace PHOTOS [--photos 20000] [--times 3]    both ways by turns
    python benchmarks/scale.py killed PHOTOS [--photos 4000] [--kills 5]   workers are killed in mid-run
    python benchmarks/scale.py entries [--entries 100000 1000000]          hard links, one in twenty a picture

Each run is the command itself, in a process of its own. Pace is the program's own: from the first photo to
the last, without the start of model and Ray, which `seconds` has. Memory is the most that a process held.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]

import record  # noqa: E402 - it lies beside this

from tests.helpers import tiny_bundle  # noqa: E402
from whatsit.distributed import parts  # noqa: E402
from whatsit.distributed.places import Place  # noqa: E402

OUT = Path(__file__).parent / "results"
WORKERS = 2
IN_A_FOLDER = 1000
MOST_LINKS = 30_000  # ext4 allows 65,000 names of one file
ONE_IN = 20
PACE = re.compile(r"([\d,.]+) photos per second")
FOUND = re.compile(r"^([\d,]+) found = .*", re.MULTILINE)


def main() -> None:
    """Measure the part asked for and write it down."""
    given = _arguments()
    with tempfile.TemporaryDirectory(dir=given.place) as place:
        os.environ["WHATSIT_HOME"] = str(Path(place, "home"))
        found = given.measure(given, Path(place))
    print(json.dumps(found, indent=1))
    record.write(given.out or OUT / f"scale-{given.part}.json", workers=WORKERS, **found)


def pace(given: argparse.Namespace, place: Path) -> dict[str, object]:
    """Return the pace of one process on all cores, of one worker and of two, and where answers differ."""
    photos = _linked(given.folder, place / "photos", given.photos)
    ways = {
        "one process": ["--out", str(place / "here.jsonl"), "--anew"],
        "one worker": [*_on_ray(place / "one", 1), "--anew"],
        "two workers": [*_on_ray(place / "two", WORKERS), "--anew"],
    }
    runs: dict[str, list[Run]] = {way: [] for way in ways}
    for _ in range(given.times):
        for way, words in ways.items():
            runs[way].append(_ran(_command(str(photos), "--model", given.model, *words)))
            print(way, runs[way][-1].pace, runs[way][-1].seconds, flush=True)
    paces = {way: statistics.median(run.pace for run in some) for way, some in runs.items()}
    return {
        "photos": given.photos,
        "photos_per_second": paces,
        "all_photos_per_second": {way: [run.pace for run in some] for way, some in runs.items()},
        "seconds": {way: [round(run.seconds, 1) for run in some] for way, some in runs.items()},
        "two_workers_of_one_process": round(paces["two workers"] / paces["one process"], 3),
        "two_workers_of_one_worker": round(paces["two workers"] / paces["one worker"], 3),
        "answers": _compared(place / "here.jsonl", place / "two"),
    }


def killed(given: argparse.Namespace, place: Path) -> dict[str, object]:
    """Return what was lost and what was repeated where workers were killed with lots in their hands."""
    photos = _linked(given.folder, place / "photos", given.photos)
    run = _ran(
        _command(str(photos), "--model", given.model, *_on_ray(place / "answers", WORKERS)), kills=given.kills
    )
    there = {one.relative_to(photos).as_posix() for one in photos.rglob("*") if one.is_file()}
    answered = Counter(one.path for one in parts.records(Place.of(str(place / "answers"))))
    return {
        "photos": given.photos,
        "killed": run.killed,
        "exit_code": run.code,
        "said": run.said,
        "lost": len(there - set(answered)),
        "repeated": sum(count > 1 for count in answered.values()),
        "strange": len(set(answered) - there),
    }


def entries(given: argparse.Namespace, place: Path) -> dict[str, object]:
    """Return the sums and the most memory for each number of entries."""
    model = str(tiny_bundle.make(place / "tiny").folder)
    found: dict[str, object] = {}
    for count in given.entries:
        folder = _many(place / f"of {count}", count)
        out = place / f"answers of {count}"
        first = _ran(_command(str(folder), "--model", model, "--device", "cpu", *_on_ray(out, WORKERS)))
        again = _ran(_command(str(folder), "--model", model, "--device", "cpu", *_on_ray(out, WORKERS)))
        found[f"{count}"] = {"first": _facts(first), "again": _facts(again)}
        print(count, found[f"{count}"], flush=True)
    return {"entries": found}


@dataclass(slots=True)
class Run:
    """One run of the command: how it ended, how long it took, the most memory of each kind of process."""

    code: int = 0
    said: str = ""
    seconds: float = 0.0
    killed: int = 0
    megabytes: Counter[str] = field(default_factory=Counter)

    @property
    def pace(self) -> float:
        """Photos a second, as the program says."""
        told = PACE.search(self.said)
        return float(told[1].replace(",", "")) if told else 0.0


def _facts(run: Run) -> dict[str, object]:
    return {"code": run.code, "said": run.said, "seconds": round(run.seconds, 1), "megabytes": run.megabytes}


def _ran(command: list[str], kills: int = 0) -> Run:
    run, began = Run(), time.monotonic()
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    ) as program:
        watched = threading.Thread(target=_watch, args=(run, program, kills))
        watched.start()
        said, _ = program.communicate()
        watched.join()
    told = FOUND.search(said)
    run.code, run.said, run.seconds = program.returncode, told[0] if told else said, time.monotonic() - began
    if not told:
        sys.exit(f"the run ended with {program.returncode}: {said}")
    return run


def _watch(run: Run, program: subprocess.Popen[str], kills: int) -> None:
    """Note the most memory of the command and of its workers; kill a worker every few seconds."""
    last = time.monotonic()
    while program.poll() is None:
        run.megabytes["command"] = max(run.megabytes["command"], _most_memory(program.pid))
        workers = _workers()
        for pid in workers:
            run.megabytes["worker"] = max(run.megabytes["worker"], _most_memory(pid))
        if workers and run.killed < kills and time.monotonic() - last > 3:  # noqa: PLR2004 - seconds at work
            os.kill(workers[run.killed % len(workers)], signal.SIGKILL)
            run.killed, last = run.killed + 1, time.monotonic()
        time.sleep(0.2)


def _workers() -> list[int]:
    """Return the workers of this benchmark's runs: its home tells them from others."""
    found, home = [], os.fsencode(os.environ["WHATSIT_HOME"])
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            is_worker = place.read_bytes().startswith(b"ray::MapWorker")
            if is_worker and home in place.with_name("environ").read_bytes():
                found.append(int(place.parent.name))
        except OSError:  # it ended meanwhile
            continue
    return found


def _most_memory(pid: int) -> int:
    try:
        told = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text("utf-8"))
    except OSError:
        return 0
    return int(told[1]) // 1024 if told else 0


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "whatsit", "classify", *words, "-q"]


def _on_ray(out: Path, workers: int) -> list[str]:
    return ["--engine", "ray", "--workers", str(workers), "--out", str(out)]


def _linked(photos: Path, folder: Path, count: int) -> Path:
    """Return a folder of links to so many photos, again and again where there are fewer."""
    files = sorted(one for one in photos.rglob("*") if one.is_file())
    for number in range(count):
        place = folder / f"{number // IN_A_FOLDER:04}" / f"{number:07}{files[number % len(files)].suffix}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(files[number % len(files)].resolve())
    return folder


def _many(folder: Path, count: int) -> Path:
    """Return a folder of so many hard links: of twenty entries one is a picture, the others are notes."""
    folder.mkdir()
    for number in range(count):
        place = folder / f"{number // IN_A_FOLDER:04}"
        if number % IN_A_FOLDER == 0:
            place.mkdir()
        is_picture = number % ONE_IN == 0
        source = folder.parent / f"{'picture' if is_picture else 'note'} {number // MOST_LINKS} of {count}"
        if number % MOST_LINKS < ONE_IN:
            source.write_bytes(tiny_bundle.picture((220, 30, 40)) if is_picture else b"a note")
        (place / f"{number:07}{'.png' if is_picture else '.txt'}").hardlink_to(source)
    return folder


def _compared(file: Path, folder: Path) -> dict[str, object]:
    """Return how many answers there are both ways, how many differ, and by how much confidences do."""
    lines = (json.loads(line) for line in islice(file.open(encoding="utf-8"), 1, None))
    here = {one["path"]: one for one in lines if one["record"] == "photo"}
    most, differing = 0.0, 0
    for one in parts.records(Place.of(str(folder))):
        other = here.pop(one.path)
        most = max([most, *map(_apart, one.candidates, other["candidates"])])
        differing += (one.status, one.label, one.reason) != (
            other["status"],
            other["label"],
            other["reason"],
        )
    return {"missing": len(here), "differing": differing, "most_apart": most}


def _apart(one: object, other: dict[str, float]) -> float:
    return abs(float(getattr(one, "confidence", 0.0)) - other["confidence"])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="part", required=True)
    for name, measure, count in (("pace", pace, 20_000), ("killed", killed, 4000), ("entries", entries, 0)):
        part = kinds.add_parser(name)
        part.set_defaults(measure=measure)
        part.add_argument("--out", type=Path, help="where to write the result")
        part.add_argument("--place", type=Path, help="where there is room for links and answers")
        if name == "entries":
            part.add_argument("--entries", type=int, nargs="+", default=[100_000, 1_000_000])
            continue
        part.add_argument("folder", type=Path, help="a folder of photos")
        part.add_argument(
            "--photos", type=int, default=count, help="how many, repeated where fewer are there"
        )
        part.add_argument("--times", type=int, default=3, help="how many runs of each kind")
        part.add_argument("--kills", type=int, default=5, help="how many workers to kill")
        part.add_argument("--model", default="cats-dogs", help="the model's name or folder")
    return parser.parse_args()


if __name__ == "__main__":
    main()
