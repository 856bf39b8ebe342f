from __future__ import annotations

import pytest

from trainer.pages import wording


@pytest.mark.parametrize(
    ("part", "shown"),
    [(1, "100.00 %"), (0.99999, "99.99 %"), (0, "0.00 %"), (1e-9, "0.01 %"), (0.5, "50.00 %")],
)
def test_almost_is_not_all(part: float, shown: str) -> None:
    assert wording.percent(part) == shown


def test_durations() -> None:
    assert [wording.duration(one) for one in (5.4, 65, 7260)] == ["5 s", "1 min 5 s", "2 h 1 min"]
