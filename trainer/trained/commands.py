"""The command that answers an unlabelled folder as a table for Kaggle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from whatsit import quiet
from whatsit import run as runs
from whatsit.errors import SOME_FAILED


def predict(
    run: Annotated[Path, typer.Argument(help="A finished run's folder.")],
    folder: Annotated[Path, typer.Argument(help="The folder of photos without labels.")],
    out: Annotated[Path, typer.Option(help="The table to write.")] = Path("submission.csv"),
) -> None:
    """Write a run's probabilities for the photos of an unlabelled folder as a Kaggle submission."""
    found = runs.read(run)
    _ = found.model_file  # a run that is not finished is named before Keras is loaded
    with quiet.native_noise():
        from trainer.trained import submission  # noqa: PLC0415 - Keras takes seconds to load

    predicted = submission.predict(found, folder)
    predicted.write(out)
    typer.echo(f"{len(predicted.ids):,} photos in {out}, with {predicted.columns}")
    for error in predicted.unreadable:
        typer.echo(f"left out: {error}", err=True)
    if predicted.unreadable:
        raise typer.Exit(SOME_FAILED)
