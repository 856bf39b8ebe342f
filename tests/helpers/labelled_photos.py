"""Generated photos that differ from each other as real ones do, in the forms that people have them in."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path


def drawn(seed: int, size: tuple[int, int] = (64, 48)) -> Image.Image:
    """Return a picture of soft blots, another for each seed."""
    blots = np.random.default_rng(seed).integers(0, 255, (9, 12, 3)).astype(np.uint8)
    return Image.fromarray(blots).resize(size, Image.Resampling.BICUBIC)


def save(file: Path, seed: int) -> Path:
    """Write a drawn picture, as JPEG or PNG by the file's name, and return the file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    drawn(seed).save(file, quality=92)
    return file


def class_folders(folder: Path, labels: Iterable[str] = ("cat", "dog"), each: int = 40) -> Path:
    """Fill a folder with class folders of photos, each photo another, and return it."""
    for place, label in enumerate(labels):
        for number in range(each):
            save(folder / label / f"{label}.{number}.jpg", 1000 * place + number)
    return folder


def table(file: Path, rows: Iterable[Sequence[str]]) -> Path:
    """Write a CSV and return its path."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened).writerows(rows)
    return file
