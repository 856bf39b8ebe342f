"""The sections of a recipe, each a record that is checked key by key."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from trainer.network import backbones
from whatsit.bundle import Hash, Record
from whatsit.errors import UsageError

Fraction = Annotated[float, Field(ge=0, le=1)]
Epochs = Annotated[int, Field(ge=0, le=10_000)]
Batch = Annotated[int, Field(ge=2, le=4096)]


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


class Age(Record):
    """Labels from an age in the file's name, its first number: `younger` below `limit`, else `older`."""

    limit: int = Field(ge=1, le=150)
    younger: str = "young"
    older: str = "old"


class Data(Record):
    """Which photos: `also` names folders beside the one given; `photos` is how many of train at most.

    With `photos`, those are taken that hash lowest, `balanced` the same number of each class. `group` is a
    regular expression on a photo's path whose first group keeps photos of one thing in one split.
    """

    also: tuple[str, ...] = ()
    photos: int | None = Field(default=None, ge=2)
    balanced: bool = False
    age: Age | None = None
    group: str | None = None


class Network(Record):
    """Backbones, if any, and the layers from them, or from the pixels, to the last dense one.

    `layers` are words such as `conv 32 3x3 same relu` (see `trainer.network.layers`), the first after
    backbones being their pooling: `average`, `max` or `flatten`. What words leave out is said here.
    `weights`: `imagenet` (downloaded), `none`, a file, or a folder of files. `output`: `sigmoid` for one
    number of two classes.
    """

    backbones: tuple[str, ...] = ()
    weights: str = "imagenet"
    layers: tuple[str, ...] = ("average",)
    kernel: int = Field(default=3, ge=1, le=31)
    padding: Literal["same", "valid"] = "same"
    activation: str = "relu"
    dropout: Fraction = 0.5
    output: Literal["softmax", "sigmoid"] = "softmax"

    @field_validator("backbones")
    @classmethod
    def _in_the_table(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        try:
            return tuple(str(backbones.Choice.parse(name)) for name in names)
        except UsageError as error:
            raise ValueError(str(error)) from None

    @model_validator(mode="after")
    def _pooled(self) -> Self:
        if self.backbones and (not self.layers or self.layers[0] not in ("average", "max", "flatten")):
            raise ValueError("after backbones the first of the layers is average, max or flatten")
        return self

    @property
    def linear(self) -> bool:
        """Whether the head is linear on pooled backbones: nothing but dropout between."""
        return bool(self.backbones) and all(words.startswith("dropout") for words in self.layers[1:])


class Descent(Record):
    """Gradient descent: how long, in what steps, and which weights are kept.

    `keep`: those of the `best` epoch by `best_by` on tune, of the `last`, or the `mean` of the cycles' ends
    (Izmailov et al. 2018). `patience` epochs without a better one end it early; 0 never. A `cosine` falls to
    zero over each of the `cycles` after a `warmup`, each peak half of the one before (Loshchilov and Hutter
    2017).
    """

    epochs: Epochs = 10
    batch: Batch = 32
    optimizer: Literal["adam", "adamw", "sgd", "rmsprop"] = "adam"
    learning_rate: float = Field(default=1e-3, gt=0, lt=10)
    momentum: Fraction = 0.0
    nesterov: bool = False
    weight_decay: float = Field(default=0.0, ge=0, lt=1)
    label_smoothing: Fraction = 0.0
    schedule: Literal["constant", "cosine"] = "constant"
    cycles: int = Field(default=1, ge=1, le=100)
    warmup: Fraction = 0.0
    keep: Literal["best", "last", "mean"] = "best"
    best_by: Literal["accuracy", "log_loss"] = "log_loss"
    patience: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _whole_cycles(self) -> Self:
        if self.epochs % self.cycles:
            raise ValueError(f"{self.epochs} epochs are not a whole number for each of {self.cycles} cycles")
        if self.cycles > 1 and self.schedule != "cosine":
            raise ValueError("cycles are a cosine's; set schedule to cosine")
        return self


class LogisticHead(Record):
    """Logistic regression; of the `strengths` (C, on features of mean square length one) the best on tune."""

    method: Literal["logistic"] = "logistic"
    strengths: tuple[float, ...] = (1.0, 3.0, 10.0, 30.0, 100.0)


class DenseHead(Descent):
    """The layers after the backbones, learned on their features, extracted once."""

    method: Literal["dense"] = "dense"
    batch: Batch = 128


class BaggedHead(Record):
    """Bagged linear classifiers, each by stochastic gradient descent on a part of photos and features."""

    method: Literal["bagged_sgd"] = "bagged_sgd"
    estimators: int = Field(default=10, ge=1, le=1000)
    samples: float = Field(default=0.5, gt=0, le=1)
    features: float = Field(default=0.5, gt=0, le=1)
    variance: float = Field(default=0.1, ge=0)
    alpha: float | None = Field(default=None, gt=0)
    l1_ratio: Fraction = 0.15
    tolerance: float = Field(default=1e-3, gt=0)
    intercept: bool = False


Head = Annotated[LogisticHead | DenseHead | BaggedHead, Field(discriminator="method")]


class Fit(Descent):
    """Learning from photos, varied each epoch: the whole network, its top, or a backbone's upper layers.

    `unfreeze`: `all`, `none` (the layers after the backbones alone), or the backbone's layer from which on
    weights change. With a `side`, learning sees pixels of that square instead of the input's: crops enlarge
    what is on them, so a network does best on photos a little larger than those it learned from (Touvron et
    al. 2019). `steps` are batches an epoch, all that there are by default. Left out,
    `precision` is mixed and steps are `compiled` (XLA) on a GPU alone.
    """

    unfreeze: str = "all"
    side: int | None = Field(default=None, gt=0, le=4096)
    steps: int | None = Field(default=None, ge=1)
    deterministic: bool = False
    precision: Literal["float32", "mixed_float16", "mixed_bfloat16"] | None = None
    compiled: bool | None = None


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


class Teacher(Record):
    """A run of the recipe `recipe` whose soft answers are `weight` of the target, the label the rest.

    For a photo the teacher learned from, its answer comes from one of `folds` heads that did not see it
    (Hinton et al. 2015).
    """

    recipe: str
    weight: Fraction = 0.7
    folds: int = Field(default=5, ge=2, le=20)


class Novelty(Record):
    """Centroids of taught features; the limit lets the part `kept` of the calibrate photos pass."""

    centroids: int = Field(default=128, ge=2, le=200)
    photos: int = Field(default=6000, ge=2)
    kept: float = Field(default=0.97, gt=0.5, lt=1)
