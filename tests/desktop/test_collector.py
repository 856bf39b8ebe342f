from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desktop import collector
from desktop.collector import ShortCollections
from desktop.state.photo_list import entries
from desktop.state.session import ModelChoice, Session
from whatsit.decisions import Answer, Candidate, Status
from whatsit.photos import Photo

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def thawed(qapp: object) -> Iterator[None]:
    del qapp
    yield
    gc.unfreeze()


def test_photos_that_came_in_are_not_looked_at_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "_EVERY", 0.0)
    session = Session(ModelChoice())
    ShortCollections(session)
    for start in range(0, 3000, 500):
        numbers = range(start, start + 500)
        session.photos.add(
            list(entries([Photo(Path(f"/{number}.jpg"), f"{number}.jpg") for number in numbers]))
        )
        best = [Candidate("cat", 0.9)]
        session.photos.answer([(one, Answer(Status.ANSWERED, "cat", 0.9, tuple(best))) for one in numbers])
    assert gc.get_freeze_count() > 3000
    assert not any(isinstance(one, Photo) for one in gc.get_objects())


def test_rings_that_came_in_with_them_are_collected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collector, "_EVERY", 0.0)
    session = Session(ModelChoice())
    ShortCollections(session)
    gone: list[bool] = []

    class Ring:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            gone.append(True)

    Ring()
    session.photos.add(list(entries([Photo(Path("/a.jpg"), "a.jpg")])))
    assert gone == [True]
