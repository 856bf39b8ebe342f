from __future__ import annotations

import io

from rich.console import Console

from exporter import report
from whatsit.manifest import Check, Measurement

DONE = [
    Check(variant="fp32", name="shapes", passed=True, measured="right at [1, 3]"),
    Check(variant="int8", name="same answers", passed=False, measured="9 of 20", limit="at least 99 %"),
    Measurement(variant="int8", name="size", measured="2.31 MB"),
]


def shown(*, terminal: bool) -> list[str]:
    file = io.StringIO()
    report.show_checks(Console(file=file, force_terminal=terminal, width=80), DONE)
    return file.getvalue().splitlines()


def test_a_terminal_gets_a_table() -> None:
    lines = shown(terminal=True)
    assert any("right at [1, 3]" in line and "│" in line for line in lines)
    assert any("2.31 MB" in line and "measured only" in line and "passed" not in line for line in lines)


def test_what_is_no_terminal_gets_lines() -> None:
    assert shown(terminal=False) == [
        "fp32  shapes  right at [1, 3]  passed",
        "int8  same answers  9 of 20  (limit: at least 99 %)  FAILED",
        "int8  size  2.31 MB  measured only",
    ]
