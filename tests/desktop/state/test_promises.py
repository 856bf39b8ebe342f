from __future__ import annotations

import pytest

from desktop.state import promises
from whatsit.decisions import Answer, Candidate, Status
from whatsit.manifest import Decision, OperatingPoint, ShortList


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (0.00999, "1 in 100"),
        (0.01, "1 in 100"),
        (0.0101, "11 in 1,000"),
        (0.0025, "3 in 1,000"),
        (0.0128, "13 in 1,000"),
        (0.101, "11 in 100"),
        (1.0, "100 in 100"),
    ],
)
def test_a_bound_is_never_said_smaller_than_it_is(part: float, said: str) -> None:
    assert promises.in_hundred(part) == said


def test_a_threshold_says_what_it_brings_and_on_what() -> None:
    point = OperatingPoint(threshold=0.7, wrong_at_most=0.0095, set_aside=0.039)
    assert promises.promise(point) == "At most 1 in 100 wrong · 4 in 100 set aside"
    decision = Decision(threshold=0.7, photos=2868, points=(point,))
    said = promises.promise_in_full(point, decision)
    assert "2,868" in said
    assert "95 %" in said
    assert "never measured" in promises.no_promise(Decision(threshold=0.0))
    assert "other thresholds" in promises.no_promise(Decision(threshold=0.5, photos=9))


def test_a_short_list_says_how_often_it_is_right_and_one_of_all_labels_does_not() -> None:
    ranked = tuple(Candidate(name, 0.2) for name in ("pug", "beagle", "boxer", "collie", "whippet"))
    lists = ShortList(minimum=0.1, coverage=0.957)
    answer = Answer(Status.NOT_SURE, candidates=ranked, listed=2)
    said = promises.listed(answer, lists)
    assert said == "The right one is pug or beagle for 95 in 100 photos that get such a list."
    assert not promises.listed(Answer(Status.NOT_SURE, candidates=ranked[:2], listed=2), lists)
    assert not promises.listed(Answer(Status.ANSWERED, "pug", 0.9, ranked), lists)
    assert not promises.listed(answer, None)
