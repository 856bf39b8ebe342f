"""The trainer's commands: train, recipes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from whatsit import quiet
from whatsit.errors import UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from trainer.recipe import Recipe
    from whatsit.run import Run


def train(  # noqa: PLR0913, PLR0917 - one parameter for each option of the command line
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
        list[str] | None, typer.Option("--set", help="Change a key: --set fit.epochs=5")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A word to find the run by.")] = None,
    runs: Annotated[Path, typer.Option(help="Where run folders go.")] = Path("runs"),
    resume: Annotated[Path | None, typer.Option(help="Go on with this run folder instead.")] = None,
    folds: Annotated[
        int | None, typer.Option(min=2, help="Cross-validate: train once for each of so many folds.")
    ] = None,
    final: Annotated[bool, typer.Option("--final", help="Then evaluate on the test photos, once.")] = False,  # noqa: FBT002
) -> None:
    """Train a model from labelled photos by a recipe."""
    from trainer import (  # noqa: PLC0415 - what is wrong is said before Keras is loaded
        cluster,
        prepare,
        recipes_file,
    )
    from trainer.data import datasets  # noqa: PLC0415 - what is wrong is said before Keras is loaded

    cluster.refuse()
    if resume is not None:
        if recipe or data is not None or settings or tag or folds:
            raise UsageError(
                "--resume goes on with a run as it was begun;", hint="leave out all but --final."
            )
        run, resolved = prepare.resume(resume)
        sessions = _loaded()
        _end(sessions, sessions.go_on(run, resolved), resolved, final)
        return
    if not recipe or data is None:
        raise UsageError(
            "train needs a recipe and --data FOLDER, or --resume RUN;", hint="see 'whatsit train --help'."
        )
    chosen = [f"network.weights={_kept_where_it_is(weights)}"] if weights else []
    resolved = recipes_file.load(recipe, (*chosen, *(settings or ())))
    if folds:
        prepare.check_folds(resolved)
    if final and (folds or resolved.sweep):
        raise UsageError("--final is for one run;", hint="evaluate one of them with --resume RUN --final.")
    prepare.check(resolved)
    if weights and not resolved.network.backbones:
        Console(stderr=True).print("--weights: this recipe has no backbones, so they are not used.")
    dataset = datasets.read(data, resolved.data)
    if final and not dataset.of("test"):
        raise UsageError("--final is for test photos, and there are none here;", hint="leave it out.")
    sessions = _loaded()
    session = prepare.Session(Path(recipe).stem, resolved, data, dataset, runs, tuple(tag or ()))
    if folds:
        sessions.cross_validate(session, folds)
    elif resolved.sweep:
        sessions.train_sweep(session)
    else:
        _end(sessions, sessions.train_one(session), resolved, final)


def _loaded() -> ModuleType:
    # TensorFlow has it off on processors without VNNI, bfloat16 or AMX, where it makes learning quicker too.
    os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
    with quiet.native_noise():
        from trainer import sessions  # noqa: PLC0415 - Keras takes seconds to load

    return sessions


def _end(sessions: ModuleType, run: Run, recipe: Recipe, final: bool) -> None:  # noqa: FBT001
    if final:
        sessions.evaluate_finally(run, recipe)
    typer.echo(f"Done. Next: whatsit export {run.folder} --onnx --int8")


def _kept_where_it_is(weights: str) -> str:
    return str(Path(weights).resolve()) if Path(weights).exists() else weights


def recipes() -> None:
    """List the recipes there are, with a sentence each."""
    from trainer import recipes_file  # noqa: PLC0415

    table = Table("Recipe", "What it trains", box=None)
    for name in recipes_file.names():
        table.add_row(name, recipes_file.load(name).sentence)
    Console().print(table)
