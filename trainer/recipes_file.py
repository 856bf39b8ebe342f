"""Recipes as files: found by name, read from TOML, changed from the command line."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from trainer.recipe import Recipe, keys
from trainer.sections import Data
from whatsit.errors import UsageError

FOLDER = Path(__file__).parent / "recipes"


def names() -> list[str]:
    """Return the names of the recipes there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(name: str, overrides: tuple[str, ...] = ()) -> Recipe:
    """Return the recipe of that name, or in that TOML file, with `section.key=value` overrides applied.

    Raises UsageError with the nearest right name when a name, a key or a value is wrong.
    """
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        raise UsageError(f"no recipe is called {name!r};", hint=_nearest(name, names()))
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the recipe is not valid TOML ({error}).", path=path) from None
    for override in overrides:
        _override(table, override)
    _read_card(table, path.with_suffix(".card.md"))
    try:
        return Recipe.model_validate(table)
    except ValidationError as error:
        raise _wrong(path.stem, error) from None


def load_data(overrides: tuple[str, ...]) -> Data:
    """Return a recipe's `[data]` of `data.key=value` overrides alone, where there is no recipe yet.

    Raises UsageError as `load` does, and for a key of another section.
    """
    table: dict[str, object] = {}
    for override in overrides:
        if not override.startswith("data."):
            of_data = [key for key in keys() if key.startswith("data.")]
            raise UsageError(
                f"--set {override} says nothing of the photos;", hint=_nearest(override, of_data)
            )
        _override(table, override)
    try:
        return Data.model_validate(table.get("data", {}))
    except ValidationError as error:
        raise _wrong("data", error) from None


def _wrong(recipe: str, error: ValidationError) -> UsageError:
    first = error.errors()[0]
    said = ".".join(str(place) for place in first["loc"] if place not in ("logistic", "dense", "bagged_sgd"))
    hint = ""
    if first["type"] == "extra_forbidden":
        hint = _nearest(said, keys())
    elif first["type"] == "literal_error":
        hint = _nearest(str(first["input"]), re.findall(r"'([^']+)'", str(first["ctx"]["expected"])))
    return UsageError(f"recipe {recipe}: {said}: {first['msg'].removeprefix('Value error, ')};", hint=hint)


def _override(table: dict[str, object], override: str) -> None:
    key, equals, value = override.partition("=")
    if not equals or key not in keys():
        raise UsageError(f"--set {override}: a recipe has no key {key!r};", hint=_nearest(key, keys()))
    *sections, last = key.split(".")
    for section in sections:
        inner = table.setdefault(section, {})
        if not isinstance(inner, dict):
            raise UsageError(f"--set {override}: {section} is no section.")
        table = inner
    try:
        table[last] = tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        table[last] = value  # a bare word is a string


def _read_card(table: dict[str, object], card: Path) -> None:
    source = table.get("source")
    if isinstance(source, dict) and card.is_file():
        source.setdefault("card", card.read_text(encoding="utf-8"))


def _nearest(wrong: str, right: list[str]) -> str:
    close = difflib.get_close_matches(wrong, right, n=1, cutoff=0.4)
    return f"did you mean {close[0]!r}?" if close else f"there are: {', '.join(right)}."
