from __future__ import annotations

from typing import TYPE_CHECKING

from whatsit.progress import Progress

if TYPE_CHECKING:
    import pytest


def test_where_lines_are_plain_each_stage_is_said_with_what_is_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Progress("Searching int8", None) as progress:
        progress.stage("ranges by MinMax")
        progress.advance(4)
        progress.stage("each convolution alone")
    lines = capsys.readouterr().err.splitlines()
    assert lines[:2] == ["Searching int8: 0 photos", "Searching int8: 0 photos ranges by MinMax"]
    assert lines[2].startswith("Searching int8: 4 photos, ")
    assert lines[2].endswith("/s each convolution alone")


def test_of_a_known_number_it_is_said_how_many_are_left(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress("Reading", 8) as progress:
        progress.advance(8)
    assert capsys.readouterr().err.splitlines()[-1].startswith("Reading: 8 of 8 photos, ")
