"""What is before the camera, or in a video: the newest frame, its answer, and how it goes."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.state.camera_choice import CameraChoice
from desktop.state.live_answers import LiveAnswers
from desktop.state.pace import Pace
from desktop.work import live, snapshot
from desktop.work.job import LIVE, Ending, Job
from desktop.work.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QImage
    from PySide6.QtMultimedia import QVideoFrame

    from desktop.state.session import Session
    from desktop.work.cameras import CameraInfo, Cameras, Feed, Mode
    from desktop.work.part import Part
    from whatsit.errors import WhatsitError

_PATIENCE: Final = 6_000  # milliseconds that a camera may take for its first frame


class LivePhase(Enum):
    """How it stands with the picture."""

    OFF = "off"
    OPENING = "opening"
    LIVE = "live"
    FROZEN = "frozen"
    FAILED = "failed"


class Live(QObject):
    """One camera or video at a time; each new frame takes the place of one that was not looked at yet."""

    changed = Signal()  # the phase, the choices or the error
    pictured = Signal(object)  # the newest frame, a QImage
    kept = Signal(object)  # the file of a snapshot

    def __init__(self, session: Session, cameras: Callable[[], Cameras] | None = None) -> None:
        super().__init__(session)
        self._session = session
        self.choice = CameraChoice(self, cameras)
        self.phase = LivePhase.OFF
        self.error: WhatsitError | None = None
        self.file: Path | None = None
        self.part: Part | None = None
        self.image: QImage | None = None
        self.frames, self.answers = Pace(), LiveAnswers(self)
        self._feed: Feed | None = None
        self._frames: Wanted[QVideoFrame] = Wanted()
        self._jobs: list[Job[Any]] = []
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._late.timeout.connect(self._tell_silent)
        self.choice.changed.connect(self._look_for_cameras)
        self.answers.failed.connect(self._fail)
        session.chaining.changed.connect(self._start_answering)  # told of each model too

    def open(self) -> None:
        """Switch on the camera that was used last, or the system's usual one."""
        if self.phase is not LivePhase.OFF:
            return
        self._frames = Wanted()
        work = live.shots(self._frames)
        wake = self._frames.close
        self._start(Job("frames", work, self._take_shots, self._end, interrupt=wake, delivery=LIVE))
        self.phase = LivePhase.OPENING
        self._start_answering()
        self.choice.ask(self._go_on)

    def close(self) -> None:
        """Switch all off and wait until no thread is left."""
        self._let_go()
        for job in self._jobs:
            job.abandon()
        for job in self._jobs:
            job.join()
        self._jobs = []
        self.answers.close()
        self.phase, self.file = LivePhase.OFF, None

    def choose(self, camera: CameraInfo, mode: Mode | None = None) -> None:
        """Take the picture of this camera, in this mode or its usual one."""
        self.choice.take(camera, mode)
        self.file = None
        self._take(self.choice.feed)

    def play(self, file: Path) -> None:
        """Take the picture of a video file."""
        from desktop.work.cameras import FileFeed  # noqa: PLC0415 - multimedia is loaded when it is wanted

        self.choice.let_go()
        self.file = file
        self._take(partial(FileFeed, file))

    def try_again(self) -> None:
        """Open once more what failed."""
        if self.file is not None:
            self.play(self.file)
        elif self.phase is not LivePhase.OFF:
            self.choice.ask(self._go_on)

    def freeze(self) -> None:
        """Hold the picture that is seen, or let it go on."""
        if self.phase is LivePhase.LIVE:
            self.phase = LivePhase.FROZEN
        elif self.phase is LivePhase.FROZEN:
            self.phase = LivePhase.LIVE
            self.answers.begin_scene()
        if self._feed is not None and self.file is not None:
            (self._feed.pause if self.phase is LivePhase.FROZEN else self._feed.start)()
        self.changed.emit()

    def look_at(self, part: Part | None) -> None:
        """Show the model this part of the picture, or all of it."""
        self.part = part
        self.answers.begin_scene()
        self._look()
        self.changed.emit()

    def heat(self, wanted: bool) -> None:  # noqa: FBT001 - what is wanted from now on
        """Have heat maps made from now on, or no more."""
        self.answers.heated = wanted
        self._look()

    def keep(self, folder: Path, answer: str) -> None:
        """Write the picture that is seen into a folder; `kept` tells its file, the error what went wrong."""
        if self.image is not None:
            work = snapshot.keep(self.image, folder, answer)
            self._start(Job("snapshot", work, self._tell_kept, self._end_keeping))

    def _go_on(self, hindrance: WhatsitError | None) -> None:
        if hindrance is not None:
            self._fail(hindrance)
        else:
            self._look_for_cameras()

    def _look_for_cameras(self) -> None:
        """Take note of the cameras that are there: one may have come, or the one in use have gone."""
        if self.phase is LivePhase.OFF:
            return
        self.choice.refresh()
        if self.file is None and self.choice.unplugged:
            self._fail(self.choice.gone())
        elif self.file is None and self.phase in (LivePhase.OPENING, LivePhase.FAILED):
            self._take(self._usual_feed)
        self.changed.emit()

    def _usual_feed(self) -> Feed:
        self.choice.take()
        return self.choice.feed()

    def _take(self, make: Callable[[], Feed]) -> None:
        from whatsit.errors import WhatsitError as Foreseen  # noqa: PLC0415 - beside its type

        self._let_go()
        self.phase, self.error = LivePhase.OPENING, None
        try:
            self._feed = make()
        except Foreseen as error:
            self._fail(error)
            return
        frames = self._frames
        # On the thread that brings the frame: were they queued for a window that is busy, they would pile up.
        self._feed.sink.videoFrameChanged.connect(
            lambda frame: frames.replace([frame]), Qt.ConnectionType.DirectConnection
        )
        self._feed.failed.connect(self._fail)
        self._late.start()
        self._feed.start()
        self.changed.emit()

    def _let_go(self) -> None:
        self._late.stop()
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.sink.videoFrameChanged.disconnect()
            feed.failed.disconnect()
            feed.close()
            feed.deleteLater()
        self._frames.replace([])
        self.image = None
        self.frames.clear()
        self.answers.forget()

    def _start(self, job: Job[Any]) -> None:
        self._jobs = [one for one in self._jobs if not one.over]
        self._jobs.append(job.start())

    def _start_answering(self) -> None:
        if self._session.classifier is not None and self.phase is not LivePhase.OFF:
            self.answers.open(self._session.classifier, self._session.chaining.chain)
            self._look()

    def _take_shots(self, images: list[QImage]) -> None:
        if self._feed is None or self.phase in (LivePhase.FROZEN, LivePhase.FAILED):
            return
        self._late.stop()
        self.image = images[-1]
        self.frames.tick()
        if self.phase is LivePhase.OPENING:
            self.phase = LivePhase.LIVE
            self.changed.emit()
        self._look()
        self.pictured.emit(self.image)

    def _look(self) -> None:
        if self.image is not None:
            self.answers.look(self.image, self.part)

    def _tell_kept(self, files: list[Path]) -> None:
        self.kept.emit(files[-1])

    def _end_keeping(self, ending: Ending) -> None:
        if ending.error is not None:
            self.kept.emit(ending.error)

    def _end(self, ending: Ending) -> None:
        if ending.error is not None:
            self._fail(ending.error)

    def _tell_silent(self) -> None:
        from desktop.work import cameras  # noqa: PLC0415 - as above

        self._fail(cameras.silent())

    def _fail(self, error: WhatsitError) -> None:
        self._let_go()
        self.phase, self.error = LivePhase.FAILED, error
        self.changed.emit()
