"""Predictions of photos without labels, as a table that Kaggle takes."""

from __future__ import annotations

import csv
import io
import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from trainer.learning import batches
from trainer.trained import final
from whatsit import files, photos, preprocess
from whatsit.decisions import Status
from whatsit.errors import DataError, PictureError
from whatsit.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from whatsit.manifest import InputSpec
    from whatsit.run import Run

_BATCH: Final = 32
_TWO: Final = 2


@dataclass(frozen=True, slots=True)
class Submission:
    """Probabilities [N,C] of photos by their ids; those that could not be read have none, and are named."""

    ids: tuple[str, ...]
    labels: tuple[str, ...]
    probabilities: NDArray[np.float32]
    unreadable: tuple[PictureError, ...] = ()

    @property
    def columns(self) -> str:
        """What stands beside an id, in words."""
        if len(self.labels) == _TWO:
            return f"the probability of {files.shown(self.labels[1])!r} as its label"
        return "a probability for each class"

    def write(self, path: Path) -> None:
        """Write the table: of two classes `id,label` with the probability of the second, else all of them."""
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        two = len(self.labels) == _TWO
        table.writerow(["id", "label"] if two else ["id", *self.labels])
        for name, row in zip(self.ids, self.probabilities, strict=True):
            table.writerow([name, *(f"{value:.7g}" for value in (row[1:] if two else row))])
        files.write_text(path, out.getvalue())


def predict(run: Run, folder: Path) -> Submission:
    """Return what the run's model gives for every picture in and below `folder`, in the order of their ids.

    An id is the file's name without its ending. Raises RunError when the run is not finished, DataError when
    there is no picture or two have one id.
    """
    paths, unreadable = _pictures(folder)
    _check_ids(paths, folder)
    failed = {error.path: error for error in unreadable}

    def pixels(path: Path, spec: InputSpec) -> NDArray[np.uint8]:
        try:
            return preprocess.pixels(path, spec)
        except PictureError as error:
            failed[path] = error
            return np.zeros((spec.height, spec.width, 3), np.uint8)

    model = final.load(run)
    parts = []
    with Progress("predicting", len(paths)) as progress:
        for batch in batches.stream(paths, run.info.input, _BATCH, pixels):
            parts.append(batches.outputs(model, batch, _BATCH)["probabilities"])
            progress.advance(len(batch))
    read = [number for number, path in enumerate(paths) if path not in failed]
    probabilities = np.concatenate(parts) if parts else np.empty((0, len(run.info.labels)), np.float32)
    return Submission(
        tuple(paths[number].stem for number in read),
        tuple(label.name for label in run.info.labels),
        probabilities[read],
        tuple(failed.values()),
    )


def _pictures(folder: Path) -> tuple[list[Path], list[PictureError]]:
    """Return the pictures of a folder by their ids, and what is known to fail without opening it."""
    if not folder.is_dir():
        raise DataError("this folder of photos is not there.", path=folder)
    found, failed = [], []
    for photo in photos.scan([folder]):
        if photo.settled is None:
            found.append(photo.path)
        elif photo.settled.status is Status.FAILED:
            failed.append(PictureError(photo.settled.reason, path=photo.path))
    if not found and not failed:
        raise DataError("there is no picture in this folder.", path=folder)
    return sorted(found, key=lambda path: files.by_number(path.stem)), failed


def _check_ids(paths: Sequence[Path], folder: Path) -> None:
    for one, other in itertools.pairwise(sorted(paths, key=lambda path: path.stem)):
        if one.stem == other.stem:
            both = " and ".join(files.shown(path) for path in (one, other))
            raise DataError(
                f"two photos have the id {files.shown(one.stem)!r}: {both}.",
                hint="A row is told by the file's name alone: give one of them another, or take it away.",
                path=folder,
            )
