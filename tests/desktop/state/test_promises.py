from __future__ import annotations

import pytest

from desktop.state import promises
from whatsit.manifest import Decision, OperatingPoint


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
