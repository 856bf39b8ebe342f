"""The sections of a recipe on what is made, beside its network: its names, its teacher, its novelty."""

from __future__ import annotations

from pydantic import Field

from trainer.sections.parts import Fraction
from whatsit.manifest import Record


class Model(Record):
    """What the trained model is called and may be used for.

    `labels` is a table of the labels' groups and names: a file of `label_tables`.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    title: str
    subject: str
    labels: str = ""
    licence: str = "not stated: it is for whoever trained this to say what the photos allow"


class Teacher(Record):
    """A run of the recipe `recipe` whose soft answers are `weight` of the target, the label the rest.

    For a photo the teacher learned from, its answer comes from one of `folds` heads that did not see it
    (Hinton et al. 2015). `changes` are made to the teacher's recipe, as by `--set`. Unless `mirrored`, it is
    not asked about the mirror of a photo, whose target is then the photo's: half the work.
    """

    recipe: str
    changes: tuple[str, ...] = ()
    mirrored: bool = True
    weight: Fraction = 0.7
    folds: int = Field(default=5, ge=2, le=20)


class Novelty(Record):
    """The limit lets the part `kept` of `calibrate` pass; `centroids` are for want of unknown pictures."""

    centroids: int = Field(default=128, ge=2, le=200)
    photos: int = Field(default=6000, ge=2)
    kept: float = Field(default=0.97, gt=0.5, lt=1)
