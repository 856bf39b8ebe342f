"""How soon the window is seen, beside the smallest PySide6 program that shows one, and how soon it answers.

    python benchmarks/start_up.py samples [--times 7] [--model cats-dogs] [--out FILE]

Each start is a process of its own, the two kinds by turns; seconds are from just before the process is made
to the end of the first paint, medians of all. The last line of the output, and the file, is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import record

OUT = Path(__file__).parent / "results" / "start_up.json"
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, seen)
def seen():
    print("seen", time.time(), flush=True)
    app.quit()
app = QApplication(sys.argv)
window = Window()
window.show()
app.exec()
"""
# No event filter: Python would be asked about each of a thousand events, which the smallest program is not.
OURS = """
import sys, time
from desktop import app as start
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
app = QApplication(["whatsit"])
import desktop.main_window as made
class Window(made.MainWindow):
    told = False
    def paintEvent(self, event):
        super().paintEvent(event)
        if not self.told:
            self.told = True
            QTimer.singleShot(0, seen)
def seen():
    print("seen", time.time(), flush=True)
    look.start()
def ask():
    for window in app.topLevelWidgets():
        room = getattr(window, "room", None)
        if room is not None and room.session.progress.done:
            look.stop()
            print("answered", time.time(), flush=True)
            window.close()
look = QTimer(interval=5)
look.timeout.connect(ask)
made.MainWindow = Window
start.main(sys.argv[1:])
"""


def main() -> None:
    """Start both kinds by turns, and write the medians."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    bare, seen, answered = [], [], []
    for _ in range(given.times):
        bare.append(_start(BARE)["seen"])
        ours = _start(OURS, str(given.photos), "--model", given.model)
        seen.append(ours["seen"])
        answered.append(ours["answered"] - ours["seen"])
    smallest, visible = statistics.median(bare), statistics.median(seen)
    measured = {
        "times": given.times,
        "smallest_program_seconds": round(smallest, 3),
        "window_seconds": round(visible, 3),
        "window_in_smallest": round(visible / smallest, 2),
        "first_answer_after_seconds": round(statistics.median(answered), 3),
    }
    record.write(given.out, load_before=load, **measured)
    print(json.dumps(measured))


def _start(script: str, *arguments: str) -> dict[str, float]:
    began = time.time()
    home = str(Path(__file__).parent.parent)
    ended = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": home},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=True,
        timeout=120,
    )
    lines = (line.split() for line in ended.stdout.splitlines())
    return {name: float(when) - began for name, when in lines}


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("photos", type=Path, help="a folder of photos to open")
    parser.add_argument("--times", type=int, default=7, help="how many starts of each kind")
    parser.add_argument("--model", default="cats-dogs", help="the model's name or folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
