"""The commands for labelled photos: show, link."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from trainer import recipes_file
from trainer.data import checks, datasets
from whatsit import files

if TYPE_CHECKING:
    from trainer.sections import Data

data = typer.Typer(
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    help="Show labelled photos before training, or link them into class folders.",
)
_MOST_ROWS: Final = 40
_EXTREMES: Final = 5
_Folder = Annotated[Path, typer.Argument(help="The folder of labelled photos.")]
_Settings = Annotated[
    list[str] | None, typer.Option("--set", help="A key of a recipe's data: --set data.photos=1000")
]
_Age = Annotated[
    int | None, typer.Option(help="Labels by an age in the file names: young below this, old from it on.")
]
_Group = Annotated[
    str | None, typer.Option(help="A regular expression: its brackets find what stays in one split.")
]


@data.command()
def show(
    folder: _Folder,
    settings: _Settings = None,
    age: _Age = None,
    group: _Group = None,
    out: Annotated[
        Path | None, typer.Option(help="The page to write.", show_default="runs/data-FOLDER.html")
    ] = None,
) -> None:
    """Count photos by class and split, and write a page of samples, mean pictures, duplicates and damage."""
    out = out or Path("runs") / f"data-{folder.absolute().name}.html"
    files.check_target(out)
    dataset = datasets.look(folder, _wanted(settings, age, group))
    console = Console(highlight=False)
    console.print(_counts(dataset))
    plain = Console(highlight=False, soft_wrap=True)
    for line in [*_found(dataset), *checks.told(dataset), *checks.lacking(dataset)]:
        plain.print(Text(line))
    from trainer.data import report  # noqa: PLC0415 - what is wrong is said before matplotlib is loaded

    report.write(dataset, folder, out)
    plain.print(Text(f"Page: {files.shown(out)}"))


@data.command()
def link(
    folder: _Folder,
    into: Annotated[Path, typer.Argument(help="Where the class folders go.")],
    settings: _Settings = None,
    age: _Age = None,
    group: _Group = None,
    splits: Annotated[
        bool | None, typer.Option(help="A folder for each split above; by default where splits are given.")
    ] = None,
) -> None:
    """Fill a folder with class folders of links to the photos: nothing is copied, nothing replaced."""
    from trainer.data import link as data_link  # noqa: PLC0415

    dataset = datasets.look(folder, _wanted(settings, age, group))
    linked = data_link.link(dataset, into, by_split=bool(dataset.given) if splits is None else splits)
    plain = Console(highlight=False, soft_wrap=True)
    for line in checks.told(dataset):
        plain.print(Text(line))
    there = f", {linked.there:,} were there" if linked.there else ""
    plain.print(Text(f"{linked.made:,} links made in {files.shown(into)}{there}."))


def _wanted(settings: list[str] | None, age: int | None, group: str | None) -> Data:
    chosen = [f"data.age.limit={age}"] if age is not None else []
    return recipes_file.load_data((*(settings or ()), *chosen, *([f"data.group={group}"] if group else [])))


def _counts(dataset: datasets.Dataset) -> Table:
    """Return the photos of each class by split; of many classes the largest, the smallest and the median."""
    from trainer.data.page import SPLITS, counts  # noqa: PLC0415

    of_split = counts(dataset)
    table = Table("Class", *SPLITS, "all", box=None, pad_edge=False)
    for column in table.columns[1:]:
        column.justify = "right"
    rows = list(zip(*of_split.values(), strict=True))
    order = list(range(len(rows)))
    if len(rows) > _MOST_ROWS:
        order.sort(key=lambda one: -sum(rows[one]))
        del order[_EXTREMES:-_EXTREMES]
    for place, one in enumerate(order):
        table.add_row(*map(Text, (files.shown(dataset.labels[one]), *_numbers(rows[one]))))
        if len(order) < len(rows) and place == _EXTREMES - 1:
            middle = tuple(round(statistics.median(column)) for column in zip(*rows, strict=True))
            table.add_row(f"… {len(rows) - len(order):,} more; median", *_numbers(middle)[:-1], "")
    table.add_row(
        Text("all", style="bold"),
        *(Text(one, style="bold") for one in _numbers(tuple(sum(one) for one in of_split.values()))),
    )
    return table


def _numbers(counts: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(f"{count:,}" for count in (*counts, sum(counts)))


def _found(dataset: datasets.Dataset) -> list[str]:
    """Return a line on the form of the folder and one on the photos that are the same or look it."""
    same = dataset.duplicates
    apart = sum(pair.apart for pair in same.twins)
    contradict = len(same.contradicting) + sum(pair.contradict for pair in same.twins)
    forms = ", ".join(dataset.forms)
    pairs = f"pairs that look the same: {len(same.twins):,}, {apart:,} of them in two splits"
    return [
        f"{len(dataset.photos):,} photos of {len(dataset.labels):,} classes, read as {forms}",
        f"same photo more than once: {len(same.copies):,}; {pairs}; with other labels: {contradict:,}",
    ]
