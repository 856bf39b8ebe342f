from __future__ import annotations

import itertools
import threading
import time
from typing import TYPE_CHECKING
from unittest import mock

import numpy as np
import pytest

from tests.helpers.tiny_bundle import picture
from whatsit import batch, photos
from whatsit.classifier import Classifier
from whatsit.decisions import Answer, Status
from whatsit.errors import BundleError, DeviceError
from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.bundle import Bundle
    from whatsit.graph import Outputs

MANY = 50_000  # enough for a machine at work to load the model again before their end
COLOURS = {"red": (220, 30, 40), "blue": (20, 60, 200), "grey": (128, 128, 128), "green": (0, 250, 0)}


@pytest.fixture
def classifier(tiny: Bundle) -> Classifier:
    return Classifier.open(tiny, "cpu", "fp32")


def folder_of(tmp_path: Path, count: int) -> Path:
    for number in range(count):
        colour = list(COLOURS)[number % len(COLOURS)]
        (tmp_path / f"{number:03d}-{colour}.png").write_bytes(picture(COLOURS[colour]))
    return tmp_path


def decoders() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("whatsit-decode")]


def told(found: list[Photo], classifier: Classifier) -> list[tuple[Photo, Status, str]]:
    answers = batch.classify(found, classifier)
    return [(one.photo, one.answer.status, one.answer.label) for one in answers]


def test_every_photo_gets_its_own_answer_in_order(tmp_path: Path, classifier: Classifier) -> None:
    folder = folder_of(tmp_path, 50)
    (folder / "020-bad.png").write_bytes(b"bad")
    (folder / "021-notes.txt").write_bytes(b"words")
    expected = {
        "red": (Status.ANSWERED, "warm"),
        "blue": (Status.ANSWERED, "cold"),
        "grey": (Status.NOT_SURE, ""),
        "green": (Status.UNKNOWN, ""),
        "bad": (Status.FAILED, ""),
        "notes": (Status.SKIPPED, ""),
    }
    found = list(batch.classify(photos.scan([folder]), classifier))
    assert [one.photo.name for one in found] == sorted(one.name for one in folder.iterdir())
    for one in found:
        kind = one.photo.path.stem.partition("-")[2]
        assert (one.answer.status, one.answer.label) == expected[kind], one.photo.name
    assert not decoders()


def test_the_outputs_behind_the_answers_are_given(tmp_path: Path, classifier: Classifier) -> None:
    found = list(batch.predict(photos.scan([folder_of(tmp_path, 9)]), classifier, batch_size=4))
    assert len(found) == 9
    for one in found:
        assert one.outputs is not None
        assert one.outputs.probabilities.shape == (1, 2)
        alone = classifier.predict(classifier.pixels_of(one.photo.path)[np.newaxis])
        assert np.allclose(one.outputs.arrays["features"], alone.arrays["features"], atol=1e-6)


def test_nothing_gives_nothing(classifier: Classifier) -> None:
    assert list(batch.classify([], classifier)) == []


def test_a_failure_says_why(tmp_path: Path, classifier: Classifier) -> None:
    (one,) = batch.classify([Photo(tmp_path / "gone.jpg", "gone.jpg")], classifier)
    assert one.answer == Answer(Status.FAILED, reason="the file is gone")


def test_at_most_so_many_decode_at_once_and_the_rest_waits(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    now, most, lock = 0, 0, threading.Lock()
    taken: list[str] = []

    def slow(_self: Classifier, photo: Path) -> NDArray[np.uint8]:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.005)
        with lock:
            now -= 1
        assert photo.name
        return np.zeros((32, 32, 3), np.uint8)

    def source() -> Iterator[Photo]:
        for number in range(200):
            taken.append(str(number))
            yield Photo(tmp_path / f"{number}.png", f"{number}.png")

    monkeypatch.setattr(Classifier, "pixels_of", slow)
    found = batch.classify(source(), classifier, decoders=3, batch_size=4)
    for _ in range(20):
        next(found)
    assert most == 3
    ahead, running = 2 * 4 + 3, (3 + 1) * 4
    assert len(taken) <= 20 + ahead + running
    found.close()


