"""The run: one training, a folder. What the trainer writes and the exporter reads."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import Field, FiniteFloat, ValidationError, model_validator

from whatsit import files
from whatsit.errors import RunError
from whatsit.manifest import Hash, InputSpec, Label, Output, Promise, Record, Training, first_problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Split = Literal["train", "tune", "calibrate", "test"]
RUN_FILE = "run.json"
MODEL_FILE = "model.keras"
PHOTOS_FILE = "photos.csv"
PREDICTIONS_FILE = "predictions.csv"
CARD_FILE = "card.md"  # the author's own words for the model card
_PHOTO_COLUMNS = ["path", "label", "split", "sha256", "group", "key"]


class RunInfo(Record):
    """The whole of `run.json`; `outputs` and `training` are there once the model is.

    `probabilities` is the softmax of logits over the `temperature`, with the `bias` of each label if any.
    `series` is the name of the folder beside the run that tells of all runs of its sweep or cross-validation.
    """

    format_version: Literal[1] = 1
    recipe: str
    name: str
    title: str
    task: Literal["classification"] = "classification"
    licence: str
    subject: str
    labels: tuple[Label, ...]
    input: InputSpec
    promise: Promise = Promise()
    data_root: Path
    tags: tuple[str, ...] = ()
    series: str = ""
    data_fingerprint: Hash
    outputs: tuple[Output, ...] = ()
    training: Training | None = None
    temperature: Annotated[float, Field(gt=0)] | None = None
    bias: tuple[FiniteFloat, ...] = ()

    @model_validator(mode="after")
    def _a_bias_for_each_label(self) -> Self:
        if self.bias and len(self.bias) != len(self.labels):
            raise ValueError(f"bias has {len(self.bias)} numbers for {len(self.labels)} labels")
        return self


@dataclass(frozen=True, slots=True)
class RunPhoto:
    """One labelled photo of a run; `path` is below the run's data root, with forward slashes.

    Photos of one `group`, where it is named, show one thing and stay in one split. Photos of one `key` are of
    one group or look the same, and stay in one fold; older runs do not name it.
    """

    path: str
    label: int
    split: Split
    sha256: str
    group: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A run on disk: its folder and what `run.json` says."""

    folder: Path
    info: RunInfo

    @property
    def finished(self) -> bool:
        """Whether the run has come to its end and has its model."""
        return self.info.training is not None and (self.folder / MODEL_FILE).is_file()

    @property
    def model_file(self) -> Path:
        """The trained Keras model.

        Raises RunError while the run is not finished.
        """
        if not self.finished:
            raise RunError(
                "this run is not finished.",
                hint=f"Go on with it: whatsit train --resume {self.folder}",
                path=self.folder,
            )
        return self.folder / MODEL_FILE

    def photos(self, *splits: Split) -> list[RunPhoto]:
        """Return the run's photos, of the given splits or of all."""
        number = {label.name: label.id for label in self.info.labels}
        try:
            with (self.folder / PHOTOS_FILE).open(encoding="utf-8", newline="") as file:
                rows = [
                    RunPhoto(
                        row["path"],
                        number[row["label"]],
                        row["split"],  # type: ignore[arg-type]
                        row["sha256"],
                        row.get("group", ""),
                        row.get("key", ""),
                    )
                    for row in csv.DictReader(file)
                ]
        except (OSError, KeyError) as error:
            raise RunError(f"{PHOTOS_FILE} cannot be read ({error}).", path=self.folder) from None
        return [photo for photo in rows if not splits or photo.split in splits]

    def file_of(self, photo: RunPhoto) -> Path:
        """Return where a photo of this run lies."""
        return self.info.data_root / photo.path


def read(folder: Path) -> Run:
    """Return the run in `folder`.

    Raises RunError when there is none or its record is not valid.
    """
    try:
        return Run(folder, RunInfo.model_validate_json((folder / RUN_FILE).read_bytes()))
    except OSError as error:
        said = f"no run here: {RUN_FILE} cannot be read ({error.strerror})."
        raise RunError(said if folder.is_dir() else "there is no such folder.", path=folder) from None
    except ValidationError as error:
        raise RunError(f"{RUN_FILE} is not valid: {first_problem(error)}.", path=folder) from None


def write(folder: Path, info: RunInfo) -> Run:
    """Write `run.json` into `folder` and return the run."""
    files.write_text(folder / RUN_FILE, info.model_dump_json(indent=1) + "\n")
    return Run(folder, info)


def write_photos(run: Run, photos: list[RunPhoto]) -> None:
    """Write `photos.csv`: which photos the run uses, and for what."""
    names = [label.name for label in run.info.labels]
    rows = [
        [photo.path, names[photo.label], photo.split, photo.sha256, photo.group, photo.key]
        for photo in photos
    ]
    _write_table(run.folder / PHOTOS_FILE, _PHOTO_COLUMNS, rows)


def write_predictions(run: Run, photos: list[RunPhoto], probabilities: NDArray[np.float32]) -> None:
    """Write `predictions.csv`: the probabilities [N,C] of the photos, in their order."""
    names = [label.name for label in run.info.labels]
    rows = [
        [photo.path, names[photo.label], photo.split, *(f"{value:.7g}" for value in row)]
        for photo, row in zip(photos, probabilities, strict=True)
    ]
    _write_table(run.folder / PREDICTIONS_FILE, ["path", "label", "split", *names], rows)


def _write_table(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    with files.replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
