"""The commands for runs: list, compare."""

import math
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from typer.core import TyperGroup

from trainer.pages import wording
from trainer.results import compare as comparing
from trainer.results import environment, run_table
from trainer.results.metrics import Metrics
from trainer.results.run_table import Line, Order
from whatsit import files
from whatsit import run as run_records
from whatsit.errors import DataError, UsageError
from whatsit.run import Run

_WIDE = 200  # columns where no terminal sets them


class _ListedByDefault(TyperGroup):
    """`whatsit runs` and `whatsit runs FOLDER` list; a word that is a command is that command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args[:1] not in ([one] for one in (*self.commands, "--help")):
            args = ["list", *args]
        return super().parse_args(ctx, args)


runs = typer.Typer(
    cls=_ListedByDefault,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="List training runs, or compare some of them.",
)


@runs.command("list")
def listed(
    folder: Annotated[Path, typer.Argument(help="Where the run folders are.")] = Path("runs"),
    sort: Annotated[Order, typer.Option(help="What to sort by, the best first.")] = Order.RUN,
    tag: Annotated[str | None, typer.Option(help="Only runs with this tag.")] = None,
) -> None:
    """List the runs in a folder: figures of tune, or of test (marked *) where that was evaluated."""
    lines = [line for line in run_table.read(folder) if tag is None or tag in line.tags]
    out = _console()
    if not lines:
        out.print("There are no such runs.")
        return
    table = Table(box=None, pad_edge=False)
    for title in ("Run", "Recipe", "Tags"):
        table.add_column(title, overflow="fold")
    for title in ("Photos", "Accuracy (tune)", "Log loss (tune)", "Size", "Time"):
        table.add_column(title, justify="right", no_wrap=True)
    if any(line.problem for line in lines):
        table.add_column("", overflow="fold")
    for line in run_table.ordered(lines, sort):
        table.add_row(*_cells(line))
    out.print(table)
    if any(line.final for line in lines):
        out.print("* of test, evaluated once.", markup=False)


@runs.command()
def compare(
    folders: Annotated[list[Path], typer.Argument(metavar="RUN...", help="Two run folders or more.")],
) -> None:
    """Put runs side by side: figures, what differs in their recipes, and answers photo by photo."""
    if len(folders) < 2:  # noqa: PLR2004 - one is compared with nothing
        raise UsageError("compare takes two runs or more;", hint="see 'whatsit runs'.")
    chosen = [run_records.read(_named(folder)) for folder in folders]
    for run in chosen:
        _ = run.model_file  # one that is not finished says so
    out = _console()
    _figures(out, chosen)
    _recipes(out, chosen)
    for other in chosen[1:]:
        _photos(out, chosen[0], other)


def _named(run: Path) -> Path:
    """Return a run's folder, which lies among the runs where its name alone is given, as `runs` shows it."""
    return Path("runs") / run if not run.exists() and len(run.parts) == 1 else run


def _console() -> Console:
    out = Console(highlight=False)
    return out if out.is_terminal else Console(highlight=False, width=_WIDE)


def _cells(line: Line) -> list[Text]:
    mark = "*" if line.final else ""
    cells = [
        files.shown(line.run),
        files.shown(line.recipe),
        files.shown(" ".join(line.tags)),
        _known(line.photos, f"{line.photos:,.0f}"),
        _known(line.accuracy, f"{line.accuracy:.4f}{mark}"),
        _known(line.log_loss, f"{line.log_loss:.4f}{mark}"),
        _known(line.size, f"{line.size / 1e6:,.1f} MB"),
        "–" if math.isnan(line.seconds) else wording.duration(line.seconds),
    ]
    return [*map(Text, cells), *([Text(files.shown(line.problem), style="red")] if line.problem else [])]


def _known(figure: float, shown: str) -> str:
    return "–" if math.isnan(figure) else shown


def _figures(out: Console, chosen: list[Run]) -> None:
    split, found = comparing.figures(chosen)
    table = _side_by_side(f"Figures of {split}, with 95 % intervals", chosen)
    table.add_row("photos", *(f"{one.photos:,}" for one in found))
    for name in ("accuracy", "balanced_accuracy", "log_loss", "calibration_error"):
        table.add_row(name.replace("_", " "), *(_with_interval(one, name) for one in found))
    table.add_row("macro F1", *(f"{one.macro_f1:.4f}" for one in found))
    if any(one.top5 is not None for one in found):
        table.add_row("top 5", *("–" if one.top5 is None else f"{one.top5:.4f}" for one in found))
    surroundings = [environment.read(run.folder) for run in chosen]
    table.add_row("size", *(f"{run.model_file.stat().st_size / 1e6:,.1f} MB" for run in chosen))
    table.add_row("time", *(wording.duration(one.seconds) if one else "–" for one in surroundings))
    out.print(table)


def _with_interval(one: Metrics, name: str) -> str:
    low, high = getattr(one.intervals95, name)
    return f"{getattr(one, name):.4f} ({low:.4f} – {high:.4f})"


def _recipes(out: Console, chosen: list[Run]) -> None:
    differences = comparing.recipe_differences(chosen)
    if not differences:
        out.print("\nTheir recipes are the same.")
        return
    table = _side_by_side("What differs in their recipes", chosen)
    for key, values in differences.items():
        table.add_row(Text(key), *(Text(files.shown(value)) for value in values))
    out.print(table)


def _photos(out: Console, first: Run, other: Run) -> None:
    names = [files.shown(run.folder.name) for run in (first, other)]
    try:
        found = comparing.photo_by_photo(first, other)
    except DataError as error:
        out.print(f"\n{names[0]} and {names[1]}, photo by photo: {error.what}", markup=False)
        return
    low, high = found.interval95
    out.print(
        f"\n{names[0]} minus {names[1]}: accuracy {found.difference:+.4f} ({low:+.4f} – {high:+.4f}) on "
        f"{found.photos:,} photos that both held out.\n"
        f"Only {names[0]} is right: {found.only_first_right:,}. "
        f"Only {names[1]} is right: {found.only_second_right:,}. The same answer: {found.same_answers:,}.",
        markup=False,
    )


def _side_by_side(title: str, chosen: list[Run]) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in ("", *(run.folder.name for run in chosen)):
        table.add_column(Text(files.shown(name)), overflow="fold")
    return table
