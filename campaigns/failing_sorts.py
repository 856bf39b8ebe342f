"""Sort runs and their undoing in which a file operation fails: each once, and each with all that follow.

    make campaign

In each of the four ways, on one disk and across two, a folder of `--photos` photos with companions is
sorted, then one gets keywords in sidecars, and both are undone, while one operation after the other fails
with ENOSPC, EIO or EACCES. Each time the program must say what happened and how to go on, or name what it
left; every photo must be somewhere, unaltered; once the disk is mended, going on must do the rest, and
undoing must give back the folder as it was, byte by byte.
"""

from __future__ import annotations

import argparse
import errno
import itertools
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import record  # noqa: E402 - it lies beside the benchmarks

from campaigns import stages  # noqa: E402
from campaigns.stages import PHASES, WAYS, Stage  # noqa: E402
from tests.helpers import faults  # noqa: E402
from whatsit.errors import WhatsitError  # noqa: E402

OUT = Path(__file__).parent / "results" / "failing_sorts.json"
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
FOREVER = 10**9


def main() -> int:
    """Let every operation fail, write what was found, and return 1 where anything was wrong."""
    given = _arguments()
    found, began = Found(), time.monotonic()
    with mock.patch("os.fsync"):  # nothing crashes here, so that nobody needs to wait for a disk
        for (way, disks), phase in itertools.product(WAYS, PHASES):
            if given.only in {way, ""}:
                with stages.stage(way, disks, phase, given.photos) as stage:
                    for code in ERRORS:
                        once_each(stage, code, given.every, found)
                        from_each_on(stage, code, given.every * given.sparser, found)
    figures = {
        "faults": sum(found.faults.values()),
        "photos": given.photos + 1,
        "seconds": round(time.monotonic() - began, 1),
        **dict(sorted(found.faults.items())),
        "operations": dict(found.operations.most_common()),
        "said": dict(found.said.most_common()),
        "broken": found.broken,
    }
    record.write(given.out, **figures)
    print({name: count for name, count in figures.items() if name not in {"operations", "said"}})
    return int(bool(found.broken))


@dataclass
class Found:
    """How many faults of what kind there were, in which operations, what was said, what was wrong."""

    faults: Counter[str] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def once_each(stage: Stage, code: int, every: int, found: Found) -> None:
    """Let each operation fail once, or each so-manieth, up to the last."""
    number = 1
    while one_fault(stage, code, (number, number), found):
        number += every


def from_each_on(stage: Stage, code: int, every: int, found: Found) -> None:
    """Let an operation fail with all that follow it, up to the last."""
    number = 1
    while one_fault(stage, code, (number, FOREVER), found):
        number += every


def one_fault(stage: Stage, code: int, numbers: tuple[int, int], found: Found) -> bool:
    """Work with faults at those operations and note what was wrong; return whether there were so many."""
    first, last = numbers
    stage.begin()
    with faults.failing(code, first, last) as operations:
        said, wrong = _work(stage)
    hit = len(operations.names) >= first
    wrong += [] if said or not hit else stage.unsaid()
    wrong += stage.check(go_on=first % 2 == 0)
    if hit:
        how = "once" if first == last else "from there on"
        name = f"{stage.phase}, {stage.way}, {stage.disks}: {errno.errorcode[code]} {how}"
        found.faults[name] += 1
        found.operations[operations.names[first - 1]] += 1
        found.said.update(said)
        found.broken += [f"{name}, {operations.names[first - 1]} #{first}: {one}" for one in wrong]
    return hit


def _work(stage: Stage) -> tuple[set[str], list[str]]:
    """Sort or undo; return what was said, and what is no way to say it."""
    said, wrong = set(), []
    try:
        for reason in stage.work():
            said.add(reason)
    except WhatsitError as error:
        said.add(re.sub(r"\d{8}-\d+-\d+", "RUN", f"{error.what} {error.hint}"))
        wrong += [] if error.hint else [f"no way to go on is named: {error}"]
    except Exception as error:  # noqa: BLE001 - this is what must never happen
        wrong.append(f"a traceback: {error!r}")
    return said, wrong


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=int, default=49, help="beside one that is larger than a block")
    parser.add_argument("--every", type=int, default=1, help="let every so-manieth operation fail")
    parser.add_argument("--sparser", type=int, default=8, help="so many times fewer with all that follow")
    parser.add_argument("--only", default="", help="one way of sorting, or: keywords")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write what was found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
