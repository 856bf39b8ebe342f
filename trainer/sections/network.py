"""The section of a recipe on its network."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, field_validator, model_validator

from trainer.network import backbones, words
from trainer.network.words import Activation, Padding
from trainer.sections.parts import Fraction
from whatsit.errors import UsageError
from whatsit.manifest import InputSpec, Record


class Network(Record):
    """Backbones, if any, and the layers from them, or from the pixels, to the last dense one.

    `layers` are words such as `conv 32 3x3 same relu` (see `trainer.network.words`), the first after
    backbones being their pooling: `average`, `max` or `flatten`. What words leave out is said here.
    `weights`: `imagenet` (downloaded), `none`, a file, or a folder of files. `output`: `sigmoid` for one
    number of two classes.
    """

    backbones: tuple[str, ...] = ()
    weights: str = "imagenet"
    layers: tuple[str, ...] = ("average",)
    kernel: int = Field(default=3, ge=1, le=31)
    padding: Padding = "same"
    activation: Activation = "relu"
    dropout: Fraction = 0.5
    output: Literal["softmax", "sigmoid"] = "softmax"

    @field_validator("backbones")
    @classmethod
    def _in_the_table(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        try:
            choices = [backbones.Choice.parse(name) for name in names]
        except UsageError as error:
            raise ValueError(str(error)) from None
        twice = [
            one.name for number, one in enumerate(choices) if one.name in {c.name for c in choices[:number]}
        ]
        if twice:
            raise ValueError(f"{twice[0]} is there twice; a backbone is joined once, with one cut")
        return tuple(str(one) for one in choices)

    @field_validator("layers")
    @classmethod
    def _known(cls, layers: tuple[str, ...]) -> tuple[str, ...]:
        try:
            for entry in layers:
                words.parse(entry)
        except UsageError as error:
            raise ValueError(str(error)) from None
        return layers

    @model_validator(mode="after")
    def _pooled(self) -> Self:
        if self.backbones and (not self.layers or self.layers[0] not in words.POOLINGS):
            raise ValueError("after backbones the first of the layers is average, max or flatten")
        return self

    @property
    def own_layers(self) -> tuple[str, ...]:
        """The layers after pooled backbones, or after the pixels."""
        return self.layers[1:] if self.backbones else self.layers

    def check_layers(self, spec: InputSpec) -> None:
        """Raise UsageError when the layers do not fit each other on pixels of that size."""
        size = None if self.backbones else (spec.height, spec.width)
        words.check(self.own_layers, self.kernel, self.padding, size)

    @property
    def linear(self) -> bool:
        """Whether the head is linear on pooled backbones: nothing but dropout between."""
        return bool(self.backbones) and all(entry.startswith("dropout") for entry in self.own_layers)
