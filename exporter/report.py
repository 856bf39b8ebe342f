"""What an export shows on the terminal: the checks as a table, then what to type next."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from rich.table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from rich.console import Console

    from whatsit.bundle import Bundle, Check


def show_checks(console: Console, checks: Sequence[Check]) -> None:
    """Print the checks, one line each, in the order they ran."""
    table = Table(title="Checks against Keras", title_justify="left")
    for heading in ("variant", "check", "measured", "limit", ""):
        table.add_column(heading, overflow="fold")
    for check in checks:
        verdict = "passed" if check.passed else "FAILED"
        cells = (check.variant, check.name, check.measured, check.limit)
        table.add_row(*(_plain(cell) for cell in cells), verdict, style="" if check.passed else "bold red")
    console.print(table)


def show_next(console: Console, bundle: Bundle, asked_as: str | Path) -> None:
    """Print where the bundle is, how large, and the command that uses it."""
    sizes = ", ".join(f"{name} {one.bytes / 1e6:.2f} MB" for name, one in bundle.manifest.variants.items())
    command = f"whatsit classify FOLDER --model {shlex.quote(str(asked_as))}"
    for line in (f"Bundle: {bundle.folder} ({sizes})", f"Next: {command}"):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _plain(text: str) -> str:
    return text.replace("[", r"\[")
