from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.state.photo_list import entries
from desktop.state.reviewing import MOST_RECENT, Reviewing
from desktop.state.session import ModelChoice, Phase, Session
from tests.helpers.windows import folder_of
from whatsit import reviews
from whatsit.photos import Photo
from whatsit.reviews import Review, Reviews

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from whatsit.bundle import Bundle

RED, BLUE, GREY, GREEN = range(4)


@pytest.fixture
def reviewing(nothing_left: None, qtbot: QtBot, tiny: Bundle, tmp_path: Path) -> Iterator[Reviewing]:
    del nothing_left
    session = Session(ModelChoice(str(tiny.folder), "cpu", "fp32"))
    made = Reviewing(session)
    session.open_model()
    session.open([folder_of(tmp_path / "photos", "red", "blue", "grey", "green")])
    qtbot.waitUntil(lambda: session.phase is Phase.DONE)
    yield made
    session.close()
    made.close()


def said(reviewing: Reviewing) -> dict[int, Review]:
    return reviewing._session.photos.collection.said


def kept(reviewing: Reviewing) -> list[Review | None]:
    reviewing.close()
    with Reviews("tiny") as store:
        return [store.of(photo) for photo in reviewing._session.photos.collection.photos]


def test_accepting_says_what_the_model_says_its_guess_or_that_it_is_unknown(reviewing: Reviewing) -> None:
    assert reviewing.accept([RED, BLUE, GREY, GREEN]) == [RED, BLUE, GREY, GREEN]
    assert [said(reviewing)[number].label for number in (RED, BLUE)] == ["warm", "cold"]
    assert said(reviewing)[GREY].label in ("warm", "cold")
    assert said(reviewing)[GREEN].label == reviews.UNKNOWN
    assert all(one.label == one.guess for one in said(reviewing).values())


def test_what_is_undone_and_done_again_is_kept_so(reviewing: Reviewing) -> None:
    reviewing.label([RED], "cold")
    reviewing.label([RED, BLUE], "lukewarm")
    assert reviewing.undo() == [RED, BLUE]
    assert said(reviewing) == {RED: Review("cold", "warm")}
    assert reviewing.undo() == [RED]
    assert said(reviewing) == {}
    assert not reviewing.can_undo
    assert reviewing.undo() == []
    assert reviewing.redo() == [RED]
    reviewing.label([GREEN], "warm")
    assert not reviewing.can_redo
    assert kept(reviewing) == [Review("cold", "warm"), None, None, Review("warm", reviews.UNKNOWN)]


def test_labels_keep_their_keys_and_the_one_not_used_for_longest_gives_its_up(reviewing: Reviewing) -> None:
    assert reviewing.recent == ["warm", "cold"]
    for number in range(MOST_RECENT - 2):
        reviewing.label([RED], f"new {number}")
    assert len(reviewing.recent) == MOST_RECENT
    reviewing.label([RED], "warm")
    reviewing.label([RED], "one more")
    assert reviewing.recent == ["warm", "one more", *(f"new {number}" for number in range(MOST_RECENT - 2))]


def test_completion_has_labels_that_begin_so_first(reviewing: Reviewing) -> None:
    reviewing.label([RED], "arm chair")
    assert reviewing.completions("arm") == ["arm chair", "warm"]
    assert reviewing.completions(" CO") == ["cold"]
    assert reviewing.completions("") == ["warm", "cold", "arm chair"]


def test_a_photo_that_is_gone_is_told_and_nothing_else_is_lost(reviewing: Reviewing, qtbot: QtBot) -> None:
    photos = reviewing._session.photos.collection.photos
    photos[RED].path.unlink()
    with qtbot.waitSignal(reviewing.failed) as told:
        reviewing.label([RED, BLUE], "cold")
    assert "0000-red.png could not be kept" in told.args[0]
    reviewing.close()
    with Reviews("tiny") as store:
        assert store.of(photos[BLUE]) == Review("cold", "cold")


def test_what_nobody_saw_cannot_be_reviewed(reviewing: Reviewing) -> None:
    photos = reviewing._session.photos
    gone = photos.collection.photos[0].path.with_name("gone.jpg")
    photos.add(list(entries([Photo(gone, "gone.jpg")])))
    assert reviewing.label([4], "cold") == []
    assert reviewing.accept([4]) == []
