"""Take pictures of the window in every state, light and dark, in each language, on the samples.

    python -m setup.screenshots FOLDER [--languages en zh ru] [--schemes light dark] [--scale 2]

Run it in the checkout. The window is the real one, offscreen; only the camera is a stand-in. Each language
and scheme has a process and a home of its own. A CJK font must be installed to see Chinese. The pictures in
docs/ are made by it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop import language
from desktop.actions import Do
from desktop.main_window import MainWindow
from desktop.settings import Settings
from desktop.state import camera_choice
from desktop.state.session import ModelChoice, Session
from desktop.theme import Theme
from desktop.views.device import DeviceView
from desktop.workroom import Workroom
from tests.helpers.cameras import FRONT, FakeCameras

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
PATIENCE = 120  # seconds
COPIES = 60  # of the samples, so that the work is seen
SEEN = 12  # answers that are there when the work is shown


class Visitor:
    """Goes through one window and keeps what it sees."""

    def __init__(self, out: Path, app: QApplication, chosen: str, scheme: str) -> None:
        self._out, self._pictures = out, Path.home() / "Pictures"
        self._cameras = FakeCameras(FRONT)
        self._cameras.image = QImage(str(SAMPLES / "Cat.jpg")).scaled(
            1280, 720, Qt.AspectRatioMode.KeepAspectRatioByExpanding
        ).copy(0, 60, 1280, 720).convertToFormat(QImage.Format.Format_RGB32)  # fmt: skip
        camera_choice._cameras = lambda: self._cameras  # noqa: SLF001 - as the tests do: there is no camera
        settings, dress = Settings(), Theme(app)
        settings.language, settings.scheme = chosen, scheme
        language.wear(app, chosen)
        dress.choose(scheme)
        self.session = Session(ModelChoice())
        self.window = MainWindow(dress, settings)
        Workroom(self.session, self.window).move_in()
        self.window.show()
        self.session.open_model()
        self.until(lambda: self.session.classifier is not None)

    def visit(self) -> None:
        """See every state."""
        for state in (self.folder, self.review, self.filing, self.webcam, self.dialogs, self.troubles):
            state()
        self.window.close()

    def folder(self) -> None:
        """See nothing, work going on, work done, another threshold, a heat map, a large photo, a part."""
        window, panel = self.window, self.window.room.panel
        self.shoot("empty")
        self.open("Many")
        self.until(lambda: self.session.progress.done > SEEN)
        self.shoot("working")
        self.session.pause()
        self.shoot("paused")
        self.open("Samples")
        self.done()
        self.shoot("done")
        slider = window.room.threshold.slider
        was = slider.value()
        slider.setValue(slider.maximum())
        self.shoot("threshold")
        slider.setValue(was)
        window.room.grid.select_row(1)
        self.act(Do.HEAT)
        self.until(lambda: panel.picture._heat is not None)  # noqa: SLF001 - nothing else tells it
        self.shoot("heat")
        self.act(Do.FILL)
        self.shoot("large")
        self.act(Do.FILL)
        self.act(Do.HEAT)
        self.act(Do.ASK_PART)
        self.shoot("part")
        self.act(Do.ASK_PART)

    def review(self) -> None:
        """See photos put right, and the label asked for."""
        window = self.window
        self.act(Do.REVIEW)
        self.shoot("review")
        self.act(Do.UNKNOWN)
        self.act(Do.ACCEPT)
        self.act(Do.RELABEL)
        QTest.keyClicks(window.room.reviewer.picker.line, "a")
        self.shoot("picker", window.room.reviewer.picker)
        window.room.reviewer.picker.hide()
        window.toolbar.search.setText("a")
        self.wait(500)
        self.shoot("search")
        window.toolbar.search.clear()
        self.wait(500)

    def filing(self) -> None:
        """See the dialogs that write to the disk, before and after."""
        for name, action in (("sort", Do.SORT), ("undo", Do.UNDO_SORT), ("export", Do.EXPORT)):
            self.act(action)
            dialog = self.window.room.filing.dialog
            if dialog is None:
                raise SystemExit(f"the dialog to {name} did not open")
            self.until(lambda dialog=dialog: not dialog.busy() and dialog.primary.isEnabled())
            self.shoot(name, dialog)
            dialog.primary.click()
            self.until(lambda dialog=dialog: not dialog.busy())
            self.shoot(f"{name}-done", dialog)
            self.window.room.filing.close()

    def webcam(self) -> None:
        """See the camera's picture, a square of it, and the camera pulled out."""
        webcam = self.window.room.webcam
        self.act(Do.WEBCAM)
        self.until(lambda: webcam.live.answers.seen is not None)
        self.wait(2500)
        self.shoot("webcam")
        webcam.actions_by_name[Do.LIVE_HEAT].trigger()
        webcam.actions_by_name[Do.PART].trigger()
        self.wait(1500)
        self.shoot("webcam-part")
        self._cameras.plug()
        self.shoot("webcam-failed")
        self._cameras.allowed = False
        webcam.live.try_again()
        self.shoot("webcam-forbidden")
        self.act(Do.WEBCAM)

    def dialogs(self) -> None:
        """See models, device with its certificate, and settings."""
        for name, action in (("models", Do.MODELS), ("device", Do.DEVICE), ("settings", Do.SETTINGS)):
            self.act(action)
            dialog = self.window.room.dialogs.open[action]
            self.until(lambda: self.window.room.dialogs.shelf._job is None)  # noqa: SLF001 - as the tests do
            self.shoot(name, dialog)
            if isinstance(dialog, DeviceView):
                dialog.certify.click()
                self.until(lambda: not self.window.room.dialogs.shelf.doing)
                self.shoot("certificate", dialog)
            dialog.close()

    def troubles(self) -> None:
        """See a photo that cannot be read, a folder that is gone, an empty one, a missing model."""
        self.open("Broken")
        self.done()
        self.shoot("failed-photo")
        self.open("Gone")
        self.done()
        self.shoot("gone")
        self.open("None")
        self.done()
        self.shoot("no-photos")
        self.session.use(ModelChoice("no-such-model"))
        self.until(lambda: self.session.model_error is not None)
        self.shoot("no-model")

    def open(self, name: str) -> None:
        """Open a folder among the pictures."""
        self.window.open([self._pictures / name])

    def act(self, name: Do) -> None:
        """Do what a menu or key does."""
        self.window.actions_by_name[name].trigger()

    def done(self) -> None:
        """Wait until all photos are answered and the first one is seen."""
        self.until(lambda: not self.session.working)

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window work until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise SystemExit(f"{self._out}: waited {PATIENCE} seconds in vain")
            self.wait(20)

    def wait(self, milliseconds: int) -> None:
        """Let the window work so long."""
        QTest.qWait(milliseconds)

    def shoot(self, name: str, above: QWidget | None = None) -> None:
        """Keep what is seen, with a dialog or a popup above it."""
        self.wait(400)
        picture = self.window.grab()
        if above is not None:
            place = above.mapToGlobal(QPoint(0, 0)) - self.window.mapToGlobal(QPoint(0, 0))
            if above.windowType() is not Qt.WindowType.Popup:
                place = self.window.rect().center() - above.rect().center()
            painter = QPainter(picture)
            painter.fillRect(self.window.rect(), QColor(0, 0, 0, 90))
            painter.drawPixmap(QPointF(place), above.grab())
            painter.end()
        picture.save(str(self._out / f"{name}.png"))


