"""A run before any network: its recipe, its photos and its folder, with every mistake named first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import ValidationError

from trainer import label_table
from trainer import recipe as recipes
from trainer.network import backbones
from whatsit import files
from whatsit import run as runs
from whatsit.errors import RunError, UsageError

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.data.datasets import Dataset
    from trainer.recipe import Recipe
    from whatsit.run import Run

RECIPE_FILE = "recipe.json"
SERIES_FILE = "series.json"


@dataclass(frozen=True, slots=True)
class Session:
    """What is asked: a recipe by its name and as resolved, the photos, where runs go, and their tags.

    `data` is the folder that `dataset` was read from; `series` is set for a run of a sweep or of folds.
    """

    name: str
    recipe: Recipe
    data: Path
    dataset: Dataset
    into: Path
    tags: tuple[str, ...] = ()
    series: str = ""


def check(recipe: Recipe) -> None:
    """See that the weights and the table of labels that the recipe wants are there.

    Raises DataError or UsageError when they are not.
    """
    label_table.labels((), recipe.model.labels)
    for name in recipe.network.backbones:
        backbones.find_weights(backbones.Choice.parse(name), recipe.network.weights)


def check_folds(recipe: Recipe) -> None:
    """Raise UsageError when a recipe cannot be cross-validated."""
    if recipe.teacher is not None:
        raise UsageError(
            f"--folds: the teacher {recipe.teacher.recipe} has learned from the photos that a fold holds "
            "out, so that figures on them would be too good;",
            hint="cross-validate the teacher, or this recipe without its [teacher].",
        )


def start(session: Session) -> Run:
    """Make the folder of a new run below the session's `into`, with photos and recipe, and return it."""
    recipe, dataset = session.recipe, session.dataset
    known = recipe.source if recipe.source and recipe.source.fingerprint == dataset.fingerprint else None
    info = runs.RunInfo(
        recipe=session.name,
        name=recipe.model.name,
        title=recipe.model.title,
        licence=known.licence if known else recipe.model.licence,
        subject=recipe.model.subject,
        labels=label_table.labels(dataset.labels, recipe.model.labels),
        input=recipe.input,
        promise=recipe.promise,
        data_root=dataset.root,
        tags=session.tags,
        series=session.series,
        data_fingerprint=dataset.fingerprint,
    )
    return _write(new_folder(session.into, session.name), info, recipe, dataset, known.card if known else "")


def resume(folder: Path) -> tuple[Run, Recipe]:
    """Return the run in `folder` and its recipe.

    Raises RunError when there is none or it is damaged.
    """
    if (folder / SERIES_FILE).is_file():
        raise RunError(
            "this is a sweep or a cross-validation.",
            hint="The command that began it goes on with it.",
            path=folder,
        )
    run = runs.read(folder)
    try:
        return run, recipes.Recipe.model_validate_json((folder / RECIPE_FILE).read_bytes(), strict=False)
    except (OSError, ValidationError) as error:
        reason = str(error).splitlines()[0]
        raise RunError(
            f"{RECIPE_FILE} cannot be read ({reason}).", hint="Start a new run.", path=folder
        ) from None


def _write(folder: Path, info: runs.RunInfo, recipe: Recipe, dataset: Dataset, card: str) -> Run:
    files.write_text(folder / RECIPE_FILE, recipe.model_dump_json(indent=1) + "\n")
    if card:
        files.write_text(folder / runs.CARD_FILE, card)
    run = runs.write(folder, info)
    runs.write_photos(run, list(dataset.photos))
    return run


def new_folder(into: Path, name: str) -> Path:
    """Make and return the folder `<date>-<name>` below `into`, numbered where there is one already.

    Raises RunError after a thousand of a day.
    """
    today = dt.datetime.now(tz=dt.UTC).date().isoformat()
    for number in range(1, 1000):
        folder = into / (f"{today}-{name}" + (f"-{number}" if number > 1 else ""))
        try:
            folder.mkdir(parents=True)
        except FileExistsError:
            continue
        return folder
    raise RunError("a thousand of these were started today.", path=into)
