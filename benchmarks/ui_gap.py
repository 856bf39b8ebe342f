"""How long the window's thread is ever away while photos are classified, beside an idle window in one run.

    python benchmarks/ui_gap.py ../shared/photos/cats-dogs [--photos 2000] [--model cats-dogs] [--out FILE]

The photos are hard-linked (copied where that is not possible) into a temporary folder until there are
as many as asked for. A timer asks for its turn every millisecond; the time between two turns is a gap.
The last line of the output, and the file, is JSON.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import os
import shutil
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
from whatsit import photos as found_photos

if TYPE_CHECKING:
    from collections.abc import Callable

IDLE_SECONDS = 5.0
MOST_SECONDS = 1800.0
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


def main() -> None:
    """Measure an idle window, then the same window at work, and write both."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        os.environ["WHATSIT_HOME"] = home
        _fill(Path(folder), given.photos_in, given.photos)
        measured = _measure(Path(folder), given.model)
    record.write(given.out, load_before=load, **measured)
    print(json.dumps(measured, ensure_ascii=False))


def _measure(folder: Path, model: str) -> dict[str, object]:
    app = QApplication(["whatsit"])
    session = Session(ModelChoice(model))
    ShortCollections(session)
    window = MainWindow(session, Theme(app), Settings())
    window.show()
    session.open_model()
    Gaps().watch(MOST_SECONDS, lambda: session.classifier is not None or session.model_error is not None)
    if session.model_error is not None:
        window.close()  # its threads would keep the program alive
        raise SystemExit(str(session.model_error))
    idle, work = Gaps(), Gaps()
    idle.watch(IDLE_SECONDS, lambda: False)
    window.open([folder])
    seconds = work.watch(MOST_SECONDS, lambda: session.phase is not Phase.WORKING)
    done, phase, chosen = session.progress.done, session.phase.value, session.classifier
    window.close()
    return {
        "model": model,
        "variant": chosen.variant if chosen else "",
        "device": chosen.device.name if chosen else "",
        "photos": done,
        "ended": phase,
        "seconds": round(seconds, 1),
        "photos_per_second": round(done / seconds, 1),
        "idle_ms": idle.summary(),
        "at_work_ms": work.summary(),
    }


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
    parser.add_argument("--photos", type=int, default=2_000, help="how many to classify")
    parser.add_argument("--model", default="cats-dogs", help="the model's name or folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
