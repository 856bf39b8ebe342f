"""Recipes as files: found by name, read from TOML, changed from the command line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from pydantic import ValidationError

from trainer.recipe import Recipe, keys
from trainer.sections import Data
from trainer.sections.learning import HEADS
from whatsit.errors import UsageError, nearest

FOLDER = Path(__file__).parent / "recipes"
# The words that pydantic's error types begin with, and what a person would write there.
_KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "string": "a word",
    "tuple": 'a list such as ["one", "two"]',
}
_METHODS = {kind.model_fields["method"].default: kind for kind in HEADS}


def names() -> list[str]:
    """Return the names of the recipes there are."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load(name: str, overrides: tuple[str, ...] = ()) -> Recipe:
    """Return the recipe of that name, or in that TOML file, with `section.key=value` overrides applied.

    Raises UsageError with the nearest right name when a name, a key or a value is wrong.
    """
    path = _file(name)
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"the recipe is not valid TOML ({error}).", path=path) from None
    there = set(table)
    for override in overrides:
        _override(table, override)
    _refuse_new_fit(path.stem, there, table)
    _read_card(table, path.with_suffix(".card.md"))
    try:
        recipe = Recipe.model_validate(table)
    except ValidationError as error:
        raise _wrong(path.stem, error) from None
    if recipe.teacher and _file(recipe.teacher.recipe, f"recipe {path.stem}: teacher.recipe: ") == path:
        raise UsageError(f"recipe {path.stem}: teacher.recipe: it would teach itself.")
    return recipe


def load_data(overrides: tuple[str, ...]) -> Data:
    """Return a recipe's `[data]` of `data.key=value` overrides alone, where there is no recipe yet.

    Raises UsageError as `load` does, and for a key of another section.
    """
    table: dict[str, object] = {}
    for override in overrides:
        if not override.startswith("data."):
            of_data = [key for key in keys() if key.startswith("data.")]
            raise UsageError(f"--set {override} says nothing of the photos;", hint=nearest(override, of_data))
        _override(table, override)
    try:
        return Data.model_validate(table.get("data", {}))
    except ValidationError as error:
        raise _wrong("data", error) from None


def _file(name: str, asked_by: str = "") -> Path:
    path = Path(name) if name.endswith(".toml") else FOLDER / f"{name}.toml"
    if not path.is_file():
        raise UsageError(f"{asked_by}no recipe is called {name!r};", hint=nearest(name, names()))
    return path


def _refuse_new_fit(recipe: str, there: set[str], table: dict[str, object]) -> None:
    """Refuse to fine-tune every layer of frozen backbones only because a key of [fit] was set."""
    fit = table.get("fit")
    if "fit" in there or not isinstance(fit, dict) or "unfreeze" in fit:
        return
    raise UsageError(
        f"recipe {recipe} has no [fit], its backbones stay as they are: fit.{next(iter(fit))} is for none;",
        hint="to learn from photos as well, say which layers: --set fit.unfreeze=none, upper or all.",
    )


def _wrong(recipe: str, error: ValidationError) -> UsageError:
    first = error.errors()[0]
    place = [str(one) for one in first["loc"]]
    said, hint = first["msg"].removeprefix("Value error, ").rstrip(".;"), ""
    if first["type"] == "extra_forbidden":
        said, hint = "there is no such key", _nearest_key(place)
    elif first["type"] == "literal_error":
        hint = nearest(str(first["input"]), _quoted(first["ctx"]["expected"]))
    elif first["type"] == "union_tag_invalid":
        said = f"there is no method {first['ctx']['tag']!r}"
        hint = nearest(str(first["ctx"]["tag"]), _quoted(first["ctx"]["expected_tags"]))
    elif first["type"] == "union_tag_not_found":
        said, hint = "it has no method", f"give head.method: {', '.join(_METHODS)}."
    elif first["type"].partition("_")[0] in _KINDS:
        said = f"expected {_KINDS[first['type'].partition('_')[0]]}, not {first['input']!r}"
    where = ".".join(one for one in place if one not in _METHODS)
    end = ";" if hint else "" if said.endswith("?") else "."
    return UsageError(f"recipe {recipe}: {where}{': ' if where else ''}{said}{end}", hint=hint)


def _nearest_key(place: list[str]) -> str:
    """Return the hint for a key that is not there; a head has those of its method alone."""
    if place[0] != "head" or place[1] not in _METHODS:
        return nearest(".".join(place), keys())
    method, key = place[1:3]
    own = [f"head.{name}" for name in _METHODS[method].model_fields]
    others = [other for other, kind in _METHODS.items() if key in kind.model_fields]
    if others:
        return f"it is for head.method {' or '.join(others)}, and here that is {method}: {', '.join(own)}."
    return nearest(f"head.{key}", own)


def _quoted(words: object) -> list[str]:
    return re.findall(r"'([^']+)'", str(words))


def _override(table: dict[str, object], override: str) -> None:
    key, equals, value = override.partition("=")
    if key in keys() and not equals:
        raise UsageError(f"--set {override}: it says no value;", hint=f"write --set {key}=VALUE.")
    if key not in keys():
        raise UsageError(f"--set {override}: a recipe has no key {key!r};", hint=nearest(key, keys()))
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
