"""How long the window's thread is away while photos are classified and scrolled, beside an idle window.

    python benchmarks/ui_gap.py ../shared/photos/cats-dogs [--photos 20000 100000] [--seconds 600]

And when a folder is shown, and what memory it takes. The photos are hard-linked (copied where that is not
possible) into a temporary folder until there are as many as asked for. Each number has a process and a home
of its own, so that no thumbnail and no answer is there before. A timer asks for its turn every millisecond:
the time between two turns is a gap. After `--seconds` the work is stopped, and what was done counts. The last
line of the output, and the file, is JSON.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import record
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication

from desktop.collector import ShortCollections
from desktop.main_window import MainWindow
from desktop.settings import Settings
from desktop.state.session import ModelChoice, Phase, Session
from desktop.theme import Theme
from desktop.workroom import Workroom
from whatsit import photos as found_photos

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SECONDS = 60.0  # at most: as long as the work, since the longest of many gaps is longer than of few
MOST_SECONDS = 1800.0
SCROLL_EVERY = 250  # milliseconds
OUT = Path(__file__).parent / "results" / "ui_gap.json"


class Gaps:
    """The milliseconds between two turns of the event loop, as long as it is watched."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []
        self._last = 0.0
        self._timer = QTimer(interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._turn)

    def watch(self, seconds: float, until: Callable[[], bool]) -> float:
        """Run the event loop until `until` says so, at most so many seconds; return how long it took."""
        loop, began = QEventLoop(), time.perf_counter()
        check = QTimer(interval=50)
        check.timeout.connect(
            lambda: loop.quit() if until() or time.perf_counter() - began > seconds else None
        )
        self._last = time.perf_counter()
        self._timer.start()
        check.start()
        loop.exec()
        self._timer.stop()
        return time.perf_counter() - began

    def summary(self) -> dict[str, float]:
        """Return the longest gap and some percentiles, in milliseconds."""
        ordered = sorted(self.milliseconds)
        at = {
            f"p{share:g}": ordered[math.ceil(len(ordered) * share / 100) - 1] for share in (50, 95, 99, 99.9)
        }
        rounded = {name: round(value, 2) for name, value in {**at, "longest": ordered[-1]}.items()}
        return {**rounded, "turns": len(ordered), "over_50_ms": sum(gap > 50 for gap in ordered)}  # noqa: PLR2004

    def _turn(self) -> None:
        now = time.perf_counter()
        self.milliseconds.append(1000 * (now - self._last))
        self._last = now


class Scroller:
    """Goes down page by page, and from the end to the top again."""

    def __init__(self, window: MainWindow) -> None:
        self._bar = window.room.grid.verticalScrollBar()
        self._timer = QTimer(interval=SCROLL_EVERY)
        self._timer.timeout.connect(self._scroll)
        self._timer.start()

    def _scroll(self) -> None:
        there = self._bar.value() + self._bar.pageStep()
        self._bar.setValue(0 if there > self._bar.maximum() else there)

    def stop(self) -> None:
        """Stay."""
        self._timer.stop()


def main() -> None:
    """Measure each number of photos in a process of its own, and write all."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    if given.inside is not None:
        print(json.dumps(_measure(given.inside, given.model, given.seconds), ensure_ascii=False))
        return
    runs = [_run(given, count) for count in given.photos]
    more = [
        1024**2 * (after["memory_mb"] - before["memory_mb"]) / (after["found"] - before["found"])
        for before, after in itertools.pairwise(runs)
    ]
    measured = {"runs": runs, "more_bytes_a_photo": [round(one) for one in more]}
    record.write(given.out, load_before=load, **measured)
    print(json.dumps(measured, ensure_ascii=False))


def _run(given: argparse.Namespace, count: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        _fill(Path(folder), given.photos_in, count)
        command = [sys.executable, __file__, str(given.photos_in), "--inside", folder, "--model", given.model]
        ended = subprocess.run(
            [*command, "--seconds", str(given.seconds)],
            env=os.environ | {"WHATSIT_HOME": home},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found


def _measure(folder: Path, model: str, seconds: float) -> dict[str, object]:
    app = QApplication(["whatsit"])
    session = Session(ModelChoice(model))
    ShortCollections(session)
    window = MainWindow(Theme(app), Settings())
    Workroom(session, window).move_in()
    window.show()
    session.open_model()
    Gaps().watch(MOST_SECONDS, lambda: session.classifier is not None or session.model_error is not None)
    if session.model_error is not None:
        window.close()  # its threads would keep the program alive
        raise SystemExit(str(session.model_error))
    idle, work, marks = Gaps(), Gaps(), dict[str, float]()
    idle.watch(min(IDLE_SECONDS, seconds), lambda: False)
    began, before = time.perf_counter(), _memory()

    def mark(name: str) -> None:
        marks.setdefault(name, round(time.perf_counter() - began, 3))

    window.room.thumbnails.made.connect(lambda _paths: mark("shown_seconds"))
    session.changed.connect(lambda: mark("found_seconds") if session.progress.all_found else None)
    window.open([folder])
    scroller = Scroller(window)
    took = work.watch(seconds, lambda: session.phase is not Phase.WORKING)
    scroller.stop()
    measured = {
        "model": model,
        "variant": session.classifier.variant if session.classifier else "",
        "device": session.classifier.device.name if session.classifier else "",
        "found": session.progress.found,
        "photos": session.progress.done,
        "ended": session.phase.value,
        "seconds": round(took, 1),
        "photos_per_second": round(session.progress.done / took, 1),
        **marks,
        "memory_before_mb": round(before, 1),
        "memory_mb": round(_memory(), 1),
        "idle_ms": idle.summary(),
        "at_work_ms": work.summary(),
    }
    window.close()
    return measured


def _memory() -> float:
    """Return how much of the memory is this program's, in MB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return math.nan


def _fill(folder: Path, source: Path, count: int) -> None:
    photos = [one for one in found_photos.scan([source]) if one.settled is None]
    if not photos:
        raise SystemExit(f"no photos in {source}")
    for number, photo in enumerate(itertools.islice(itertools.cycle(photos), count)):
        place = folder / f"{number // 200:03d}" / f"{number:06d}{photo.path.suffix}"
        place.parent.mkdir(exist_ok=True)
        try:
            os.link(photo.path, place)
        except OSError:
            shutil.copyfile(photo.path, place)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("photos_in", type=Path, help="a folder of photos")
    parser.add_argument(
        "--photos", type=int, nargs="+", default=[20_000, 100_000], help="how many, run by run"
    )
    parser.add_argument("--seconds", type=float, default=MOST_SECONDS, help="the most that one run may take")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--model", default="cats-dogs", help="the model's name or folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
