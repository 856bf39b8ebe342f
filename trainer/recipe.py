"""A recipe: a TOML file that says how to train, checked key by key, with overrides from the command line."""

from __future__ import annotations

import difflib
import tomllib
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, Field, ValidationError, model_validator

from whatsit.bundle import Hash, InputSpec, Record
from whatsit.errors import UsageError

FOLDER = Path(__file__).parent / "recipes"
Fraction = Annotated[float, Field(ge=0, le=1)]


class Model(Record):
    """What the trained model is called and may be used for."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    title: str
    subject: str
    licence: str = "not stated: it is for whoever trained this to say what the photos allow"


class Source(Record):
    """The photos that a recipe was made for: their licence and words for the card hold for them alone."""

    fingerprint: Hash
    licence: str
    card: str = ""


class Data(Record):
    """Which photos beside the folder given: `also` names folders that lie next to it."""

    also: tuple[str, ...] = ()


class Network(Record):
    """The backbone, a row of `trainer.backbones`, its weights, and the dropout before the head.

    `weights`: `imagenet` (downloaded), `none`, a file, or a folder that holds the file by one of its names.
    """

    backbone: str
    weights: str = "imagenet"
    dropout: Fraction = 0.0


class Finetune(Record):
    """Fine-tuning of the whole network with Adam, in `cycles` of a warm-up and a cosine to zero.

    `warmup` is its part of a cycle; each cycle's peak is half of the one before. The result is the mean of
    the weights at the cycles' ends. With a `side`, head and fine-tuning see pixels of that square instead of
    the input's: crops enlarge what is on them, so a network does best on photos a little larger than those
    it learned from (Touvron et al. 2019).
    """

    side: int | None = Field(default=None, gt=0, le=4096)
    epochs: int = Field(default=4, ge=0, le=1000)
    cycles: int = Field(default=1, ge=1, le=100)
    batch: int = Field(default=32, ge=2, le=4096)
    learning_rate: float = Field(default=1e-4, gt=0, lt=1)
    warmup: Fraction = 0.05

    @model_validator(mode="after")
    def _whole_cycles(self) -> Finetune:
        if self.epochs % self.cycles:
            raise ValueError(f"{self.epochs} epochs are not a whole number for each of {self.cycles} cycles")
        return self


class Augment(Record):
    """How training photos vary; `untouched`, `grey`, `shrink` and `jpeg` say for what part of them."""

    untouched: Fraction = 0.2
    area: float = Field(default=0.5, gt=0, le=1)
    aspect: float = Field(default=1.33, ge=1, le=4)
    colour: Fraction = 0.2
    grey: Fraction = 0.0
    shrink: Fraction = 0.0
    smallest_side: int = Field(default=64, ge=8)
    jpeg: Fraction = 0.0
    worst_quality: int = Field(default=30, ge=1, le=95)


class Novelty(Record):
    """Centroids of taught features; the limit lets the part `kept` of the calibrate photos pass."""

    centroids: int = Field(default=128, ge=2, le=200)
    photos: int = Field(default=6000, ge=2)
    kept: float = Field(default=0.97, gt=0.5, lt=1)


class Recipe(Record):
    """The whole of a recipe."""

    sentence: str
    seed: int = 1
    model: Model
    source: Source | None = None
    data: Data = Data()
    input: InputSpec
    network: Network
    finetune: Finetune = Finetune()
    augment: Augment = Augment()
    novelty: Novelty = Novelty()
    task: Literal["classification"] = "classification"

    @property
    def learning_input(self) -> InputSpec:
        """What the network takes while it learns."""
        side = self.finetune.side
        return self.input.model_copy(update={"height": side, "width": side}) if side else self.input


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
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        hint = _nearest(key, keys()) if first["type"] == "extra_forbidden" else ""
        raise UsageError(f"recipe {path.stem}: {key}: {first['msg']};", hint=hint) from None


def keys(model: type[BaseModel] = Recipe, prefix: str = "") -> list[str]:
    """Return every key a recipe may have, as `section.key`."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        kind = field.annotation
        inner = isinstance(kind, type) and issubclass(kind, BaseModel)
        found += keys(kind, f"{prefix}{name}.") if inner else [prefix + name]  # type: ignore[arg-type]
    return found


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
