from __future__ import annotations

import threading
from pathlib import Path

from desktop.state.feed import Feed
from desktop.state.photo_list import PhotoList, entries
from whatsit.photos import Photo


def photos(count: int) -> PhotoList:
    made = PhotoList()
    made.extend([*entries(Photo(Path(f"/p/{number}.jpg"), f"{number}.jpg") for number in range(count))])
    return made


def taken_by_a_thread(feed: Feed) -> tuple[list[str], threading.Thread]:
    taken: list[str] = []
    thread = threading.Thread(target=lambda: taken.extend(one.name for one in feed))
    thread.start()
    return taken, thread


def test_photos_are_given_as_they_are_found() -> None:
    feed = Feed(photos(3))
    taken, thread = taken_by_a_thread(feed)
    feed.offer(1)
    feed.offer(3)
    feed.complete()
    thread.join()
    assert taken == ["0.jpg", "1.jpg", "2.jpg"]


def test_a_pause_holds_photos_back_and_closing_ends_it() -> None:
    feed = Feed(photos(3))
    feed.paused = True
    feed.offer(3)
    taken, thread = taken_by_a_thread(feed)
    thread.join(0.05)
    assert thread.is_alive()
    assert taken == []
    feed.close()
    thread.join()
    assert taken == []


def test_after_a_pause_it_goes_on_where_it_was() -> None:
    feed = Feed(photos(4))
    feed.offer(4)
    feed.complete()
    given = iter(feed)
    assert next(given).name == "0.jpg"
    feed.paused = True
    feed.paused = False
    assert [one.name for one in given] == ["1.jpg", "2.jpg", "3.jpg"]