def test_closing_stops_the_work_and_leaves_no_thread(tmp_path: Path, classifier: Classifier) -> None:
    found = batch.classify(photos.scan([folder_of(tmp_path, 60)]), classifier, decoders=2, batch_size=4)
    next(found)
    assert decoders()
    found.close()
    assert not decoders()
    assert list(found) == []


def test_one_surprise_does_not_end_the_run_for_the_others(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    whole = Classifier.pixels_of

    def sometimes(self: Classifier, photo: Path) -> NDArray[np.uint8]:
        if photo.name.startswith("001"):
            raise ZeroDivisionError("a bug in a decoder")
        return whole(self, photo)

    monkeypatch.setattr(Classifier, "pixels_of", sometimes)
    found = list(batch.classify(photos.scan([folder_of(tmp_path, 4)]), classifier))
    assert [one.answer.status is Status.FAILED for one in found] == [False, True, False, False]
    assert "ZeroDivisionError" in found[1].answer.reason
    assert "a bug in a decoder" in caplog.text


def test_a_few_photos_run_on_the_callers_thread_and_many_side_by_side(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: set[threading.Thread] = set()
    whole = Classifier.predict

    def watched(self: Classifier, pixels: NDArray[np.uint8]) -> Outputs:
        threads.add(threading.current_thread())
        return whole(self, pixels)

    monkeypatch.setattr(Classifier, "predict", watched)
    few = list(photos.scan([folder_of(tmp_path, 8)]))
    assert len(list(batch.classify(few, classifier, decoders=2))) == 8
    assert threads == {threading.current_thread()}
    found = batch.classify(itertools.islice(itertools.cycle(few), MANY), classifier, decoders=2)
    for number, one in enumerate(found):
        assert one.photo is few[number % 8]
        if len(threads & set(decoders())) == 2:
            break
    assert len(threads) == 3
    found.close()
    assert not decoders()


def test_on_cuda_groups_are_larger_and_halved_where_memory_is_short(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    whole = Classifier.predict
    room = 100

    def with_room(self: Classifier, pixels: NDArray[np.uint8]) -> Outputs:
        assert threading.current_thread() is threading.main_thread()
        asked.append(len(pixels))
        if len(pixels) > room:
            raise DeviceError("no memory.")
        time.sleep(0.005 * len(pixels))  # decoding is ahead
        return whole(self, pixels)

    found = list(photos.scan([folder_of(tmp_path, 200)]))
    as_ever = told(found, classifier)
    monkeypatch.setattr(Classifier, "predict", with_room)
    monkeypatch.setattr(classifier.graph, "runner", "cuda")  # of which there is none here
    assert told(found, classifier) == as_ever
    assert max(asked) == 32
    asked.clear()
    room = 5
    assert told(found, classifier) == as_ever
    assert max(asked) == 32
    room = 0
    with pytest.raises(DeviceError, match="no memory"):
        list(batch.classify(found, classifier))


def test_a_device_that_gives_up_meanwhile_ends_the_run(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Classifier.predict

    def failing(self: Classifier, pixels: NDArray[np.uint8]) -> Outputs:
        if threading.current_thread() in decoders():
            raise DeviceError("no memory.")
        return whole(self, pixels)

    monkeypatch.setattr(Classifier, "predict", failing)
    few = list(photos.scan([folder_of(tmp_path, 8)]))
    with pytest.raises(DeviceError, match="no memory"):
        list(batch.classify(itertools.islice(itertools.cycle(few), MANY), classifier))
    assert not decoders()


def test_a_model_that_cannot_be_loaded_again_goes_on_as_it_is(
    tmp_path: Path, classifier: Classifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = mock.Mock(side_effect=BundleError("the file is gone."))
    monkeypatch.setattr(Classifier, "on_single_cores", damaged)
    whole = Classifier.predict

    def on_this_thread(self: Classifier, pixels: NDArray[np.uint8]) -> Outputs:
        assert threading.current_thread() is threading.main_thread()  # all cores work there
        return whole(self, pixels)

    monkeypatch.setattr(Classifier, "predict", on_this_thread)
    found = list(batch.classify(photos.scan([folder_of(tmp_path, 200)]), classifier))
    assert len(found) == 200
    assert not any(one.answer.status is Status.FAILED for one in found)
    damaged.assert_called_once()