def main() -> None:
    """Take all pictures asked for, one language and scheme after another."""
    given = _arguments()
    if given.inside:
        chosen, scheme = given.inside
        app = QApplication(["whatsit"])
        Visitor(given.folder, app, chosen, scheme).visit()
        return
    for chosen in given.languages:
        for scheme in given.schemes:
            out = given.folder.absolute() / f"{chosen}-{scheme}"
            out.mkdir(parents=True, exist_ok=True)
            _take(out, chosen, scheme, given.scale)


def _take(out: Path, chosen: str, scheme: str, scale: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        home = Path(place) / "ann"
        _furnish(home / "Pictures")
        kept = home / ".whatsit"
        asked = {"HOME": str(home), "WHATSIT_HOME": str(kept), "QT_SCALE_FACTOR": scale}
        command = [sys.executable, "-m", "setup.screenshots", str(out), "--inside", chosen, scheme]
        subprocess.run(command, cwd=ROOT, env={**os.environ, **asked}, check=True)  # noqa: S603 - our own


def _furnish(pictures: Path) -> None:
    shutil.copytree(SAMPLES, pictures / "Samples")
    shutil.copytree(SAMPLES, pictures / "Broken")
    (pictures / "Broken" / "Broken.jpg").write_bytes(b"\xff\xd8\xff broken off")
    (pictures / "None").mkdir()
    for number in range(COPIES):
        for photo in SAMPLES.glob("*.jpg"):
            (pictures / "Many").mkdir(exist_ok=True)
            shutil.copy(photo, pictures / "Many" / f"{photo.stem} {number + 1:02}.jpg")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--languages", nargs="+", default=list(language.LANGUAGES))
    parser.add_argument("--schemes", nargs="+", default=["light", "dark"])
    parser.add_argument("--scale", default="1")
    parser.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    main()
