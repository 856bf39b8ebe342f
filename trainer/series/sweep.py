"""One factor at a time: a recipe as it stands, then with each value of its `[sweep]`, each a run."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ValidationError

from trainer import prepare
from trainer.recipe import Recipe, Setting, keys
from trainer.results import metrics, predicted
from trainer.series import series, sweep_report
from trainer.series.series import Task
from trainer.series.sweep_report import Result
from whatsit import paired
from whatsit.errors import UsageError, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from trainer.prepare import Session
    from trainer.series.series import Outcome, Train
    from whatsit.predictions import Predictions

BASE: Final = "base"
# Photos are read once, before the sweep.
_SECTIONS: Final = ("seed", "input", "network", "head", "fit", "augment", "teacher", "novelty")


@dataclass(frozen=True, slots=True)
class Variation:
    """A recipe with `key` changed to `value`; the base has no key."""

    name: str
    key: str
    value: str
    recipe: Recipe


def variations(recipe: Recipe) -> list[Variation]:
    """Return the recipe as it stands, then once for each value of its sweep that differs from that.

    Raises UsageError, before anything is trained, when there is no sweep, or when a key, a value or a layer
    of one is wrong; DataError when weights are not there.
    """
    if not recipe.sweep:
        raise UsageError("this recipe has no [sweep];", hint='give one, such as "fit.batch" = [16, 32].')
    base = recipe.model_copy(update={"sweep": {}})
    found = [Variation(BASE, "", "", base)]
    for key, values in recipe.sweep.items():
        there = _value(base, key)
        found += [_variation(base, key, value, there) for value in values if value != there]
    for one in found:
        prepare.check(one.recipe)
    return found


def run_sweep(session: Session, train: Train) -> Path:
    """Train each variation of a session's recipe as a run of its own, and tell what each change did.

    `sweep.csv`, `sweep.md` and `sweep.svg` in `<date>-<name>-sweep`, the folder that is returned, are there
    from the first run on. Called again with the same recipe and photos, it goes on where it was. Raises what
    `variations` raises.
    """
    varied = variations(session.recipe)
    begun = series.begun(session, "sweep", [Task(one.name, one.recipe, session.dataset) for one in varied])
    results: list[Result] = []
    base: Predictions | None = None
    for one, outcome in zip(varied, begun.train(train), strict=True):
        answers = predicted.read(outcome.run)["calibrate"] if outcome.run else None
        base = base if one.key else answers
        results.append(_result(one, outcome, answers, base))
        sweep_report.write(begun.folder, session.name, results)
    return begun.folder


def _result(
    one: Variation, outcome: Outcome, answers: Predictions | None, base: Predictions | None
) -> Result:
    if outcome.run is None or answers is None:
        return Result(one.name, one.key, one.value, failed=outcome.failed)
    figures = metrics.read(outcome.run.folder)["calibrate"]
    against = paired.compare(answers, base) if base and one.key else None
    return Result(one.name, one.key, one.value, outcome.run.folder.name, figures, against)


def _variation(base: Recipe, key: str, value: Setting, there: object) -> Variation:
    shown = _shown(value, there)
    return Variation(f"{key}={shown}", key, shown, _changed(base, key, value))


def _value(recipe: Recipe, key: str) -> object:
    right = [one for one in keys() if one.partition(".")[0] in _SECTIONS]
    if key not in right:
        raise UsageError(f"[sweep]: {key!r} is no key that a sweep can change;", hint=nearest(key, right))
    found: object = recipe
    for part in key.split("."):
        if isinstance(found, BaseModel) and part not in type(found).model_fields:
            raise UsageError(f"[sweep]: {key}: this recipe's {key.rpartition('.')[0]} has no such key.")
        found = getattr(found, part, None)
    return found


def _changed(recipe: Recipe, key: str, value: Setting) -> Recipe:
    *sections, last = key.split(".")
    table = recipe.model_dump()
    inner = table
    for section in sections:
        inner[section] = dict(inner[section] or {})
        inner = inner[section]
    inner[last] = value
    try:
        return Recipe.model_validate(table)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        raise UsageError(f"[sweep]: {key} = {value}: {reason}.") from None


def _shown(value: Setting, there: object) -> str:
    """Return a value in words: of a list, only what comes and goes."""
    if not isinstance(value, tuple):
        return str(value)
    before = there if isinstance(there, tuple) else ()
    return ", ".join(line for line in difflib.ndiff(before, value) if line[0] in "+-")
