"""The command line of the engine: options to what is asked for, the sum and the exit code to say."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Final, get_args

import typer

from whatsit import chain as chains
from whatsit import printed, writers
from whatsit.distributed import engine, parts, places
from whatsit.distributed.engine import Asked, Means
from whatsit.distributed.order import Share
from whatsit.distributed.places import Place
from whatsit.errors import SOME_FAILED, STOPPED, UsageError
from whatsit.progress import Progress
from whatsit.writers import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whatsit.device import DeviceName, VariantChoice
    from whatsit.distributed.engine import Advance, Outcome
    from whatsit.limits import Limits

_PARTS: Final = ".parts"


def asked(
    paths: Sequence[str],
    models: Sequence[str],
    by: tuple[DeviceName, VariantChoice],
    limits: Limits,
    out: str | None,
    *,
    anew: bool,
) -> Asked:
    """Return what is asked for; `models` are the first one, and ANSWER=MODEL for each next.

    Raises UsageError when there is no place for the answers, or a next model is not named.
    """
    if not out:
        raise UsageError("--engine ray needs --out.", hint="Name a folder for the answers, or a FILE.csv.")
    then = tuple(chains.named(step) for step in models[1:])
    return Asked(tuple(paths), models[0], then, *by, limits, out, anew)


def means(address: str | None, workers: int | None, cores: int | None, gpus: float | None) -> Means:
    """Return what is to be used; a worker has one core where nothing else is said."""
    return Means(Share(cores or 1, gpus or 0.0), address, workers)


def classify(asked: Asked, means: Means, kind: Format | None, *, quiet: bool) -> None:
    """Answer what is asked for, write it as `kind` too, and say the sum."""
    kind = kind or _kind_of(asked.out)
    file = places.path_of(asked.out) if kind else None
    if kind and file:
        if places.is_url(asked.out) or kind == "table":
            raise UsageError("answers of that kind go into a file here.", hint="Name one: --out FILE.csv")
        writers.check_out(kind, file)
        asked = asked.into(f"{asked.out}{_PARTS}")
    try:
        outcome = engine.classify(asked, means, _silent if quiet else _shown)
        if kind and file:
            _write(kind, file, asked.out, outcome)
    except KeyboardInterrupt:
        typer.echo("Stopped; what was answered is kept. The same command goes on.", err=True)
        raise typer.Exit(STOPPED) from None
    typer.echo(printed.summary(outcome.counts, outcome.run, outcome.recalled))
    if outcome.counts.failed:
        raise typer.Exit(SOME_FAILED)


def _kind_of(out: str) -> Format | None:
    """Return the usual format that a name ends in; None for a folder of Parquet."""
    return next((one for one in get_args(Format) if Path(out).suffix.lower() == f".{one}"), None)


def _write(kind: Format, file: Path, folder: str, outcome: Outcome) -> None:
    with writers.opened(kind, file, outcome.run, []) as writer:
        for record in parts.records(Place.of(folder)):
            writer.write(record)
        writer.finish(outcome.counts)


@contextlib.contextmanager
def _silent(_title: str, _total: int | None) -> Iterator[Advance]:
    yield lambda _count: None


@contextlib.contextmanager
def _shown(title: str, total: int | None) -> Iterator[Advance]:
    with Progress(title, total, "entries") as progress:
        yield progress.advance
