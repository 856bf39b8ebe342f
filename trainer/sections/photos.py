"""The sections of a recipe on photos: which they are, how their labels are found, how they vary."""

from __future__ import annotations

from pydantic import Field

from trainer.sections.parts import Fraction
from whatsit.manifest import Hash, Record


class Source(Record):
    """The photos that a recipe was made for: their licence and words for the card hold for them alone."""

    fingerprint: Hash
    licence: str
    card: str = ""


class Age(Record):
    """Labels from an age in the file's name, its first number: `younger` below `limit`, else `older`."""

    limit: int = Field(ge=1, le=150)
    younger: str = "young"
    older: str = "old"


class Data(Record):
    """Which photos: `also` names folders beside the one given; `photos` is how many of train at most.

    `unknown` names folders beside it of pictures that show nothing that is learned: novelty learns from them.

    With `photos`, those are taken that hash lowest, `balanced` the same number of each class. `group` is a
    regular expression on a photo's path whose first group keeps photos of one thing in one split.
    """

    also: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    photos: int | None = Field(default=None, ge=2)
    balanced: bool = False
    age: Age | None = None
    group: str | None = None


class Augment(Record):
    """How training photos vary; `untouched`, `mirror`, `grey`, `shrink`, `jpeg`: for what part of them.

    `area` is the least part a crop keeps and `aspect` how far it may stretch. `rotate` and `shear` are
    degrees to either side, `shift` and `zoom` parts of the side, `colour` a part of each colour property.
    """

    untouched: Fraction = 0.0
    mirror: Fraction = 0.5
    area: float = Field(default=1.0, gt=0, le=1)
    aspect: float = Field(default=1.0, ge=1, le=4)
    rotate: float = Field(default=0.0, ge=0, le=180)
    shift: Fraction = 0.0
    shear: float = Field(default=0.0, ge=0, lt=80)
    zoom: float = Field(default=0.0, ge=0, lt=1)
    colour: Fraction = 0.0
    grey: Fraction = 0.0
    shrink: Fraction = 0.0
    smallest_side: int = Field(default=64, ge=8)
    jpeg: Fraction = 0.0
    worst_quality: int = Field(default=30, ge=1, le=95)
