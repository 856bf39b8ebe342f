from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtMultimedia import QMediaDevices

from desktop.work import cameras
from desktop.work.cameras import CameraInfo, Cameras, FileFeed, Mode
from tests.helpers.cameras import BLUE, FRONT, RED, video
from whatsit.errors import PictureError, WhatsitError

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("nothing_left")


def test_the_usual_mode_is_fluent_and_not_larger_than_needed() -> None:
    modes = (Mode(3840, 2160, 30), Mode(1920, 1080, 5), Mode(1280, 720, 30), Mode(640, 480, 30))
    assert CameraInfo("a", "a", modes).usual == modes[2]
    assert CameraInfo("a", "a", (Mode(1920, 1080, 5),)).usual == Mode(1920, 1080, 5)
    assert CameraInfo("a", "a").usual is None


def test_the_cameras_of_this_machine(qtbot: QtBot) -> None:
    real = Cameras()
    assert len(real.found()) == len(QMediaDevices.videoInputs())
    with pytest.raises(WhatsitError, match="Front camera was unplugged"):
        real.open(FRONT, None)
    said: list[bool] = []
    real.ask(said.append)
    qtbot.waitUntil(lambda: bool(said))


@pytest.mark.skipif(sys.platform != "linux", reason="devices are files on Linux")
def test_no_camera_and_no_permission_are_told_apart(tmp_path: Path) -> None:
    assert "no camera was found" in str(cameras.none_found(tmp_path))
    device = tmp_path / "video0"
    device.symlink_to(tmp_path / "nobody may open this")
    assert "may not use the camera" in str(cameras.none_found(tmp_path))


def test_a_video_plays_from_its_beginning_again_and_again(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "video.avi"
    file.write_bytes(video(RED, BLUE, each=6))
    feed, seen = FileFeed(file), []
    feed.sink.videoFrameChanged.connect(lambda one: seen.append(one.toImage().pixelColor(9, 9).red() > 128))
    feed.start()
    qtbot.waitUntil(lambda: [one for one, _ in itertools.groupby(seen)][:3] == [True, False, True])
    feed.pause()
    qtbot.wait(200)
    count = len(seen)
    qtbot.wait(200)
    assert len(seen) == count
    feed.close()


@pytest.mark.parametrize("data", [b"nonsense" * 500, b"", None])
def test_what_is_no_video_is_said(qtbot: QtBot, tmp_path: Path, data: bytes | None) -> None:
    file = tmp_path / "video.mp4"
    if data is not None:
        file.write_bytes(data)
    feed, errors = FileFeed(file), []
    feed.failed.connect(errors.append)
    feed.start()
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], PictureError)
    assert errors[0].path == file
    feed.close()
