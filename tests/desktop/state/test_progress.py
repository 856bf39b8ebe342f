from __future__ import annotations

from desktop.state.progress import Progress


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def at_work(clock: Clock, found: int, *, each_second: int, seconds: int) -> Progress:
    progress = Progress(clock)
    progress.found = found
    progress.all_found = True
    progress.begin()
    for _ in range(seconds):
        clock.now += 1
        progress.add(each_second)
    return progress


def test_time_left_is_what_remains_at_the_present_pace() -> None:
    progress = at_work(Clock(), 1000, each_second=50, seconds=8)
    assert progress.rate == 50
    assert progress.seconds_left == 12


def test_the_pace_is_that_of_the_last_seconds() -> None:
    clock = Clock()
    progress = at_work(clock, 10_000, each_second=10, seconds=20)
    for _ in range(10):
        clock.now += 1
        progress.add(200)
    assert progress.rate == 200


def test_a_work_that_stalls_gets_slower_without_any_news() -> None:
    clock = Clock()
    progress = at_work(clock, 1000, each_second=50, seconds=8)
    clock.now += 16
    assert progress.rate is not None
    assert progress.rate < 15


def test_nothing_is_foretold_before_all_is_found_or_anything_is_done() -> None:
    clock = Clock()
    progress = at_work(clock, 1000, each_second=50, seconds=8)
    progress.all_found = False
    assert progress.seconds_left is None
    fresh = Progress(clock)
    assert fresh.rate is None
    fresh.begin()
    assert fresh.rate is None


def test_when_finished_the_pace_is_that_of_the_whole_and_stays() -> None:
    clock = Clock()
    progress = at_work(clock, 400, each_second=50, seconds=8)
    progress.finish()
    clock.now += 1000
    assert progress.rate == 50
    assert progress.seconds == 8


def test_a_pause_does_not_count() -> None:
    clock = Clock()
    progress = at_work(clock, 1000, each_second=50, seconds=8)
    progress.hold()
    clock.now += 3600
    assert progress.seconds == 8
    assert progress.rate is None
    progress.go_on()
    assert progress.seconds == 8
    assert progress.rate == 50
    progress.hold()
    clock.now += 60
    progress.finish()
    clock.now += 60
    assert progress.seconds == 8


def test_what_was_answered_before_says_nothing_of_the_pace() -> None:
    clock = Clock()
    progress = Progress(clock)
    progress.begin()
    clock.now += 1
    progress.add(600, 600)
    assert progress.rate is None
    clock.now += 1
    progress.add(10)
    assert progress.rate == 5
    progress.found, progress.all_found = 615, True
    assert progress.seconds_left == 1
    progress.finish()
    assert progress.rate == 5
