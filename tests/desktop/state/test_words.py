from __future__ import annotations

from pathlib import Path

import pytest

from desktop.state import spelling, words
from desktop.state.photo_model import Card
from whatsit import reviews
from whatsit.decisions import Answer, Candidate, Status, Then
from whatsit.photos import Photo
from whatsit.reviews import Review

RANKED = (Candidate("cat", 0.71), Candidate("dog", 0.29))


@pytest.mark.parametrize(
    ("confidence", "said"),
    [
        (1.0, ">99%"),
        (0.995, ">99%"),
        (0.994, "99%"),
        (0.5, "50%"),
        (0.006, "1%"),
        (0.0, "<1%"),
    ],
)
def test_a_percentage_never_claims_to_be_certain(confidence: float, said: str) -> None:
    assert words.percent(confidence) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 second"), (3.2, "3 seconds"), (89, "89 seconds"), (120, "2 minutes"), (7200, "2 hours")],
)
def test_time_is_said_in_its_largest_fitting_unit(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("amount", "said"), [(0, "0 bytes"), (999, "999 bytes"), (34_400, "34 KB"), (3_940_000, "3.9 MB")]
)
def test_sizes(amount: int, said: str) -> None:
    assert words.size(amount) == said


def test_headings_say_what_became_of_a_photo() -> None:
    answered = Answer(Status.ANSWERED, "cat", 0.97, RANKED)
    unsure = Answer(Status.NOT_SURE, candidates=RANKED, listed=2)
    assert words.heading(answered) == "Cat"
    assert words.sureness(answered) == "97% sure"
    assert words.heading(unsure) == "Cat or dog?"
    assert words.sureness(unsure) == ""
    assert words.heading(Answer(Status.FAILED, reason="the file is empty")) == "Failed"
    assert words.heading(None) == "Waiting"


def test_of_look_alikes_a_label_is_what_a_photo_looks_most_like() -> None:
    pug = Answer(Status.ANSWERED, "pug", 0.97, RANKED, fine_grained=True)
    unsure = Answer(Status.NOT_SURE, candidates=RANKED, listed=2, fine_grained=True)
    photo = Photo(Path("a.jpg"), "a.jpg")
    assert words.heading(pug) == "Looks most like pug"
    assert words.heading(unsure) == "Cat or dog?"
    assert words.heading(Answer(Status.UNKNOWN, fine_grained=True)) == "Unknown"
    assert words.caption(Card(0, photo, pug)) == words.short_heading(pug) == "Pug"
    assert words.card_spoken(Card(0, photo, pug)) == "Looks most like pug, 97% sure, a.jpg"
    said = words.said(Card(0, photo, pug, Review("cat", "pug")))
    assert said == "You put it right. The model says: Looks most like pug."


def test_only_of_look_alikes_a_next_model_says_so() -> None:
    def said(then: Answer) -> tuple[str, str]:
        dog = Answer(Status.ANSWERED, "dog", 0.99, RANKED, then=Then("next", then))
        return words.then_sentence(dog), words.full_heading(dog)

    pug = Answer(Status.ANSWERED, "pug", 0.8, fine_grained=True)
    assert said(pug) == ("Looks most like pug, 80% sure (next)", "Dog · Looks most like pug")
    assert said(Answer(Status.ANSWERED, "old", 0.8)) == ("Old, 80% sure (next)", "Dog · Old")
    assert said(Answer(Status.UNKNOWN)) == ("Unknown (next)", "Dog · Unknown")
    assert words.then_sentence(Answer(Status.ANSWERED, "dog")) == ""


def test_a_long_short_list_is_counted() -> None:
    ranked = tuple(Candidate(name, 0.2) for name in ("heads or tails", "b", "c", "d", "e"))
    unsure = Answer(Status.NOT_SURE, candidates=ranked, listed=4)
    assert words.heading(unsure) == "Heads or tails or 3 others?"


