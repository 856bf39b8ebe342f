"""The sections of a recipe on how is learned: a head on features, or all by gradient descent from photos."""

from __future__ import annotations

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from trainer.sections.parts import Batch, Epochs, Fraction
from whatsit.manifest import Record

Strength = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class Descent(Record):
    """Gradient descent: how long, in what steps, and which weights are kept.

    `keep`: those of the `best` epoch by `best_by` on tune, of the `last`, the `mean` of the cycles' ends
    (Izmailov et al. 2018), or the `blend` of the first and the last that is best on tune (Wortsman et al.
    2022). `patience` epochs without a better one end it early; 0 never, and not with `mean` or `blend`.
    A `cosine` falls to zero over each of the `cycles` after a `warmup`, each peak half of the one before
    (Loshchilov and Hutter 2017).
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
    keep: Literal["best", "last", "mean", "blend"] = "best"
    best_by: Literal["accuracy", "log_loss"] = "log_loss"
    patience: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _whole_cycles(self) -> Self:
        if self.epochs % self.cycles:
            raise ValueError(f"{self.epochs} epochs are not a whole number for each of {self.cycles} cycles")
        if self.cycles > 1 and self.schedule != "cosine":
            raise ValueError("cycles are a cosine's; set schedule to cosine")
        if self.keep in ("mean", "blend") and self.patience:
            raise ValueError(
                f"keep = '{self.keep}' needs the end of every cycle, and patience may stop before; "
                "set patience to 0, or keep to best"
            )
        return self


class LogisticHead(Record):
    """Logistic regression; of the `strengths` (C, on features of mean square length one) the best on tune."""

    method: Literal["logistic"] = "logistic"
    strengths: tuple[Strength, ...] = Field(default=(1.0, 3.0, 10.0, 30.0, 100.0), min_length=1)


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
HEADS: Final = (LogisticHead, DenseHead, BaggedHead)


class Fit(Descent):
    """Learning from photos, varied each epoch: the whole network, its top, or a backbone's upper layers.

    `unfreeze`: `all`, `upper` (each backbone's upper blocks, see `trainer.network.backbones`), `none` (the
    layers after the backbones alone), or the layer of the only backbone from which on weights change. With
    a `side`, learning sees pixels of that square instead of the input's: crops enlarge what is on them, so
    a network does best on photos a little larger than those it learned from (Touvron et al. 2019). `steps`
    are batches an epoch, all that there are by default. `unknown` pictures, where data names such, are
    learned among the photos, at most so many for each photo, with every label equally likely. Left out,
    `precision` is mixed and steps are `compiled` (XLA) on a GPU alone.
    """

    unfreeze: str = "all"
    side: int | None = Field(default=None, gt=0, le=4096)
    steps: int | None = Field(default=None, ge=1)
    unknown: Fraction = 0.5
    deterministic: bool = False
    precision: Literal["float32", "mixed_float16", "mixed_bfloat16"] | None = None
    compiled: bool | None = None

    @property
    def names_a_layer(self) -> bool:
        """Whether `unfreeze` is the name of a layer of one backbone."""
        return self.unfreeze not in ("all", "upper", "none")
