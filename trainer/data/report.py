"""The page of `whatsit data show`: how many photos, what a class looks like, what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import jinja2

from trainer.data import checks
from trainer.data import page as data_page
from trainer.data import plot as data_plot
from whatsit import files, home

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.data.datasets import Dataset

_FEW_CLASSES: Final = 12
_MOST_NAMED: Final = 200


def write(dataset: Dataset, folder: Path, out: Path) -> None:
    """Write the page on the photos of `folder` into the file `out`: one file, without script.

    Raises UsageError when `out` is a folder.
    """
    files.check_target(out)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("trainer.data"),
        autoescape=True,
        trim_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters["shown"] = files.shown
    of_split = data_page.counts(dataset)
    gone = [
        (files.shown(error.path.relative_to(dataset.root)) if error.path else "", error.what)
        for error in dataset.unreadable
    ]
    page = environment.get_template("data.html").render(
        name=folder.resolve().name,
        place=home.shown(dataset.root),
        dataset=dataset,
        origin=_origin(dataset),
        few=_FEW_CLASSES,
        totals={split: sum(numbers) for split, numbers in of_split.items()},
        plot=data_plot.counts(of_split, dataset.labels),
        classes=data_page.classes(dataset),
        findings=data_page.findings(dataset),
        told=checks.told(dataset),
        strays=[*gone, *((stray.path, stray.reason) for stray in dataset.strays)],
        most_named=_MOST_NAMED,
    )
    files.write_text(out, page)


def _origin(dataset: Dataset) -> str:
    if not dataset.given:
        return "Their splits are fixed by hash of their names."
    if dataset.given >= {"train", "tune", "calibrate"}:
        return "Their splits are as given."
    return "The splits given are kept; what they lack is taken from train, fixed by hash of the names."
