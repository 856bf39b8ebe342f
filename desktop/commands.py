"""`whatsit app`: the window as a command."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import Annotated

import typer

from desktop.app import Device, Start, Variant, run


def app(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="FOLDER", help="Folders and photos to open.")
    ] = None,
    model: Annotated[str, typer.Option(help="The model's name or folder; else the one chosen last.")] = "",
    device: Annotated[Device, typer.Option(help="What to run on.")] = "auto",
    variant: Annotated[Variant, typer.Option(help="Which file of the model to run.")] = "auto",
) -> None:
    """Open the window."""
    raise typer.Exit(run(Start(tuple(paths or ()), model, device, variant)))
