from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from desktop.state.live import Live, LivePhase
from desktop.state.session import ModelChoice, Session
from desktop.work.part import Part
from tests.helpers.cameras import BLUE, FRONT, GREY, REAR, RED, FakeCameras, image_of, video
from whatsit.classifier import Classifier
from whatsit.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from whatsit.bundle import Bundle

pytestmark = pytest.mark.usefixtures("nothing_left")


@pytest.fixture
def cameras(qtbot: QtBot) -> FakeCameras:
    del qtbot
    return FakeCameras(FRONT, REAR)


@pytest.fixture
def live(nothing_left: None, qtbot: QtBot, tiny: Bundle, cameras: FakeCameras) -> Iterator[Live]:
    del nothing_left
    session = Session(ModelChoice(str(tiny.folder), "cpu", "fp32"))
    made = Live(session, lambda: cameras)
    session.open_model()
    qtbot.waitUntil(lambda: session.classifier is not None)
    yield made
    made.close()
    session.close()


def label(live: Live) -> str:
    return live.answers.seen.answer.label if live.answers.seen else ""


def test_the_first_camera_is_taken_and_what_is_before_it_answered(
    live: Live, cameras: FakeCameras, qtbot: QtBot
) -> None:
    live.open()
    assert live.phase is LivePhase.OPENING
    qtbot.waitUntil(lambda: label(live) == "warm")
    assert (live.phase, live.choice.camera, live.choice.mode) == (LivePhase.LIVE, FRONT, FRONT.modes[0])
    cameras.image = image_of(BLUE)
    qtbot.waitUntil(lambda: label(live) == "cold")
    qtbot.waitUntil(lambda: bool(live.frames.rate and live.answers.pace.rate))
    live.close()
    assert not cameras.feeds[0].running
    assert live.phase is LivePhase.OFF


def test_the_newest_frame_wins_and_no_queue_grows(
    live: Live, cameras: FakeCameras, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate, asked = threading.Event(), []
    real = Classifier.predict

    def slow(self: Classifier, pixels: object) -> object:
        asked.append(pixels)
        gate.wait(5)
        return real(self, pixels)

    monkeypatch.setattr(Classifier, "predict", slow)
    live.open()
    qtbot.waitUntil(lambda: len(asked) == 1)
    shown = []
    live.pictured.connect(shown.append)
    qtbot.waitUntil(lambda: len(shown) > 20)  # the picture goes on while the model is at work
    cameras.image = image_of(BLUE)
    qtbot.waitUntil(lambda: shown[-1].pixelColor(3, 3).blue() > 150)
    gate.set()
    qtbot.waitUntil(lambda: label(live) == "cold")
    assert asked[1][0, 0, 0, 2] > 150  # the second look is at the newest frame, not at the twenty before


def test_frames_that_come_while_the_window_is_busy_do_not_pile_up(
    live: Live, cameras: FakeCameras, qtbot: QtBot
) -> None:
    live.open()
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    shown: list[object] = []
    live.pictured.connect(shown.append)
    sender = threading.Thread(target=lambda: [cameras.feeds[0].send() for _ in range(200)])
    sender.start()
    sender.join()  # the window's thread does nothing meanwhile
    jobs = [*live._jobs, *live.answers._jobs]
    wishes = [*live._frames._wishes, *live.answers._looks._wishes]
    waiting = sum(len(job._items) for job in jobs) + len(wishes)
    assert waiting <= 3


def test_another_camera_and_mode(live: Live, cameras: FakeCameras, qtbot: QtBot) -> None:
    live.open()
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    live.choose(REAR)
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    assert live.choice.mode == REAR.modes[0]
    live.choose(FRONT, FRONT.modes[1])
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    assert [feed.running for feed in cameras.feeds] == [False, False, True]
    assert (cameras.feeds[-1].camera, cameras.feeds[-1].mode) == (FRONT, FRONT.modes[1])
    live.close()
    live.open()  # the one that was used last
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    assert live.choice.camera == FRONT


def test_a_camera_that_was_let_go_of_fails_nobody_any_more(
    live: Live, cameras: FakeCameras, qtbot: QtBot
) -> None:
    live.open()
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    before = cameras.feeds[0]
    live.choose(REAR)
    before.failed.emit(DeviceError("the camera cannot be used."))
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    assert live.error is None


def test_a_frozen_picture_stands_still_and_can_be_asked_about(
    live: Live, cameras: FakeCameras, qtbot: QtBot
) -> None:
    live.open()
    qtbot.waitUntil(lambda: label(live) == "warm")
    live.freeze()
    cameras.image = image_of(BLUE)
    qtbot.wait(120)
    assert label(live) == "warm"
    assert live.phase is LivePhase.FROZEN
    before = live.answers.seen
    live.look_at(Part(0.3, 0.3, 0.5))
    qtbot.waitUntil(lambda: live.answers.seen is not before)
    assert live.answers.seen is not None
    assert live.answers.seen.look.part == Part(0.3, 0.3, 0.5)
    live.freeze()
    qtbot.waitUntil(lambda: label(live) == "cold")


def test_a_camera_that_is_unplugged_is_said_and_goes_on_when_it_is_back(
    live: Live, cameras: FakeCameras, qtbot: QtBot
) -> None:
    live.open()
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    cameras.plug()
    assert live.phase is LivePhase.FAILED
    assert live.error is not None
    assert live.error.what == "Front camera was unplugged."
    assert live.image is None
    cameras.plug(FRONT)
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    assert live.error is None


def test_no_camera_is_said_and_one_that_comes_is_taken(
    live: Live, cameras: FakeCameras, qtbot: QtBot
) -> None:
    cameras.plugged = []
    live.open()
    assert live.error is not None
    assert "camera" in live.error.what
    cameras.plug(REAR)
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)
    assert live.choice.camera == REAR


