"""The trainer's commands: train, recipes, runs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from whatsit.errors import RunError, UsageError

# Read once when TensorFlow is imported: its greeting says nothing that a user can act on.
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")


def train(
    recipe: Annotated[str, typer.Argument(help="A recipe's name or TOML file; see 'whatsit recipes'.")] = "",
    data: Annotated[
        Path | None, typer.Option(help="The folder of labelled photos: one sub-folder a class.")
    ] = None,
    weights: Annotated[
        str,
        typer.Option(
            help="ImageNet weights: 'imagenet' (downloaded), 'none', a file, or a folder of files.",
            envvar="WHATSIT_WEIGHTS",
        ),
    ] = "imagenet",
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="Change a key: --set finetune.epochs=5")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A word to find the run by.")] = None,
    runs: Annotated[Path, typer.Option(help="Where run folders go.")] = Path("runs"),
    resume: Annotated[Path | None, typer.Option(help="Go on with this run folder instead.")] = None,
) -> None:
    """Train a model from labelled photos by a recipe."""
    from trainer import recipe as recipes  # noqa: PLC0415 - 'whatsit recipes' needs no Keras
    from trainer import training  # noqa: PLC0415

    if resume is not None:
        run, resolved = training.resume(resume)
    elif recipe and data is not None:
        resolved = recipes.load(recipe, tuple(settings or ()))
        run = training.start(Path(recipe).stem, resolved, data, runs, tuple(tag or ()))
    else:
        raise UsageError(
            "train needs a recipe and --data FOLDER, or --resume RUN;", hint="see 'whatsit train --help'."
        )
    out = Console(soft_wrap=True, highlight=False)
    out.print(f"Run: {run.folder}", markup=False)
    run = training.train(run, resolved, weights)
    if run.info.training:
        for name, value in run.info.training.metrics.items():
            out.print(f"{name.replace('_', ' ')}: {value:.4f}", markup=False)
    out.print(f"Done. Next: whatsit export {run.folder} --onnx --int8", markup=False)


def recipes() -> None:
    """List the recipes there are, with a sentence each."""
    from trainer import recipe as recipes  # noqa: PLC0415

    table = Table("Recipe", "What it trains", box=None)
    for name in recipes.names():
        table.add_row(name, recipes.load(name).sentence)
    Console().print(table)


def runs(folder: Annotated[Path, typer.Argument(help="Where the run folders are.")] = Path("runs")) -> None:
    """List the runs in a folder."""
    from whatsit import run as run_records  # noqa: PLC0415

    if not folder.is_dir():
        raise RunError("there is no such folder of runs.", path=folder)
    table = Table("Run", "Recipe", "Tags", "Accuracy (tune)", "Log loss (tune)", box=None)
    for place in sorted(folder.iterdir()):
        if (place / run_records.RUN_FILE).is_file():
            info = run_records.read(place).info
            metrics = info.training.metrics if info.training else {}
            figures = [
                f"{metrics[key]:.4f}" if key in metrics else "–" for key in ("tune_accuracy", "tune_log_loss")
            ]
            table.add_row(place.name, info.recipe, " ".join(info.tags), *figures)
    Console().print(table)
