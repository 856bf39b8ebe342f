"""Pictures of nothing that is learned: what they teach of the unknown, and how well it holds."""

from __future__ import annotations

import csv
import hashlib
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from trainer.learning import batches
from trainer.network.novelty import Unlike
from whatsit import files, photos, pictures
from whatsit.errors import DataError, PictureError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.network.networks import Network
    from trainer.recipe import Recipe
    from whatsit.manifest import InputSpec
    from whatsit.run import Run

_STRENGTH: Final = 1e-3  # of features standardised one by one; of 1e-4 to 1e-2 the best, no benchmark yet
_QUALITIES: Final = (60, 96)
_MOST: Final = 12_000
_LEAST: Final = 50
_CHOOSING: Final = 4  # one of so many is not learned from
_SIZES: Final = 64  # photos whose sizes others are given
_COPIES: Final = "unknown"
_INDEX: Final = "index.csv"


@dataclass(frozen=True, slots=True)
class Shown:
    """An unknown picture as it is shown, itself or a small copy, and whether it is kept from learning."""

    file: Path
    kept: bool


@dataclass(frozen=True, slots=True)
class Unknown:
    """Features [N,D] of unknown pictures, and which of them [N] are kept from learning."""

    features: NDArray[np.float32]
    kept: NDArray[np.bool_]


def files_of(run: Run, recipe: Recipe) -> list[Path]:
    """Return the pictures of the recipe's unknown folders, beside the photos; none where no such folder is.

    Where there are very many, those whose path hashes lowest. Raises DataError when there are too few.
    """
    folders = [place for name in recipe.data.unknown if (place := run.info.data_root / name).is_dir()]
    if not folders:
        return []
    found = [one.path for folder in folders for one in photos.scan([folder]) if one.settled is None]
    if len(found) < _LEAST:
        raise DataError(
            f"{len(found)} pictures are too few to learn from what is unknown; {_LEAST} or more are needed.",
            hint="Add pictures of nothing that is learned, or leave the folder out of data.unknown.",
            path=folders[0],
        )
    return sorted(sorted(found, key=_hash)[:_MOST])


def show(run: Run, recipe: Recipe) -> list[Shown]:
    """Return the recipe's unknown pictures that can be read; every other one as small as one of the photos.

    Unknown pictures are most often larger and sharper than those learned from: by that alone they could be
    told, and what is small and soft would pass. Copies stay in the run's folder until `forget`, so that a run
    that goes on sees the same. Raises DataError when too few can be read.
    """
    index = run.folder / _COPIES / _INDEX
    if index.is_file():
        return _read(index)
    found = files_of(run, recipe)
    if not found:
        return []
    index.parent.mkdir(exist_ok=True)
    random, known = np.random.default_rng(recipe.seed), run.photos("train")
    sizes = [_size(run.file_of(known[one])) for one in random.integers(0, len(known), _SIZES)]
    seen = [
        (_seen(file, sizes, random, index.with_name(f"{place}.jpg")), _hash(file))
        for place, file in enumerate(found)
    ]
    shown = [Shown(one, int(hashed[:8], 16) % _CHOOSING == 0) for one, hashed in seen if one is not None]
    if len(shown) < _LEAST:
        raise DataError("most of these pictures cannot be read.", path=found[0].parent)
    _write(index, shown)
    return shown


def forget(run: Run) -> None:
    """Delete the copies of unknown pictures: they are of use while a run is not finished, no longer."""
    copies = run.folder / _COPIES
    (copies / _INDEX).unlink(missing_ok=True)  # first: it must not name what is gone
    shutil.rmtree(copies, ignore_errors=True)


def exposed(run: Run, recipe: Recipe) -> list[Path]:
    """Return the unknown pictures among which learning from photos teaches not to be sure of any label."""
    if recipe.fit is None or not recipe.fit.unknown:
        return []
    taught = [one.file for one in show(run, recipe) if not one.kept]
    most = round(recipe.fit.unknown * len(run.photos("train")))
    return [taught[place] for place in np.random.default_rng(recipe.seed).permutation(len(taught))[:most]]


def look(network: Network, spec: InputSpec, shown: Sequence[Shown]) -> Unknown:
    """Return the features of unknown pictures."""
    features, _ = batches.predict(network.held_out_model, [one.file for one in shown], spec)
    return Unknown(features.reshape(len(shown), -1), np.array([one.kept for one in shown]))


def learn(taught: NDArray[np.float32], unknown: Unknown) -> Unlike:
    """Return what tells unknown pictures from taught ones [N,D]: a logistic regression, its limit still open.

    Outlier exposure (Hendrycks et al. 2019) on features that stay as they are.
    """
    others = unknown.features[~unknown.kept]
    features = np.concatenate([taught, others]).astype(np.float64)
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    is_unknown = np.arange(len(features)) >= len(taught)
    fitted = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=1000)
    fitted.fit((features - mean) / deviation, is_unknown)
    weights = fitted.coef_[0] / deviation
    bias = float(fitted.intercept_[0] - mean @ weights)
    return Unlike(weights.astype(np.float32), bias, at_limit=1.0)


def novelty(found: Unlike, features: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how unlike what was taught features [N,D] are, [N], as the graph has it."""
    logits = features.astype(np.float64) @ found.weights.astype(np.float64) + found.bias
    return np.asarray(np.logaddexp(0, logits) / found.at_limit)


def figures(found: Unlike, known: NDArray[np.float32], unknown: Unknown) -> dict[str, float]:
    """Return how well unknown pictures that it never learned from are told from known photos [N,D]."""
    others = novelty(found, unknown.features[unknown.kept])
    both = np.concatenate([novelty(found, known), others])
    truth = np.arange(len(both)) >= len(known)
    return {
        "unknown_pictures": float(len(unknown.features)),
        "unknown_auroc": float(roc_auc_score(truth, both)),
        "unknown_called_so": float((others > 1).mean()),
    }


def _seen(file: Path, sizes: list[tuple[int, int]], random: np.random.Generator, into: Path) -> Path | None:
    """Return the file itself, or a copy of it as small and as a JPEG; None where it cannot be read."""
    try:
        picture = pictures.decode(file.read_bytes(), path=file)
    except (PictureError, OSError):
        return None
    if random.random() < 0.5:  # noqa: PLR2004 - every other one
        return file
    size = sizes[random.integers(len(sizes))]
    quality = int(random.integers(*_QUALITIES))
    picture.resize(size).save(into, "JPEG", quality=quality)
    return into


def _write(index: Path, shown: Sequence[Shown]) -> None:
    with files.replacing(index) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        names = (one.file.name if one.file.parent == index.parent else one.file for one in shown)
        csv.writer(file).writerows(zip(names, (int(one.kept) for one in shown), strict=True))


def _read(index: Path) -> list[Shown]:
    with index.open(encoding="utf-8", newline="") as file:
        return [Shown(index.parent / path, kept == "1") for path, kept in csv.reader(file)]


def _size(file: Path) -> tuple[int, int]:
    return pictures.decode(file.read_bytes(), path=file).size


def _hash(file: Path) -> str:
    return hashlib.sha256(f"{file.parent.name}/{file.name}".encode()).hexdigest()