def test_of_a_photo_that_is_not_sure_the_group_is_said_where_it_is_sure() -> None:
    unsure = Answer(Status.NOT_SURE, candidates=RANKED, listed=2, group="terrier")
    assert words.heading(unsure) == "Terrier, not sure which"
    assert words.heading(Answer(Status.NOT_SURE, candidates=RANKED)) == "Not sure"


def test_the_sentence_says_why_there_is_no_label() -> None:
    unsure = Answer(Status.NOT_SURE, candidates=RANKED, reason="cat or dog")
    assert words.sentence(unsure, 0.9) == "Not sure: the best guess, cat, has 71%; it takes 90% to answer."
    assert "just under the 71%" in words.sentence(unsure, 0.712)
    assert words.sentence(Answer(Status.FAILED, reason="the file is empty"), 0.9) == "The file is empty."
    assert "Unlike everything it was taught" in words.sentence(Answer(Status.UNKNOWN, candidates=RANKED), 0.9)
    assert words.sentence(Answer(Status.ANSWERED, "cat", 0.97, RANKED), 0.9) == ""


def test_no_percentage_is_said_that_nobody_calibrated() -> None:
    answer = Answer(Status.ANSWERED, "cat", 0.71, RANKED, reason="not calibrated", calibrated=False)
    assert words.heading(answer) == "Cat"
    assert words.figure(answer) == words.sureness(answer) == "not calibrated"
    assert words.ranked_spoken(answer) == "cat, dog, not calibrated"
    assert words.card_spoken(Card(0, Photo(Path("a.jpg"), "a.jpg"), answer)) == "Cat, not calibrated, a.jpg"
    assert "never measured" in words.sentence(answer, 0.0)
    unsure = Answer(Status.NOT_SURE, candidates=RANKED, reason="cat or dog", calibrated=False)
    assert not any("%" in said for said in (words.sentence(unsure, 0.0), words.figure(unsure)))


def test_a_tooltip_shows_markup_as_it_is() -> None:
    said = words.tooltip(Card(0, Photo(Path("x.jpg"), "<b>x</b>.jpg"), None))
    assert "<b>" not in said
    assert "&lt;b&gt;" in said


def test_places_below_the_own_folder_are_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    assert spelling.place(tmp_path / "Photos" / "cats") == "~/Photos/cats"
    assert spelling.place(Path("/elsewhere/cats")) == "/elsewhere/cats"


def test_a_card_has_room_for_the_answer_that_says_most() -> None:
    photo = Photo(Path("a.jpg"), "a.jpg")

    def caption(then: Answer) -> tuple[str, str]:
        dog = Answer(Status.ANSWERED, "dog", 0.99, RANKED, then=Then("breeds", then))
        furthest = words.furthest(dog)
        assert furthest is not None
        return words.caption(Card(0, photo, dog)), words.figure(furthest)

    assert caption(Answer(Status.ANSWERED, "beagle", 0.8)) == ("Beagle", "80%")
    assert caption(Answer(Status.NOT_SURE, group="hound")) == ("Hound, not sure which", "")
    assert caption(Answer(Status.NOT_SURE)) == caption(Answer(Status.UNKNOWN)) == ("Dog", "99%")
    assert words.caption(Card(0, photo, None)) == "Waiting"


def test_both_labels_are_said() -> None:
    answer = Answer(Status.ANSWERED, "cat", 0.97, RANKED)
    photo = Photo(Path("a.jpg"), "a.jpg")
    card = Card(0, photo, answer, Review("dog", "cat"))
    assert words.title(card) == "Dog"
    assert words.said(card) == "You put it right. The model says: Cat."
    assert words.card_spoken(card) == "Dog, You put it right. The model says: Cat, a.jpg"
    assert words.said(Card(0, photo, answer, Review("cat", "cat"))) == "You agreed."
    assert words.title(Card(0, photo, answer, Review(reviews.UNKNOWN, "cat"))) == "Unknown"
