"""Sort runs and their undoing killed (SIGKILL) at random moments and at every file operation there is.

    make campaign        (SORT_KILLS=500)

In each of the four ways, on one disk and across two, and by keywords in sidecars, `--kills` runs and as many
undoings are killed at random moments, then one before and one after every single operation. After each kill,
every photo must be somewhere, unaltered; after the next start none may be in two states or half written; and
undoing everything must give back the folder as it was, byte by byte, whether the run went on before or not.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

import record  # noqa: E402 - it lies beside the benchmarks

from campaigns import stages  # noqa: E402
from campaigns.stages import PHASES, WAYS, Stage  # noqa: E402
from tests.helpers import faults  # noqa: E402
from whatsit import sorting  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

OUT = Path(__file__).parent / "results" / "killed_sorts.json"
PHOTOS = 8


def main() -> int:
    """Kill so many runs, write what was found, and return 1 where anything was wrong."""
    given = _arguments()
    found = Found(random.Random(given.seed))  # noqa: S311 - moments, no secrets
    began = time.monotonic()
    for way, disks in WAYS:
        for phase in PHASES:
            with stages.stage(way, disks, phase, PHOTOS) as stage:
                at_random(stage, given.kills, found)
                at_every_operation(stage, given.every, found)
        with stages.stage(way, disks, "start", PHOTOS) as stage:
            at_the_next_start(stage, max(1, given.kills // 10), found)
    figures = {
        "kills": sum(found.kills.values()),
        "seed": given.seed,
        "disks": [_kind(stages.MEMORY), _kind(Path(tempfile.gettempdir()))],
        "seconds": round(time.monotonic() - began, 1),
        **dict(sorted(found.kills.items())),
        "ended_before_the_kill": found.ended,
        "broken": found.broken,
    }
    record.write(given.out, **figures)
    print(figures)
    return int(bool(found.broken))


@dataclass
class Found:
    """How many were killed of what, how many had ended before, and what was wrong after."""

    chance: random.Random
    kills: Counter[str] = field(default_factory=Counter)
    ended: int = 0
    broken: list[str] = field(default_factory=list)

    def add(self, stage: Stage, how: str, *, killed: bool, wrong: list[str]) -> None:
        """Count one kill."""
        name = f"{stage.phase}, {stage.way}, {stage.disks}: {how.partition(' #')[0]}"
        self.kills[name] += killed
        self.ended += not killed
        self.broken += [f"{name} {how}: {one}" for one in wrong]


def at_random(stage: Stage, kills: int, found: Found) -> None:
    """Kill at moments anywhere from the fork to a little after the end, until so many were killed."""
    stage.begin()
    began = time.monotonic()
    _wait(_forked(stage.work))
    whole = time.monotonic() - began
    found.broken += stage.check(go_on=False)
    killed = 0
    while killed < kills:
        stage.begin()
        child = _forked(stage.work)
        time.sleep(found.chance.uniform(0, whole))
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        was_killed = _wait(child) == -signal.SIGKILL
        killed += was_killed
        wrong = stage.check(go_on=killed % 2 == 0)
        found.add(stage, f"at random #{killed}", killed=was_killed, wrong=wrong)


def at_every_operation(stage: Stage, every: int, found: Found) -> None:
    """Kill before and after every operation, or each so-manieth, up to the last."""
    for late in (False, True):
        number = 1
        while True:
            stage.begin()
            killed = _killed_at(stage.work, number, late=late)
            if not killed:
                stage.check(go_on=False)
                break
            how = f"{'after' if late else 'before'} every operation #{number}"
            found.add(stage, how, killed=True, wrong=stage.check(go_on=number % 2 == 0))
            number += every


def at_the_next_start(stage: Stage, kills: int, found: Found) -> None:
    """Kill a run at any operation, then the start that settles it at any of its own, then start again."""
    killed = 0
    while killed < kills:
        stage.begin()
        _killed_at(stage.work, found.chance.randint(40, 120), late=bool(found.chance.getrandbits(1)))
        was_killed = _killed_at(sorting.recover, found.chance.randint(1, 6), late=killed % 2 == 0)
        killed += was_killed
        wrong = stage.check(go_on=killed % 3 == 0)
        found.add(stage, f"in settling #{killed}", killed=was_killed, wrong=wrong)


def _killed_at(work: Callable[[], object], number: int, *, late: bool) -> bool:
    def run() -> None:
        with faults.killing(number, late=late):
            work()

    return _wait(_forked(run)) == -signal.SIGKILL


def _forked(work: Callable[[], object]) -> int:
    """Start the work in a process of its own, warm from the first moment; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(0)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _kind(folder: Path) -> str:
    """Return what kind of disk a folder is on: on one in memory, nothing is waited for."""
    asked = ["stat", "-f", "-c", "%T", folder]
    return subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--kills", type=int, default=500, help="at random, for each way, of runs and undoings"
    )
    parser.add_argument("--every", type=int, default=1, help="kill at every so-manieth operation")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write what was found")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
