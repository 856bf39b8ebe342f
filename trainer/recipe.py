"""A recipe: all that says how to train, checked key by key. `trainer.recipes_file` reads it from TOML."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

from trainer.sections import Augment, Data, Fit, Head, Model, Network, Novelty, Source, Teacher
from whatsit.errors import UsageError
from whatsit.manifest import InputSpec, Promise, Record

Setting = bool | int | float | str | tuple[str, ...]


class Recipe(Record):
    """The whole of a recipe; `reported` is what its tutorial says it reached.

    `head` is learned on the features of frozen backbones, then `fit` on photos; either may be left out.
    `sweep` gives keys and the values each takes in turn, all else as it stands.
    """

    sentence: str
    reported: str = ""
    seed: int = 1
    model: Model
    source: Source | None = None
    data: Data = Data()
    input: InputSpec
    network: Network = Network()
    head: Head | None = None
    fit: Fit | None = None
    augment: Augment | None = None
    teacher: Teacher | None = None
    novelty: Novelty = Novelty()
    promise: Promise = Promise()
    sweep: dict[str, tuple[Setting, ...]] = Field(default_factory=dict)
    task: Literal["classification"] = "classification"

    @model_validator(mode="after")
    def _has_steps(self) -> Self:
        if self.head is None and self.fit is None:
            raise ValueError("nothing is learned: give [head], [fit] or both")
        if self.head is not None and not self.network.backbones:
            raise ValueError("[head] learns on backbones' features, and there are none; use [fit]")
        if self.head is not None and self.head.method == "bagged_sgd" and self.fit is not None:
            raise ValueError("a bagged_sgd head is final: leave out [fit]")
        if self.head is not None and self.head.method != "dense" and not self.network.linear:
            raise ValueError(f"{self.head.method} is a linear head: layers are a pooling and dropout alone")
        return self

    @model_validator(mode="after")
    def _has_effect(self) -> Self:
        for section in ("augment", "teacher"):
            if self.fit is None and getattr(self, section) is not None:
                raise ValueError(
                    f"[{section}] is for [fit], which learns from photos, and there is none; give one, with "
                    f"fit.unfreeze, or leave out [{section}]"
                )
        if self.fit is None and any(key.startswith("fit.") for key in self.sweep):
            raise ValueError("[sweep] changes [fit], and there is none; give one, with fit.unfreeze")
        return self

    @model_validator(mode="after")
    def _unfreezes_what_is_there(self) -> Self:
        if self.fit is None or self.fit.unfreeze == "all":
            return self
        if not self.network.backbones:
            raise ValueError("fit.unfreeze is for backbones, and there are none; leave it out")
        if self.fit.names_a_layer and len(self.network.backbones) > 1:
            raise ValueError(
                f"fit.unfreeze {self.fit.unfreeze!r} would be a layer of one backbone, and there are "
                f"{len(self.network.backbones)}; give all, upper or none"
            )
        return self

    @model_validator(mode="after")
    def _learns_no_larger(self) -> Self:
        side = self.fit.side if self.fit else None
        if side and side > min(self.input.height, self.input.width):
            raise ValueError(
                f"fit.side {side} is larger than the pixels it will see, "
                f"{self.input.width}×{self.input.height}; make it as large or smaller, or leave it out"
            )
        return self

    @model_validator(mode="after")
    def _layers_fit(self) -> Self:
        try:
            self.network.check_layers(self.input)
            self.network.check_layers(self.learning_input)
        except UsageError as error:
            raise ValueError(str(error)) from None
        if self.learning_input != self.input and "flatten" in self.network.layers:
            raise ValueError(
                "flatten makes weights for pixels of one size; leave out fit.side, or pool by average"
            )
        return self

    @property
    def learning_input(self) -> InputSpec:
        """What the network takes while it learns."""
        side = self.fit.side if self.fit else None
        return self.input.model_copy(update={"height": side, "width": side}) if side else self.input


def keys(model: type[BaseModel] = Recipe, prefix: str = "") -> list[str]:
    """Return every key a recipe may have, as `section.key`."""
    found: dict[str, None] = {}
    for name, field in model.model_fields.items():
        inner = [kind for kind in _kinds(field.annotation) if issubclass(kind, BaseModel)]
        for kind in inner:
            found |= dict.fromkeys(keys(kind, f"{prefix}{name}."))
        if not inner:
            found[prefix + name] = None
    return list(found)


def _kinds(annotation: object) -> list[type]:
    """Return the classes that an annotation such as `Fit | None` or a discriminated union names."""
    if isinstance(annotation, type):
        return [annotation]
    return [kind for part in getattr(annotation, "__args__", ()) for kind in _kinds(part)]
