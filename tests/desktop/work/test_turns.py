from __future__ import annotations

import os
import sys
import threading

import pytest

from desktop.work.turns import give_way, unbroken


def test_a_turn_is_not_broken_and_gives_way_after_it() -> None:
    during: list[float] = []

    @unbroken
    def turn(number: int) -> int:
        during.append(sys.getswitchinterval())
        return number + 1

    assert turn(1) == 2
    assert during[0] > 0.1
    assert sys.getswitchinterval() < 0.002


def test_a_turn_that_fails_gives_way_too() -> None:
    @unbroken
    def turn() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        turn()
    assert sys.getswitchinterval() < 0.002


def test_no_worker_gets_a_word_in() -> None:
    counted, done = [0], threading.Event()

    def work() -> None:
        while not done.is_set():
            counted[0] += 1

    @unbroken
    def turn() -> int:
        before = counted[0]
        sum(range(1_000_000))  # some 20 ms in which nothing lets go of Python
        return counted[0] - before

    worker = threading.Thread(target=work)
    worker.start()
    heard = [turn() for _ in range(3)]
    done.set()
    worker.join()
    assert min(heard) == 0


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


@pytest.mark.skipif(sys.platform != "linux", reason="a niceness of its own has a thread on Linux alone")
def test_a_worker_and_those_it_starts_come_after_the_window() -> None:
    found: list[int] = []

    def note() -> None:
        found.append(niceness())

    def work() -> None:
        give_way()
        give_way()
        note()
        helper = threading.Thread(target=note)
        helper.start()
        helper.join()

    before = niceness()
    worker = threading.Thread(target=work)
    worker.start()
    worker.join()
    assert found == [max(10, before)] * 2
    assert niceness() == before
