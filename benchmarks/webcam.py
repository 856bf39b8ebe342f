"""What the webcam view adds to preprocessing and inference, how many frames it shows, how late answers are.

    python benchmarks/webcam.py samples/Cat.jpg [--seconds 5] [--rounds 3] [--model cats-dogs] [--out FILE]

One photo, 1280 × 720, is sent 30 times a second through QtMultimedia's own classes into the real window,
offscreen; by turns with it the same frame is converted, resized and classified alone. Milliseconds are
medians. The last line of the output, and the file, is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import record
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaCaptureSession, QVideoFrame, QVideoFrameInput
from PySide6.QtWidgets import QApplication

from desktop.actions import Do
from desktop.main_window import MainWindow
from desktop.settings import Settings
from desktop.state.session import ModelChoice, Session
from desktop.theme import Theme
from desktop.work.cameras import CameraInfo, Cameras, Feed, Mode
from desktop.work.images import to_picture
from desktop.workroom import Workroom
from whatsit import preprocess

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.work.live import Seen
    from whatsit.classifier import Classifier

OUT = Path(__file__).parent / "results" / "webcam.json"
SIZE, RATE = (1280, 720), 30
MODE = Mode(*SIZE, RATE)
CAMERA = CameraInfo("benchmark", "Benchmark", (MODE,))
BARE_TIMES = 40


class Sender(Feed):
    """Sends one picture at the pace of a camera."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._input, self._capture = QVideoFrameInput(self), QMediaCaptureSession(self)
        self._capture.setVideoFrameInput(self._input)
        self._capture.setVideoSink(self.sink)
        self._timer = QTimer(self, interval=1000 // RATE)
        self._timer.timeout.connect(lambda: self._input.sendVideoFrame(QVideoFrame(image)))

    def start(self) -> None:
        """Send."""
        self._timer.start()

    def close(self) -> None:
        """Send no more."""
        self._timer.stop()


class OneCamera(Cameras):
    """A machine with one camera, which may be used."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._image = image

    def found(self) -> list[CameraInfo]:
        """Return the one."""
        return [CAMERA]

    def open(self, camera: CameraInfo, mode: Mode | None) -> Feed:
        """Return its frames."""
        del camera, mode
        return Sender(self._image)

    def ask(self, then: Callable[[bool], None]) -> None:
        """Say yes."""
        then(True)  # noqa: FBT003 - the signature is the window's


def main() -> None:
    """Measure both by turns, and write the medians."""
    given, load = _arguments(), [round(one, 2) for one in os.getloadavg()]
    app = QApplication(["webcam"])
    image = QImage(str(given.photo)).scaled(*SIZE).convertToFormat(QImage.Format.Format_RGB32)
    session = Session(ModelChoice(given.model))
    window = MainWindow(Theme(app), Settings())
    Workroom(session, window).move_in()
    window.room.webcam.live.choice._make = lambda: OneCamera(image)
    window.show()
    session.open_model()
    while session.classifier is None:
        _wait(0.05)
    bare, answers, late, shown = [], [], [], []
    for _ in range(given.rounds):
        bare += _bare(session.classifier, image)
        taken = _watched(window, given.seconds)
        answers += taken[0]
        late += taken[1]
        shown.append(taken[2] / given.seconds)
    window.close()
    alone, seen = statistics.median(bare), statistics.median(answers)
    measured = {
        "variant": session.classifier.variant,
        "bare_ms": round(1000 * alone, 2),
        "answer_ms": round(1000 * seen, 2),
        "added_percent": round(100 * (seen / alone - 1), 1),
        "answers_per_second": round(len(answers) / given.seconds / given.rounds, 1),
        "frames_per_second": round(statistics.mean(shown), 1),
        "shown_to_answered_ms": round(1000 * statistics.median(late), 1),
    }
    record.write(given.out, load_before=load, **measured)
    print(json.dumps(measured))


def _bare(classifier: Classifier, image: QImage) -> list[float]:
    """Return the seconds that preprocessing and inference of the frame take alone."""
    found = []
    for _ in range(BARE_TIMES):
        began = time.perf_counter()
        classifier.predict(preprocess.resize(to_picture(image), classifier.bundle.manifest.input)[None])
        found.append(time.perf_counter() - began)
    return found


def _watched(window: MainWindow, seconds: float) -> tuple[list[float], list[float], int]:
    """Return the seconds of each answer, those from sight to answer, and how many pictures were seen."""
    live, taken, late = window.room.webcam.live, [], []
    at: dict[int, float] = {}

    def answered(seen: Seen) -> None:
        taken.append(seen.seconds)
        late.append(time.perf_counter() - at[seen.look.image.cacheKey()])

    def pictured(image: QImage) -> None:
        at[image.cacheKey()] = time.perf_counter()

    window.actions_by_name[Do.WEBCAM].setChecked(True)
    _wait(1)  # the first frames find nothing ready
    live.pictured.connect(pictured)
    _wait(0.3)
    live.answers.seen_now.connect(answered)
    before = len(at)
    _wait(seconds)
    count = len(at) - before
    live.pictured.disconnect(pictured)
    live.answers.seen_now.disconnect(answered)
    window.actions_by_name[Do.WEBCAM].setChecked(False)
    return taken, late, count


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(round(1000 * seconds), loop.quit)
    loop.exec()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("photo", type=Path, help="the picture to send")
    parser.add_argument("--seconds", type=float, default=5, help="how long the webcam is watched in a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--model", default="cats-dogs", help="the model's name or folder")
    parser.add_argument("--out", type=Path, default=OUT, help="where to write the result")
    return parser.parse_args()


if __name__ == "__main__":
    main()
