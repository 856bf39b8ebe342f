"""The records that `bundle.json` is made of; unknown keys are refused, and no file leaves the folder."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_MODEL_BYTES = 2 * 1024**3
VariantName = Literal["fp32", "int8", "fp16"]


def _inside(name: str) -> str:
    path = PurePosixPath(name)
    if not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\0" in name:
        raise ValueError(f"{name!r} leaves the bundle's folder")
    return name


FileName = Annotated[str, AfterValidator(_inside)]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Record(BaseModel):
    """What every part of a manifest is: frozen, and without keys that nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Record):
    """One class: its place in the outputs, its name, its names in other languages, its group."""

    id: int = Field(ge=0)
    name: str = Field(min_length=1, max_length=200)
    names: dict[str, str] = {}
    group: str = ""


def fine_grained(labels: Sequence[Label]) -> bool:
    """Return whether labels belong to groups: look-alikes, of which only those on a closed list were learned.

    What is on no such list, a mixed breed among breeds, gets the label it looks most like: answers say so.
    """
    return any(label.group for label in labels)


class InputSpec(Record):
    """What a model takes: uint8 RGB of `height` × `width`, made by `resize` with Pillow's bilinear filter."""

    name: Literal["image"] = "image"
    height: int = Field(gt=0, le=4096)
    width: int = Field(gt=0, le=4096)
    resize: Literal["squash", "crop"] = "squash"


class Output(Record):
    """One float32 output of the graph; -1 in `shape` is the free number of photos."""

    name: str
    shape: tuple[int, ...]


class Check(Record):
    """One measured comparison with pass or fail."""

    name: str
    passed: bool
    measured: str
    limit: str = ""
    variant: str = ""


class Measurement(Record):
    """One figure without a limit: it neither passes nor fails."""

    name: str
    measured: str
    variant: str = ""


class OperatingPoint(Record):
    """One place of the slider: with `threshold`, at most what part is wrong, and what part is set aside."""

    threshold: float = Field(ge=0, le=1)
    wrong_at_most: float = Field(ge=0, le=1)
    set_aside: float = Field(ge=0, le=1)


class Promise(Record):
    """What a model's decisions are fitted to keep: how many answers are wrong, how many lists are right."""

    wrong_at_most: float = Field(default=0.01, gt=0, lt=1)
    listed: float = Field(default=0.95, gt=0, lt=1)


class ShortList(Record):
    """Which labels a photo that is not sure is shown with: the likely ones, where they are not too many.

    Of the photos that get such a list, the part `coverage` has its right label on it; the part `given` of the
    photos that are not sure gets one.
    """

    minimum: float = Field(ge=0, le=1)
    coverage: float = Field(ge=0, le=1)
    given: float = Field(default=1.0, ge=0, le=1)


class Decision(Record):
    """How one variant's outputs become answers; fitted on that variant's own outputs of `calibrate`.

    The group of a photo that is not sure is said where its labels together have `group_threshold`. Without
    such photos a decision is not calibrated: every photo gets its best label, and no percentage.
    """

    promise: Promise = Promise()
    threshold: float = Field(ge=0, le=1)
    novelty_limit: float = Field(default=1.0, gt=0)
    photos: int = Field(default=0, ge=0)
    points: tuple[OperatingPoint, ...] = ()
    short_list: ShortList | None = None
    group_threshold: float | None = Field(default=None, ge=0, le=1)

    @property
    def calibrated(self) -> bool:
        """Whether confidences and thresholds were measured on labelled photos."""
        return self.photos > 0


class Variant(Record):
    """One file of the model, with the decision fitted on that file's own outputs."""

    file: FileName
    bytes: int = Field(gt=0, le=MOST_MODEL_BYTES)
    sha256: Hash
    opset: int = Field(gt=0)
    decision: Decision


class Training(Record):
    """Where the model comes from: recipe, photos and their fingerprint, figures, versions."""

    recipe: str
    data_fingerprint: Hash
    photos: dict[str, int]
    metrics: dict[str, float]
    versions: dict[str, str]


class Manifest(Record):
    """The whole of `bundle.json`; `files` are all but the variants, the card and itself."""

    format_version: Literal[1] = 1
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")
    title: str
    version: str
    task: Literal["classification"] = "classification"
    licence: str
    subject: str
    labels: tuple[Label, ...] = Field(min_length=2, max_length=100_000)
    input: InputSpec
    outputs: tuple[Output, ...]
    variants: dict[VariantName, Variant] = Field(min_length=1)
    files: dict[FileName, Hash] = {}
    checks: tuple[Check, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    training: Training

    def model_post_init(self, _context: object, /) -> None:
        """Refuse labels whose ids are not their places, or whose names repeat."""
        if [label.id for label in self.labels] != list(range(len(self.labels))):
            raise ValueError("label ids must be 0, 1, 2, … in order")
        if len({label.name for label in self.labels}) != len(self.labels):
            raise ValueError("two labels have the same name")


def first_problem(error: ValidationError) -> str:
    """Return where a record is wrong and why, in a line."""
    first = error.errors()[0]
    return ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))
