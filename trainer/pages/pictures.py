"""The photos in a report: the worst mistakes, small, as data within the page."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image

from whatsit import files, pictures
from whatsit.errors import PictureError

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.predictions import Predictions
    from whatsit.run import Run

_SIDE: Final = 176
_QUALITY: Final = 80


@dataclass(frozen=True, slots=True)
class Mistake:
    """A photo whose answer is wrong, with the confidence in it and what the truth was given.

    `picture` is the photo as a data address, empty where it cannot be read any more.
    """

    picture: str
    path: str
    truth: str
    answer: str
    confidence: float
    of_truth: float


def worst_mistakes(run: Run, predictions: Predictions, most: int) -> list[Mistake]:
    """Return the wrong answers whose truth was given least, the worst first."""
    numbers = np.arange(len(predictions.labels))
    of_truth = predictions.probabilities[numbers, predictions.labels]
    answers = predictions.probabilities.argmax(axis=1)
    wrong = numbers[~predictions.right]
    worst = wrong[np.argsort(of_truth[wrong], kind="stable")][:most]
    names = [label.name for label in run.info.labels]
    return [
        Mistake(
            picture=thumbnail(run.info.data_root / predictions.paths[one]),
            path=files.shown(predictions.paths[one]),
            truth=names[predictions.labels[one]],
            answer=names[answers[one]],
            confidence=float(predictions.probabilities[one, answers[one]]),
            of_truth=float(of_truth[one]),
        )
        for one in worst
    ]


def png(picture: Image.Image) -> str:
    """Return a picture as the data address of a PNG."""
    return _address(picture, "png")


def thumbnail(file: Path, side: int = _SIDE) -> str:
    """Return a photo, `side` pixels wide or high, as a data address; nothing when it cannot be read."""
    try:
        picture = pictures.decode(pictures.read(file), (side, side), path=file)
    except PictureError:
        return ""
    picture.thumbnail((side, side), Image.Resampling.BILINEAR)
    return _address(picture, "jpeg")


def _address(picture: Image.Image, kind: str) -> str:
    with io.BytesIO() as file:
        picture.save(file, kind, quality=_QUALITY)
        return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"
