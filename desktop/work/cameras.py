"""The cameras of this machine, and feeds: frames from a camera or from a video file."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCameraPermission, QCoreApplication, QLoggingCategory, QObject, Qt, QUrl, Signal
from PySide6.QtMultimedia import (
    QCamera,
    QCameraDevice,
    QCameraFormat,
    QMediaCaptureSession,
    QMediaDevices,
    QMediaPlayer,
    QVideoSink,
)

from desktop.language import tr
from whatsit.errors import DeviceError, PictureError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Callable

_WANTED: Final = (1280, 720)  # more than any model sees, and no more than a camera gives without effort
_FLUENT: Final = 24  # frames a second
# What goes wrong is told by the feeds, in plain words; the rest is what Qt would like to find on a machine.
_HUSHED: Final = "qt.multimedia.*=false"


@dataclass(frozen=True, slots=True)
class Mode:
    """A size in pixels that a camera gives, and how many frames a second at most."""

    width: int
    height: int
    rate: float


@dataclass(frozen=True, slots=True)
class CameraInfo:
    """A camera as a person chooses it; its modes come largest first."""

    id: str
    name: str
    modes: tuple[Mode, ...] = ()

    @property
    def usual(self) -> Mode | None:
        """The mode to start with: the fluent one nearest to 1280 × 720."""
        fluent = [one for one in self.modes if one.rate >= _FLUENT] or list(self.modes)
        return min(
            fluent, key=lambda one: abs(one.width * one.height - _WANTED[0] * _WANTED[1]), default=None
        )


class Feed(QObject):
    """Frames from somewhere: `sink` has them; `failed` brings the error when no more will come."""

    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.sink = QVideoSink(self)

    def start(self) -> None:
        """Let frames come."""

    def pause(self) -> None:
        """Let no frames come until it is started again."""

    def close(self) -> None:
        """Let go of the camera or the file."""


class CameraFeed(Feed):
    """Frames from a camera."""

    def __init__(self, device: QCameraDevice, mode: Mode | None) -> None:
        super().__init__()
        self._camera = QCamera(device, self)
        if chosen := _format_of(device, mode):
            self._camera.setCameraFormat(chosen)
        self._capture = QMediaCaptureSession(self)
        self._capture.setCamera(self._camera)
        self._capture.setVideoSink(self.sink)
        self._camera.errorOccurred.connect(self._fail)

    def start(self) -> None:
        """Switch the camera on."""
        self._camera.start()

    def close(self) -> None:
        """Switch the camera off: its light goes out."""
        self._camera.stop()

    def _fail(self, error: QCamera.Error, said: str) -> None:
        if error != QCamera.Error.NoError:
            self.failed.emit(
                DeviceError(
                    tr("the camera cannot be used ({reason}).").format(reason=said.rstrip(".")),
                    hint=tr("Another program may be using it: close that, then try again."),
                )
            )


class FileFeed(Feed):
    """Frames from a video file, which begins again when it is over; without its sound."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._player = QMediaPlayer(self)
        self._player.setVideoSink(self.sink)
        self._player.setLoops(QMediaPlayer.Loops.Infinite.value)
        self._player.errorOccurred.connect(self._fail)
        self._player.mediaStatusChanged.connect(self._look)
        self._player.setSource(QUrl.fromLocalFile(str(path)))

    def start(self) -> None:
        """Play, or go on."""
        self._player.play()

    def pause(self) -> None:
        """Stand still."""
        self._player.pause()

    def close(self) -> None:
        """Let go of the file."""
        self._player.stop()
        self._player.setSource(QUrl())

    def _look(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.LoadedMedia and not self._player.hasVideo():
            self._fail(QMediaPlayer.Error.FormatError, tr("there are no pictures in it"))

    def _fail(self, _error: QMediaPlayer.Error, said: str) -> None:
        self.failed.emit(
            PictureError(
                tr("this video cannot be played ({reason}).").format(reason=said.rstrip(".")),
                hint=tr("Choose another file; MP4, WebM, MOV, AVI and MKV can be played most often."),
                path=self._path,
            )
        )


class Cameras(QObject):
    """The cameras that are plugged in; `changed` says that one came or went."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        QLoggingCategory.setFilterRules(_HUSHED)
        self._devices = QMediaDevices(self)
        self._devices.videoInputsChanged.connect(self.changed)

    def found(self) -> list[CameraInfo]:
        """Return the cameras, the system's usual one first."""
        devices = sorted(QMediaDevices.videoInputs(), key=lambda one: not one.isDefault())
        return [CameraInfo(_id(one), one.description(), _modes(one)) for one in devices]

    def open(self, camera: CameraInfo, mode: Mode | None) -> Feed:
        """Return the feed of a camera, which waits to be started."""
        for device in QMediaDevices.videoInputs():
            if _id(device) == camera.id:
                return CameraFeed(device, mode)
        raise unplugged(camera)

    def ask(self, then: Callable[[bool], None]) -> None:
        """Ask the system whether Whatsit may use cameras, and call `then` with what it says."""
        app, permission = QCoreApplication.instance(), QCameraPermission()
        if app is None or app.checkPermission(permission) is not Qt.PermissionStatus.Undetermined:
            then(app is None or app.checkPermission(permission) is Qt.PermissionStatus.Granted)
            return
        app.requestPermission(
            permission, self, lambda _: then(app.checkPermission(permission) is Qt.PermissionStatus.Granted)
        )


def unplugged(camera: CameraInfo) -> WhatsitError:
    """Return what to say when a camera is gone."""
    return DeviceError(
        tr("{camera} was unplugged.").format(camera=camera.name or tr("the camera")),
        hint=tr("Plug it in again, and it goes on by itself."),
    )


def forbidden() -> WhatsitError:
    """Return what to say when the system lets Whatsit use no camera."""
    places = {
        "darwin": tr("Allow it in System Settings, Privacy & Security, Camera; then try again."),
        "win32": tr("Allow it in Settings, Privacy & security, Camera; then try again."),
    }
    hint = places.get(
        sys.platform, tr("Your user must be in the group “video”: sudo usermod -aG video $USER")
    )
    return DeviceError(tr("Whatsit may not use the camera."), hint=hint)


def none_found(folder: Path = Path("/dev")) -> WhatsitError:
    """Return what to say when there is no camera, or none that may be opened, by the devices in `folder`."""
    devices = sorted(folder.glob("video*")) if sys.platform == "linux" else []
    if devices and not any(os.access(one, os.R_OK | os.W_OK) for one in devices):
        return forbidden()
    return DeviceError(
        tr("no camera was found."), hint=tr("Plug one in and it is taken at once, or play a video file.")
    )


def silent() -> WhatsitError:
    """Return what to say when a camera gives no picture."""
    return DeviceError(
        tr("the camera gives no picture."),
        hint=tr("Another program may be using it: close that, then try again."),
    )


def _id(device: QCameraDevice) -> str:
    return bytes(device.id().data()).decode("utf-8", "backslashreplace")


def _modes(device: QCameraDevice) -> tuple[Mode, ...]:
    rates: dict[tuple[int, int], float] = {}
    for one in device.videoFormats():
        size = (one.resolution().width(), one.resolution().height())
        rates[size] = max(rates.get(size, 0.0), one.maxFrameRate())
    return tuple(Mode(*size, rates[size]) for size in sorted(rates, reverse=True))


def _format_of(device: QCameraDevice, mode: Mode | None) -> QCameraFormat | None:
    if mode is None:
        return None
    size = (mode.width, mode.height)
    fits = (one for one in device.videoFormats() if one.resolution().toTuple() == size)
    return max(fits, key=lambda one: one.maxFrameRate(), default=None)
