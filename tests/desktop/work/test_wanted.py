from __future__ import annotations

import threading

from desktop.work.wanted import Wanted


def test_a_new_wish_takes_the_place_of_the_old_ones() -> None:
    wanted: Wanted[int] = Wanted()
    wanted.replace([1, 2, 3])
    taken = iter(wanted)
    assert next(taken) == 1
    wanted.replace([7, 8])
    assert [next(taken), next(taken)] == [7, 8]


def test_the_worker_waits_for_wishes_and_ends_when_closed() -> None:
    wanted: Wanted[int] = Wanted()
    taken: list[int] = []
    worker = threading.Thread(target=lambda: taken.extend(wanted))
    worker.start()
    wanted.replace([5])
    while not taken and worker.is_alive() and wanted._wishes:
        pass
    wanted.close()
    worker.join(timeout=10)
    assert not worker.is_alive()
    assert taken == [5]


def test_closing_forgets_what_was_wanted() -> None:
    wanted: Wanted[int] = Wanted()
    wanted.replace([1, 2])
    wanted.close()
    assert list(wanted) == []
