from __future__ import annotations

import random
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop.state.collection import STATES, Collection
from desktop.state.filters import ALL, Filter, Reviewed
from desktop.state.orders import Order, ranks
from desktop.state.photo_list import entries
from whatsit import likeness, packed, reviews
from whatsit.decisions import Answer, Evidence, Status
from whatsit.manifest import Decision, Label
from whatsit.photos import Photo
from whatsit.reviews import Review

LABELS = tuple(Label(id=place, name=name) for place, name in enumerate(("cat", "dog", "cow")))
GROUPS = packed.groups_of(LABELS)
DECISION = Decision(threshold=0.8, novelty_limit=1.0, photos=100)
CAT, DOG, UNSURE, UNKNOWN = (
    Filter(Status.ANSWERED, "cat"),
    Filter(Status.ANSWERED, "dog"),
    Filter(Status.NOT_SURE),
    Filter(Status.UNKNOWN),
)


def photo(name: str) -> Photo:
    return Photo(Path("/photos") / name, name, 5, 7)


def row(label: int, confidence: float, novelty: float | None = 0.0) -> np.void:
    other = (label + 1) % 3
    return packed.pack(Evidence(((label, confidence), (other, 1 - confidence)), novelty, 2), GROUPS)


def filled(*rows: np.void | Answer, decision: Decision = DECISION) -> Collection:
    made = Collection(LABELS, decision)
    made.add(list(entries([photo(f"{number}.jpg") for number in range(len(rows))])))
    made.take(list(enumerate(rows)))
    return made


def order(made: Collection, wanted: Order, like: int = -1) -> list[int]:
    return np.argsort(ranks(wanted, made, like), kind="stable").tolist()


@given(
    some.lists(
        some.tuples(
            some.integers(0, 2),
            some.floats(0, 1, width=32) | some.just(float("nan")),
            some.none() | some.floats(0, 2, width=32) | some.just(float("nan")),
        ),
        min_size=1,
        max_size=20,
    ),
    some.sampled_from([0.0, 0.25, 0.5, 0.8, 1.0]),
    some.booleans(),
)
def test_photos_are_filed_as_they_are_judged(
    seen: list[tuple[int, float, float | None]], threshold: float, calibrated: bool
) -> None:
    decision = Decision(threshold=threshold, photos=10 if calibrated else 0)
    made = filled(*(row(*one) for one in seen), decision=DECISION)
    made.use(LABELS, decision)
    for number in range(len(seen)):
        answer = made.answer(number)
        assert answer is not None
        assert STATES[made.states()[number]] is answer.status
        assert made.place(number) == Filter(answer.status, answer.label)


def test_another_threshold_files_every_photo_anew() -> None:
    made = filled(row(0, 0.9), row(1, 0.7), row(1, 0.99, 1.5))
    assert [made.place(number) for number in range(3)] == [CAT, UNSURE, UNKNOWN]
    made.use(LABELS, DECISION.model_copy(update={"threshold": 0.6}))
    assert [made.place(number) for number in range(3)] == [CAT, DOG, UNKNOWN]
    made.use(LABELS, DECISION.model_copy(update={"threshold": 0.95}))
    assert [made.place(number) for number in range(3)] == [UNSURE, UNSURE, UNKNOWN]


def test_a_persons_word_wins_in_the_filters_and_the_sum_counts_the_models_states() -> None:
    made = filled(row(0, 0.9), row(1, 0.5), Answer(Status.FAILED, reason="empty"))
    made.say(1, Review("cat", "dog"))
    made.say(0, Review("cat", "cat"))
    counts = made.counts()
    assert counts[CAT] == 2
    assert counts[UNSURE] == 0
    assert counts[Filter(reviewed=Reviewed.ACCEPTED)] == counts[Filter(reviewed=Reviewed.PUT_RIGHT)] == 1
    assert made.mask(Filter(reviewed=Reviewed.PUT_RIGHT)).tolist() == [False, True, False]
    summed = made.summed()
    assert (summed[Status.ANSWERED], summed[Status.NOT_SURE], summed[Status.FAILED]) == (1, 1, 1)
    made.use(LABELS, DECISION.model_copy(update={"threshold": 0.4}))
    assert made.place(1) == CAT
    assert made.summed()[Status.ANSWERED] == 2
    made.say(1, None)
    assert made.place(1) == DOG


