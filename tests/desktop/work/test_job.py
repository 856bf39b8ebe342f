from __future__ import annotations

import logging
import queue
import threading
import time
from typing import TYPE_CHECKING

import pytest

from desktop.work.job import EVERY, Ending, Job
from whatsit.errors import BundleError, WhatsitError

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("nothing_left")


class Desk:
    """Takes what a job delivers, and on which thread."""

    def __init__(self) -> None:
        self.batches: list[list[int]] = []
        self.threads: set[threading.Thread] = set()
        self.endings: list[Ending] = []

    def take(self, batch: list[int]) -> None:
        self.batches.append(batch)
        self.threads.add(threading.current_thread())

    def end(self, ending: Ending) -> None:
        self.endings.append(ending)
        self.threads.add(threading.current_thread())

    @property
    def items(self) -> list[int]:
        return [item for batch in self.batches for item in batch]


def count(to: int, seconds: float = 0.0) -> Generator[int, None, None]:
    for number in range(to):
        if seconds:
            time.sleep(seconds)
        yield number


def test_items_arrive_in_order_in_batches_on_the_thread_that_made_the_job(qtbot: QtBot) -> None:
    desk = Desk()
    job = Job("test", count(5000), desk.take, desk.end).start()
    qtbot.waitUntil(lambda: bool(desk.endings))
    assert desk.items == list(range(5000))
    assert len(desk.batches) < 100
    assert desk.threads == {threading.current_thread()}
    assert desk.endings == [Ending()]
    assert job.over


def test_the_work_runs_on_another_thread(qtbot: QtBot) -> None:
    ran: list[threading.Thread] = []

    def work() -> Generator[int, None, None]:
        ran.append(threading.current_thread())
        yield 1

    desk = Desk()
    Job("test", work(), desk.take, desk.end).start()
    qtbot.waitUntil(lambda: bool(desk.endings))
    assert ran
    assert ran[0] is not threading.current_thread()


def test_slow_items_are_not_held_back(qtbot: QtBot) -> None:
    arrived = threading.Semaphore(0)

    def work() -> Generator[bool, None, None]:
        yield True
        for _ in range(2):
            yield arrived.acquire(timeout=10)  # each is made only once the one before has arrived

    desk = Desk()

    def take(items: list[bool]) -> None:
        desk.take(items)
        arrived.release()

    Job("test", work(), take, desk.end).start()
    qtbot.waitUntil(lambda: bool(desk.endings), timeout=30_000)
    assert desk.items == [True, True, True]


def test_stopping_closes_the_work_on_its_own_thread_and_delivers_what_was_finished(qtbot: QtBot) -> None:
    closed: list[threading.Thread] = []

    def work() -> Generator[int, None, None]:
        try:
            yield from count(1000, 0.002)
        finally:
            closed.append(threading.current_thread())

    desk = Desk()
    job = Job("test", work(), desk.take, desk.end).start()
    qtbot.waitUntil(lambda: len(desk.items) > 5)
    job.stop()
    qtbot.waitUntil(lambda: bool(desk.endings))
    assert desk.endings == [Ending(stopped=True)]
    assert desk.items == list(range(len(desk.items)))
    assert len(desk.items) < 1000
    assert closed
    assert closed[0] is not threading.current_thread()


def test_stopping_wakes_work_that_waits(qtbot: QtBot) -> None:
    waiting: queue.SimpleQueue[int | None] = queue.SimpleQueue()

    def work() -> Generator[int, None, None]:
        yield from iter(waiting.get, None)

    desk = Desk()
    job = Job("test", work(), desk.take, desk.end, interrupt=lambda: waiting.put(None)).start()
    job.stop()
    qtbot.waitUntil(lambda: bool(desk.endings))


def test_nothing_is_delivered_after_the_job_was_abandoned(qtbot: QtBot) -> None:
    desk = Desk()
    job = Job("test", count(1000, 0.001), desk.take, desk.end).start()
    qtbot.waitUntil(lambda: len(desk.items) > 5)
    job.abandon()
    before = len(desk.items)
    qtbot.waitUntil(lambda: job.over)
    qtbot.wait(round(3000 * EVERY))
    assert len(desk.items) == before
    assert not desk.endings


def test_a_delivery_may_abandon_its_own_job(qtbot: QtBot) -> None:
    endings: list[Ending] = []
    job: Job[int] = Job("test", count(3), lambda _: job.abandon(), endings.append)
    job.start()
    qtbot.waitUntil(lambda: job.over)
    qtbot.wait(round(3000 * EVERY))
    assert not endings


def test_joining_waits_for_the_thread() -> None:
    desk = Desk()
    job = Job("test", count(100_000, 0.001), desk.take, desk.end).start()
    job.join()
    assert job.over


def test_hurrying_delivers_at_once_what_is_there() -> None:
    desk = Desk()
    job = Job("test", count(7), desk.take, desk.end).start()
    job._thread.join()
    assert not job.over
    job.hurry()
    assert desk.items == list(range(7))
    job.join()


def test_an_error_for_a_person_ends_the_job_with_it(qtbot: QtBot) -> None:
    error = BundleError("no bundle here")

    def work() -> Generator[int, None, None]:
        yield 1
        raise error

    desk = Desk()
    Job("test", work(), desk.take, desk.end).start()
    qtbot.waitUntil(lambda: bool(desk.endings))
    assert desk.items == [1]
    assert desk.endings[0].error is error


def test_any_other_error_is_logged_and_said_in_plain_words(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    def work() -> Generator[int, None, None]:
        yield 1
        raise ZeroDivisionError("secret detail")

    desk = Desk()
    with caplog.at_level(logging.ERROR):
        Job("test", work(), desk.take, desk.end).start()
        qtbot.waitUntil(lambda: bool(desk.endings))
    error = desk.endings[0].error
    assert isinstance(error, WhatsitError)
    assert "secret" not in str(error)
    assert "secret detail" in caplog.text
