"""Cameras for tests: the thinnest stand-in, whose frames go through QtMultimedia's own classes."""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from PIL import Image
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QMediaCaptureSession, QVideoFrame, QVideoFrameInput

from desktop.work import cameras
from desktop.work.cameras import CameraInfo, Cameras, Feed, Mode

if TYPE_CHECKING:
    from collections.abc import Callable

    from whatsit.errors import WhatsitError

FRONT = CameraInfo("front", "Front camera", (Mode(1280, 720, 30), Mode(640, 480, 30)))
REAR = CameraInfo("rear", "Rear camera", (Mode(640, 480, 15),))
RED, BLUE, GREY = (220, 30, 40), (20, 60, 200), (128, 128, 128)


def image_of(colour: tuple[int, int, int], width: int = 64, height: int = 48) -> QImage:
    """Return a picture of one colour."""
    data = bytes(colour) * (width * height)
    view = QImage(data, width, height, 3 * width, QImage.Format.Format_RGB888)
    return view.convertToFormat(QImage.Format.Format_RGB32)


class FakeFeed(Feed):
    """Sends the picture of a fake camera again and again, as a camera does."""

    def __init__(self, owner: FakeCameras, camera: CameraInfo, mode: Mode | None) -> None:
        super().__init__()
        self.camera, self.mode, self.running = camera, mode, False
        self._owner = owner
        self._input = QVideoFrameInput(self)
        self._capture = QMediaCaptureSession(self)
        self._capture.setVideoFrameInput(self._input)
        self._capture.setVideoSink(self.sink)
        self._timer = QTimer(self, interval=10)
        self._timer.timeout.connect(self.send)

    def start(self) -> None:
        self.running = True
        self._timer.start()

    def close(self) -> None:
        self.running = False
        self._timer.stop()

    def send(self) -> None:
        if self._owner.image is not None:
            self._input.sendVideoFrame(QVideoFrame(self._owner.image))


class FakeCameras(Cameras):
    """Cameras that tests plug in and pull out."""

    def __init__(self, *plugged: CameraInfo, allowed: bool = True) -> None:
        super().__init__()
        self.plugged, self.allowed = list(plugged), allowed
        self.image: QImage | None = image_of(RED)
        self.feeds: list[FakeFeed] = []
        self.error: WhatsitError | None = None

    def found(self) -> list[CameraInfo]:
        return list(self.plugged)

    def open(self, camera: CameraInfo, mode: Mode | None) -> Feed:
        if self.error is not None:
            raise self.error
        if camera not in self.plugged:
            raise cameras.unplugged(camera)
        self.feeds.append(FakeFeed(self, camera, mode))
        return self.feeds[-1]

    def ask(self, then: Callable[[bool], None]) -> None:
        then(self.allowed)

    def plug(self, *plugged: CameraInfo) -> None:
        self.plugged = list(plugged)
        self.changed.emit()


def video(*colours: tuple[int, int, int], each: int = 10, size: tuple[int, int] = (96, 64)) -> bytes:
    """Return a video, an AVI of JPEG frames, 20 a second, `each` of one colour after another."""
    frames = [_jpeg(colour, size) for colour in colours for _ in range(each)]
    width, height = size
    most = max(map(len, frames))
    main = struct.pack("<14I", 50_000, 20 * most, 0, 0x10, len(frames), 0, 1, most, width, height, 0, 0, 0, 0)
    stream = struct.pack(
        "<4s4sI2H8I4H", b"vids", b"MJPG", 0, 0, 0, 0, 1, 20, 0, len(frames), most, 0, 0, 0, 0, width, height
    )
    picture = struct.pack("<3I2H4s5I", 40, width, height, 1, 24, b"MJPG", 3 * width * height, 0, 0, 0, 0)
    head = _list(
        b"hdrl", _chunk(b"avih", main) + _list(b"strl", _chunk(b"strh", stream) + _chunk(b"strf", picture))
    )
    movie = _list(b"movi", b"".join(_chunk(b"00dc", frame) for frame in frames))
    index, at = b"", 4
    for frame in frames:
        index += struct.pack("<4s3I", b"00dc", 0x10, at, len(frame))
        at += 8 + len(frame) + len(frame) % 2
    body = b"AVI " + head + movie + _chunk(b"idx1", index)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _jpeg(colour: tuple[int, int, int], size: tuple[int, int]) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "jpeg", quality=95)
    return file.getvalue()


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _list(name: bytes, data: bytes) -> bytes:
    return b"LIST" + struct.pack("<I", len(data) + 4) + name + data