def test_a_person_may_use_words_that_the_model_has_not() -> None:
    made = filled(row(0, 0.9), row(1, 0.9))
    made.say(0, Review("rabbit", "cat"))
    made.say(1, Review(reviews.UNKNOWN, "dog"))
    assert made.place(0) == Filter(Status.ANSWERED, "rabbit")
    assert made.words() == ["cat", "dog", "cow", "rabbit"]
    assert made.place(1) == UNKNOWN
    made.use(LABELS, DECISION)
    assert made.place(0) == Filter(Status.ANSWERED, "rabbit")


def test_what_is_unsure_comes_first_and_what_cannot_be_shown_last() -> None:
    rows = [row(0, 0.9), Answer(Status.FAILED), row(1, 0.6), row(1, 0.99), row(0, 0.5), row(0, 0.9, 2.0)]
    made = filled(*rows)
    assert order(made, Order.UNSURE_FIRST) == [4, 2, 5, 0, 3, 1]
    assert order(made, Order.SURE_FIRST) == [3, 0, 2, 4, 5, 1]
    made.say(2, Review("cat", "dog"))
    assert order(made, Order.UNSURE_FIRST) == [4, 2, 5, 0, 3, 1]  # what was said moves nothing away


def test_orders_by_name_and_time() -> None:
    made = Collection(LABELS, DECISION)
    names = ("b/a.jpg", "a/C.jpg", "a/b.jpg")
    times = zip(names, (3, 9, 1), strict=True)
    made.add([*entries(Photo(Path("/photos") / name, name, 5, time) for name, time in times)])
    assert order(made, Order.FOUND) == [0, 1, 2]
    assert order(made, Order.NAME) == [0, 2, 1]
    assert order(made, Order.NEWEST) == [1, 0, 2]
    assert order(made, Order.OLDEST) == [2, 0, 1]


def test_more_like_this_begins_with_the_photo_and_ends_with_what_has_no_features() -> None:
    kinds = np.eye(3, 64, dtype=np.float32)
    features = np.stack([kinds[0], kinds[1], kinds[0] + 0.1 * kinds[2], kinds[1] + 0.1 * kinds[2]])
    sketches = likeness.sketch(features)
    evidence = Evidence(((0, 0.9),), 0.0)
    made = filled(*(packed.pack(evidence, GROUPS, one) for one in sketches), Answer(Status.FAILED))
    assert order(made, Order.LIKENESS, 1)[:2] == [1, 3]
    assert order(made, Order.LIKENESS, 1)[-1] == 4
    assert order(made, Order.LIKENESS, 4) == [0, 1, 2, 3, 4]


def test_odd_names_give_their_paths_back() -> None:
    odd = [
        Photo(Path("/photos/a\nb.jpg"), r"a\x0ab.jpg", 1, 2),
        Photo(Path("/photos/sub/c.jpg"), "sub/c.jpg", 3, 4),
        Photo(Path("/elsewhere/d.jpg"), "/elsewhere/d.jpg", 5, 6, Answer(Status.SKIPPED, reason="a pipe")),
    ]
    made = Collection()
    made.add(list(entries(odd)))
    assert list(made.photos) == odd


@pytest.mark.parametrize("count", [20_000])
def test_a_photo_takes_less_than_half_a_kilobyte(count: int) -> None:
    made = Collection(LABELS, DECISION)
    chance = random.Random(1)  # noqa: S311 - no secret
    names = [f"{number // 500:03d}/IMG_{chance.randrange(10**8):08d}.jpg" for number in range(count)]
    made.add(list(entries([photo(name) for name in names])))
    made.take([(number, row(0, 0.9)) for number in range(count)])
    columns = sum(column._room.nbytes for column in (made._rows, made._states, made._places))
    kept = made.photos
    lists = sum(map(sys.getsizeof, (kept.names, kept.times, kept._sizes, kept._before)))
    assert not kept._odd
    assert len({id(one) for one in kept._before}) == 1
    assert (columns + lists + sum(map(sys.getsizeof, names))) / count < 512


def test_nothing_that_waits_is_filed() -> None:
    made = Collection()
    made.add(list(entries([photo("a.jpg"), photo("b.jpg")])))
    made.take([(1, Answer(Status.SKIPPED, reason="no picture"))])
    made.use(LABELS, DECISION)
    assert made.answer(0) is None
    assert made.place(0) == ALL
    assert made.place(1) == Filter(Status.SKIPPED)
    assert made.summed()[Status.SKIPPED] == 1
