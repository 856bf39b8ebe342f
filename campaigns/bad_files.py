"""A folder of 10,000 photos, 500 of them bad in 15 ways: 9,500 right answers and 500 reasons.

    make campaign        or        python campaigns/bad_files.py --photos 10000 --bad 500

The photos are small, red or blue, of all usual kinds, and their names say what the answer must be. The
command itself writes JSONL and CSV, tells the sum, and sorts by hard links; the real window, offscreen,
answers the folder too, counts, and exports CSV by its dialog.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import record  # noqa: E402 - it lies beside the benchmarks

from tests.helpers import hostile_files, tiny_bundle  # noqa: E402

OUT = Path(__file__).parent / "results" / "bad_files.json"
HEIC = ROOT / "tests" / "whatsit" / "heic" / "halves.heic"
COLOURS = {"warm": (220, 30, 40), "cold": (20, 60, 200)}
KINDS = ("jpg", "png", "webp", "gif", "bmp")
BAD = (
    "bomb.png", "bomb.jpg", "bomb.tif", "bomb of text.png", "page nowhere.tif", "cut.jpg", "cut.png",
    "cut.webp", "cut.heic", "cut.dng", "cut after 200 bytes.jpg", "empty.jpg", "zip.png", "noise.jpg",
    "no preview.dng",
)  # fmt: skip
BADNESS = "bad"


def main() -> int:
    """Fill the folder, look at it in every way, and return 1 where anything was not as it must be."""
    given = _arguments()
    with tempfile.TemporaryDirectory() as place:
        found = campaign(Path(place), given.photos, given.bad, given.seed)
    record.write(given.out, **found)
    print(found)
    return int(bool(found["wrong"]))


def campaign(place: Path, photos: int, bad: int, seed: int) -> dict[str, object]:
    """Return how many answers and reasons there were in each way, and what was wrong."""
    model = tiny_bundle.make(place / "tiny").folder
    expected = _fill(place / "photos", photos, bad, random.Random(seed))  # noqa: S311 - an order, no secrets
    classify = ["classify", str(place / "photos"), "--model", str(model), "--device", "cpu", "-q"]
    code, said = _ran(place, *classify, "--out", str(place / "all.jsonl"))
    lines = [json.loads(line) for line in (place / "all.jsonl").read_text("utf-8").splitlines()]
    ways = {"jsonl": [(one["path"], one["status"], one["label"], one["reason"]) for one in lines[1:-1]]}
    wrong = [] if code == 3 else [f"jsonl ended with {code}"]  # noqa: PLR2004 - done but for some photos
    _ran(place, *classify, "--out", str(place / "all.csv"))
    ways["csv"] = _rows(place / "all.csv")
    in_window, ways["window"], words = _in_window(place, model)
    must_be = {"found": photos, "answered": photos - bad, "failed": bad}
    if {name: count for name, count in in_window.items() if count} != must_be:
        wrong.append(f"the window counts {in_window}: {words[-300:]}")
    for way, rows in ways.items():
        wrong += [f"{way}: {one}" for one in _wrong(rows, expected)]
    summary = (
        f"{photos:,} found = {photos - bad:,} answered + 0 not sure + 0 unknown + {bad:,} failed + 0 skipped"
    )
    wrong += [] if summary in said else [f"the sum is {said[-300:]!r}"]
    sorted_into, words = _sorted(place, model)
    for label in COLOURS:
        there, must_be = sorted_into[label], sum(one == label for one in expected.values())
        wrong += [] if there == must_be else [f"{there} sorted into {label}, not {must_be}: {words[-300:]}"]
    wrong += [] if set(sorted_into) == set(COLOURS) else [f"sorted into {sorted(sorted_into)}"]
    return {
        "photos": photos,
        "bad": bad,
        "kinds_of_bad": len(BAD),
        "seed": seed,
        **{
            f"{way}: {status}": count for way, rows in ways.items() for status, count in _counts(rows).items()
        },
        "sum": summary,
        **{f"sorted into {label}": count for label, count in sorted(sorted_into.items())},
        "wrong": wrong[:20],
    }


def _rows(table: Path) -> list[tuple[str, str, str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return [(one["path"], one["status"], one["label"], one["reason"]) for one in csv.DictReader(file)]


def _in_window(place: Path, model: Path) -> tuple[dict[str, int], list[tuple[str, str, str, str]], str]:
    """Return how many answers of each status the window counts, the rows it exports, and what was said."""
    table, own = (
        place / "window.csv",
        place / "home of the window",
    )  # else it would recall the command's answers
    command = ["-m", "tests.helpers.answered_in_window", str(place / "photos"), str(model), str(table)]
    _, said = _run(own, {"QT_QPA_PLATFORM": "offscreen"}, *command)
    counts = next((json.loads(line) for line in said.splitlines() if line.startswith("{")), {})
    return counts, _rows(table) if table.is_file() else [], said


def _fill(folder: Path, photos: int, bad: int, chance: random.Random) -> dict[str, str]:
    """Write the photos, the bad ones anywhere among them; return by name the label, or `BADNESS`."""
    made = hostile_files.every(HEIC)
    good = {(label, kind): _photo(colour, kind) for label, colour in COLOURS.items() for kind in KINDS}
    places, expected = set(chance.sample(range(photos), bad)), {}
    for number in range(photos):
        sub = folder / f"{number // 1000:02}"
        sub.mkdir(parents=True, exist_ok=True)
        if number in places:
            one = BAD[len([value for value in expected.values() if value == BADNESS]) % len(BAD)]
            name, data, must_be = f"{number} {one}", made[one][0], BADNESS
        else:
            label, kind = chance.choice(list(good))
            name, data, must_be = f"{number} {label}.{kind}", good[label, kind], label
        (sub / name).write_bytes(data)
        expected[f"{sub.name}/{name}"] = must_be
    return expected


def _photo(colour: tuple[int, int, int], kind: str) -> bytes:
    return tiny_bundle.picture(colour, kind)


def _wrong(rows: list[tuple[str, str, str, str]], expected: dict[str, str]) -> list[str]:
    seen = Counter(path for path, *_ in rows)
    wrong = [f"{path} has {seen[path]} lines" for path in expected if seen[path] != 1]
    wrong += [f"{path} was never there" for path in seen if path not in expected]
    for path, status, label, reason in rows:
        must_be = expected.get(path)
        failed = must_be == BADNESS
        right = (status == "failed" and bool(reason)) if failed else (status, label) == ("answered", must_be)
        wrong += [] if right else [f"{path} is {status} {label} {reason}"]
    return wrong


def _sorted(place: Path, model: Path) -> tuple[Counter[str], str]:
    """Sort the folder by hard links; return how many photos lie in each folder, and what was said."""
    command = [
        "sort",
        str(place / "photos"),
        "--into",
        str(place / "sorted"),
        "--link",
        "--model",
        str(model),
    ]
    _, said = _ran(place, *command)
    files = (path for path in (place / "sorted").rglob("*") if path.is_file())
    return Counter(path.relative_to(place / "sorted").parts[0] for path in files), said


def _counts(rows: list[tuple[str, str, str, str]]) -> Counter[str]:
    return Counter(status for _, status, *_ in rows)


def _ran(place: Path, *command: str) -> tuple[int, str]:
    return _run(place / "home", {}, "-m", "whatsit", *command)


def _run(home: Path, more: dict[str, str], *command: str) -> tuple[int, str]:
    surroundings = os.environ | {"PYTHONPATH": str(ROOT), "WHATSIT_HOME": str(home)} | more
    ran = subprocess.run(
        [sys.executable, *command], env=surroundings, capture_output=True, text=True, check=False, cwd=ROOT
    )
    return ran.returncode, ran.stdout + ran.stderr


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, default=10_000)
    parser.add_argument("--bad", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1, help="of the order")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write what was found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
