from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.helpers.tiny_bundle import picture
from whatsit import batch, decoders, photos, pictures
from whatsit.classifier import Classifier
from whatsit.decisions import Status
from whatsit.decoders import Decoders
from whatsit.errors import WhatsitError
from whatsit.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whatsit.bundle import Bundle


@pytest.fixture
def stuck() -> Iterator[threading.Event]:
    """An event that stuck work waits for, set at the end so that no thread outlives its test."""
    event = threading.Event()
    yield event
    event.set()
    for thread in threading.enumerate():
        if thread.name == decoders.NAME:
            thread.join()


def waiting(event: threading.Event, value: int) -> int:
    event.wait()
    return value


def test_values_come_back_and_the_threads_end() -> None:
    pool = Decoders(2, seconds=60)
    jobs = [pool.submit(partial(pow, number, 2)) for number in range(20)]
    assert [pool.value(job) for job in jobs] == [number**2 for number in range(20)]
    pool.close()
    assert not [thread for thread in threading.enumerate() if thread.name == decoders.NAME]


def test_what_is_to_be_done_first_is(stuck: threading.Event) -> None:
    order: list[int] = []
    pool = Decoders(1, seconds=60)
    pool.submit(partial(waiting, stuck, 0))
    pool.submit(partial(order.append, 2))
    last = pool.submit(partial(order.append, 3))
    pool.submit_first(partial(order.append, 1))
    stuck.set()
    pool.value(last)
    pool.close()
    assert order == [1, 2, 3]


def test_what_is_to_be_done_first_is_done_though_every_thread_is_stuck(stuck: threading.Event) -> None:
    pool = Decoders(2, seconds=0.05)
    for number in range(2):
        pool.submit(partial(waiting, stuck, number))
    assert pool.finished(pool.submit_first(partial(pow, 3, 2))) == 9
    assert not stuck.is_set()
    stuck.set()
    pool.close()


def test_work_that_is_stuck_is_left_behind_and_the_rest_goes_on(stuck: threading.Event) -> None:
    pool = Decoders(1, seconds=0.05)
    first = pool.submit(partial(waiting, stuck, 1))
    rest = [pool.submit(partial(pow, number, 2)) for number in range(5)]
    assert pool.value(first) is None
    assert [pool.value(job) for job in rest] == [0, 1, 4, 9, 16]
    pool.close()


def test_when_everything_is_stuck_it_is_said(stuck: threading.Event) -> None:
    pool = Decoders(2, seconds=0.01)
    jobs = [pool.submit(partial(waiting, stuck, 1)) for _ in range(20)]
    with pytest.raises(WhatsitError, match="9 photos at once cannot be read in time"):
        [pool.value(job) for job in jobs]
    pool.close()


def test_closing_waits_for_nothing_that_is_stuck(
    stuck: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoders, "_SECONDS_TO_CLOSE", 0.01)
    pool = Decoders(2, seconds=60)
    pool.submit(partial(waiting, stuck, 1))
    pool.close()
    assert not stuck.is_set()


def test_a_photo_on_a_disk_that_hangs_costs_one_line(
    tiny: Bundle, tmp_path: Path, stuck: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(6):
        (tmp_path / f"{number}.png").write_bytes(picture((220, 30, 40)))
    real = pictures.read

    def hanging(path: Path, limits: Limits | None = None) -> bytes:
        if path.name == "2.png":
            stuck.wait()
        return real(path, limits)

    monkeypatch.setattr(pictures, "read", hanging)
    classifier = Classifier.open(tiny, "cpu", "fp32", Limits(seconds=0.2))
    found = list(batch.classify(photos.scan([tmp_path]), classifier, decoders=1))
    assert [one.answer.status for one in found if one.photo.name != "2.png"] == [Status.ANSWERED] * 5
    assert found[2].answer.status is Status.FAILED
    assert "reading and decoding took longer than 0.4 seconds (raise it: --limit" in found[2].answer.reason
