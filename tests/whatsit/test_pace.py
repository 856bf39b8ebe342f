from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

from whatsit import pace
from whatsit.graph import Graph
from whatsit.pace import Pace

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def test_the_smallest_number_is_taken_that_none_is_clearly_faster_than() -> None:
    assert Pace(seconds={1: 5.0, 2: 4.0, 4: 3.01, 8: 3.0, 16: 3.2}).fastest == 4
    assert Pace(seconds={1: 3.0, 2: 3.0, 4: 3.0}).fastest == 1
    assert Pace(seconds={1: 9.0, 16: 1.0}).fastest == 16


def test_a_model_is_measured_once_on_a_processor(tiny: Bundle, own_home: Path) -> None:
    graph = Graph(tiny, "fp32", threads=1)
    first = pace.fastest(graph, tiny)
    (kept,) = (own_home / "cache" / "paces").iterdir()
    with mock.patch.object(Graph, "run", mock.Mock(side_effect=AssertionError)):
        assert pace.fastest(graph, tiny) == first
    kept.write_text("{}")
    pace.fastest(graph, tiny)
    found = Pace.model_validate_json(kept.read_bytes())
    assert set(found.seconds) == {1, 2, 4, 8, 16}
    assert all(seconds >= 0 for seconds in found.seconds.values())


def test_a_home_that_cannot_be_written_costs_only_time(tiny: Bundle, own_home: Path) -> None:
    (own_home / "cache").mkdir(parents=True, exist_ok=True)
    (own_home / "cache" / "paces").write_text("a file")
    assert pace.fastest(Graph(tiny, "fp32", threads=1), tiny) in (1, 2, 4, 8, 16)
