"""The bundle: a model with all it needs, a folder. Read, validated, written; a stranger's is only data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from whatsit import files
from whatsit.errors import BundleError

MANIFEST = "bundle.json"
MOST_MANIFEST_BYTES = 8 * 1024**2
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


class ShortList(Record):
    """Which labels a photo that is not sure is shown with, and how often the right one is among them."""

    minimum: float = Field(ge=0, le=1)
    coverage: float = Field(ge=0, le=1)


class Decision(Record):
    """How one variant's outputs become answers; fitted on that variant's own outputs of `calibrate`.

    Without such photos it is not calibrated: every photo gets its best label, and no percentage.
    """

    threshold: float = Field(ge=0, le=1)
    novelty_limit: float = Field(default=1.0, gt=0)
    photos: int = Field(default=0, ge=0)
    points: tuple[OperatingPoint, ...] = ()
    short_list: ShortList | None = None

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
    """The whole of `bundle.json`."""

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
    checks: tuple[Check, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    training: Training

    def model_post_init(self, _context: object, /) -> None:
        """Refuse labels whose ids are not their places, or whose names repeat."""
        if [label.id for label in self.labels] != list(range(len(self.labels))):
            raise ValueError("label ids must be 0, 1, 2, … in order")
        if len({label.name for label in self.labels}) != len(self.labels):
            raise ValueError("two labels have the same name")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle on disk: its folder and what its manifest says."""

    folder: Path
    manifest: Manifest

    @property
    def sha256(self) -> str:
        """The fingerprint of `bundle.json`: what results name their model by."""
        return files.sha256(self.folder / MANIFEST)

    def model_file(self, variant: VariantName) -> Path:
        """Return the variant's file after checking that it is inside, of the stated size, and unchanged.

        Raises BundleError when it is not.
        """
        self.model_bytes(variant)
        return self.folder / self.manifest.variants[variant].file

    def model_bytes(self, variant: VariantName) -> bytes:
        """Return the variant's file, read once: the bytes are those that were checked.

        Raises BundleError when it is not inside, of the stated size, and unchanged.
        """
        if variant not in self.manifest.variants:
            there = ", ".join(self.manifest.variants)
            raise BundleError(
                f"this bundle has no {variant} variant;", hint=f"it has {there}.", path=self.folder
            )
        stated = self.manifest.variants[variant]
        try:
            whole = files.inside(self.folder, stated.file).stat().st_size == stated.bytes
            data = files.read_inside(self.folder, stated.file, stated.bytes) if whole else b""
        except OSError:
            data = b""
        if hashlib.sha256(data).hexdigest() != stated.sha256:
            raise BundleError(
                f"{stated.file} is missing or is not the file that was proven.",
                hint="Get the bundle again from where it came from.",
                path=self.folder,
            )
        return data


def read(folder: Path) -> Bundle:
    """Return the bundle in `folder`.

    Raises BundleError when there is none or its manifest is not valid.
    """
    try:
        data = files.read_inside(folder, MANIFEST, MOST_MANIFEST_BYTES)
        return Bundle(folder, Manifest.model_validate_json(data))
    except OSError as error:
        raise BundleError(
            f"no bundle here: {MANIFEST} cannot be read ({error.strerror}).", path=folder
        ) from None
    except ValidationError as error:
        raise BundleError(f"{MANIFEST} is not valid: {first_problem(error)}.", path=folder) from None


def first_problem(error: ValidationError) -> str:
    """Return where a record is wrong and why, in a line."""
    first = error.errors()[0]
    return ": ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"])))


def write(folder: Path, manifest: Manifest) -> Bundle:
    """Write `bundle.json` into `folder` and return the bundle."""
    files.write_text(folder / MANIFEST, manifest.model_dump_json(indent=1) + "\n")
    return Bundle(folder, manifest)
