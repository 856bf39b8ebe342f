"""The trainer's commands: train, recipes, runs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from whatsit import quiet
from whatsit.errors import RunError, UsageError


def train(
    recipe: Annotated[str, typer.Argument(help="A recipe's name or TOML file; see 'whatsit recipes'.")] = "",
    data: Annotated[
        Path | None, typer.Option(help="The folder of labelled photos: one sub-folder a class.")
    ] = None,
    weights: Annotated[
        str | None,
        typer.Option(
            help="ImageNet weights: 'imagenet' (downloaded), 'none', a file, or a folder of files.",
            envvar="WHATSIT_WEIGHTS",
        ),
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="Change a key: --set finetune.epochs=5")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A word to find the run by.")] = None,
    runs: Annotated[Path, typer.Option(help="Where run folders go.")] = Path("runs"),
    resume: Annotated[Path | None, typer.Option(help="Go on with this run folder instead.")] = None,
) -> None:
    """Train a model from labelled photos by a recipe."""
    from trainer import prepare  # noqa: PLC0415 - what is wrong is said before Keras is loaded
    from trainer import recipe as recipes  # noqa: PLC0415

    console = Console(soft_wrap=True, highlight=False)
    if resume is not None:
        if recipe or data is not None or settings or tag:
            raise UsageError("--resume goes on with a run as it was begun;", hint="leave out all else.")
        run, resolved = prepare.resume(resume)
    elif recipe and data is not None:
        chosen = [f"network.weights={_kept_where_it_is(weights)}"] if weights else []
        resolved = recipes.load(recipe, (*chosen, *(settings or ())))
        run = prepare.start(Path(recipe).stem, resolved, data, runs, tuple(tag or ()))
    else:
        raise UsageError(
            "train needs a recipe and --data FOLDER, or --resume RUN;", hint="see 'whatsit train --help'."
        )
    console.print(f"Run: {run.folder}", markup=False)
    with quiet.native_noise():
        from trainer import training  # noqa: PLC0415 - Keras takes seconds to load

    run = training.train(run, resolved)
    for name, value in (run.info.training.metrics if run.info.training else {}).items():
        console.print(f"{name.replace('_', ' ')}: {value:.4f}", markup=False)
    console.print(f"Done. Next: whatsit export {run.folder} --onnx --int8", markup=False)


def _kept_where_it_is(weights: str) -> str:
    return str(Path(weights).resolve()) if Path(weights).exists() else weights


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
            table.add_row(*(Text(cell) for cell in _row(place)))
    Console().print(table)


def _row(place: Path) -> list[str]:
    """Return a run's row; a damaged run says so in its own, and hides no other."""
    from whatsit import run as run_records  # noqa: PLC0415

    try:
        info = run_records.read(place).info
    except RunError as error:
        return [place.name, error.what]
    metrics = info.training.metrics if info.training else {}
    figures = [f"{metrics[key]:.4f}" if key in metrics else "–" for key in ("tune_accuracy", "tune_log_loss")]
    return [place.name, info.recipe, " ".join(info.tags), *figures]