def test_permission_denied_is_said_and_tried_again(live: Live, cameras: FakeCameras, qtbot: QtBot) -> None:
    cameras.allowed = False
    live.open()
    assert live.error is not None
    assert live.error.what == "Whatsit may not use the camera."
    cameras.allowed = True
    live.try_again()
    qtbot.waitUntil(lambda: live.phase is LivePhase.LIVE)


def test_a_camera_without_a_picture_is_said(live: Live, cameras: FakeCameras, qtbot: QtBot) -> None:
    cameras.image = None
    live._late.setInterval(50)
    live.open()
    qtbot.waitUntil(lambda: live.phase is LivePhase.FAILED)
    assert live.error is not None
    assert "gives no picture" in live.error.what


def test_a_video_is_answered_frozen_and_gone_on_with(live: Live, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "video.avi"
    file.write_bytes(video(RED, BLUE, GREY, each=12))
    live.open()
    live.play(file)
    answers: list[str] = []
    live.answers.seen_now.connect(lambda seen: answers.append(seen.answer.label))
    qtbot.waitUntil(lambda: {"warm", "cold"} <= set(answers))
    assert live.choice.camera is None
    live.freeze()
    live.freeze()
    count = len(answers)
    qtbot.waitUntil(lambda: len(answers) > count + 3)


def test_a_broken_video_is_said(live: Live, qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "broken.mp4"
    file.write_bytes(b"no video" * 100)
    live.open()
    live.play(file)
    qtbot.waitUntil(lambda: live.phase is LivePhase.FAILED)
    assert live.error is not None
    assert live.error.path == file


def test_snapshots_go_into_a_folder(live: Live, qtbot: QtBot, tmp_path: Path, tiny: Bundle) -> None:
    live.open()
    qtbot.waitUntil(lambda: label(live) == "warm")
    kept: list[Path] = []
    live.kept.connect(kept.append)
    live.keep(tmp_path / "kept", "Warm")
    live.keep(tmp_path / "kept", "Warm")
    qtbot.waitUntil(lambda: len(kept) == 2)
    classifier = Classifier.open(tiny, "cpu", "fp32")
    assert live.answers.seen is not None
    assert classifier.classify(classifier.pixels_of(kept[0])[None])[0] == live.answers.seen.answer
