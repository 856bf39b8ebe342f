"""Pictures of nothing that is learned: what they teach of the unknown, and how well it holds."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from trainer.learning import batches
from trainer.network.novelty import Unlike
from whatsit import photos, pictures
from whatsit.errors import DataError, PictureError

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def look(
    network: Network, spec: InputSpec, files: Sequence[Path], known: Sequence[Path], seed: int
) -> Unknown:
    """Return the features of unknown pictures; every other one is seen as small as one of the `known` photos.

    Unknown pictures are most often larger and sharper than those learned from: by that alone they could be
    told, and what is small and soft would pass. Raises DataError when too few can be read.
    """
    random = np.random.default_rng(seed)
    with tempfile.TemporaryDirectory(prefix="whatsit-") as place:
        sizes = [_size(known[one]) for one in random.integers(0, len(known), 64)]
        seen = [_seen(file, sizes, random, Path(place, f"{number}.jpg")) for number, file in enumerate(files)]
        read = [(file, one) for file, one in zip(files, seen, strict=True) if one is not None]
        if len(read) < _LEAST:
            raise DataError("most of these pictures cannot be read.", path=files[0].parent)
        features, _ = batches.predict(network.held_out_model, [one for _, one in read], spec)
    kept = np.array([int(_hash(file)[:8], 16) % _CHOOSING == 0 for file, _ in read])
    return Unknown(features.reshape(len(read), -1), kept)


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


def _size(file: Path) -> tuple[int, int]:
    return pictures.decode(file.read_bytes(), path=file).size


def _hash(file: Path) -> str:
    return hashlib.sha256(f"{file.parent.name}/{file.name}".encode()).hexdigest()
