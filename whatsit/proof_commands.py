"""The commands that prove and examine: check, doctor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whatsit import golden, preprocess, shelf
from whatsit.graph import Graph

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from whatsit.bundle import Bundle, Check


def check(bundle: Annotated[str, typer.Argument(help="A model's name, or a bundle's folder.")]) -> None:
    """Hold a bundle against its golden pictures on this machine."""
    checks = list(_checks(shelf.find(bundle)))
    table = Table("", "Check", "Variant", "Measured", "Limit", box=None, pad_edge=False)
    for one in checks:
        mark = Text("passed", style="green") if one.passed else Text("FAILED", style="bold red")
        table.add_row(mark, *(Text(cell) for cell in (one.name, one.variant, one.measured, one.limit)))
    out = Console(highlight=False)
    out.print(table)
    failed = sum(not one.passed for one in checks)
    out.print(f"{len(checks) - failed} of {len(checks)} checks passed.")
    if failed:
        raise typer.Exit(1)


def doctor() -> None:
    """Say what works on this machine, and what to do."""
    from whatsit.doctor import examine  # noqa: PLC0415 - a check needs none of it

    out = Console(highlight=False, soft_wrap=True)
    for finding in examine():
        out.print(Text.assemble((f"{finding.topic:<11}", "bold"), finding.what))
        if finding.advice:
            out.print(Text.assemble(" " * 11, ("→ " + finding.advice, "yellow")))


def _checks(bundle: Bundle) -> Iterator[Check]:
    pictures = golden.read(bundle)

    def pixels_of(file: Path) -> NDArray[np.uint8]:
        return preprocess.pixels(file, bundle.manifest.input)

    yield golden.compare_pixels(pictures, pixels_of)
    for variant in bundle.manifest.variants:
        yield from golden.compare(pictures, Graph(bundle, variant).run, variant)
