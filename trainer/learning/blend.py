"""The weights between those that learning began with and those that it ended with which do best on tune."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from rich.console import Console
from scipy.special import log_softmax

from trainer.learning import checkpoints
from whatsit import files, temperature

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from trainer.results.history import Stage

BLEND_FILE: Final = "blend.csv"
SHARES: Final = (0.0, 0.2, 0.35, 0.5, 0.65, 0.8, 1.0)


@dataclass(frozen=True, slots=True)
class _Tried:
    """How a share of what was learned does on tune, at the temperature that suits it."""

    share: float
    log_loss: float
    accuracy: float


def blend(
    folder: Path,
    stage: Stage,
    model: Any,
    logits: Callable[[], NDArray[np.float32]],
    labels: NDArray[np.int64],
) -> None:
    """Give the model the mix of its weights and of those kept as `…-begun` that does best on tune.

    Interpolation of weights (Wortsman et al. 2022): fine-tuning forgets some of what the backbone knew, and
    half way there it has forgotten less and learned most. What each share reached is in `blend.csv`. The
    least log loss is the best, each share at its own temperature: the run is calibrated later too. There a
    bias may come with it, fitted on calibrate; fitted on tune, on which shares are chosen, it would flatter.
    """
    begun, ended = f"{stage}-begun", f"{stage}-ended"
    checkpoints.keep(folder, ended, model)
    tried = []
    for share in SHARES:
        checkpoints.give(folder, {begun: 1 - share, ended: share}, model)
        tried.append(_measured(share, logits(), labels))
    best = min(tried, key=lambda one: one.log_loss)
    checkpoints.give(folder, {begun: 1 - best.share, ended: best.share}, model)
    _write(folder, tried)
    told = f"{stage}: best on tune with {best.share:g} of what was learned: log loss {best.log_loss:.4f}, "
    told += f"accuracy {best.accuracy:.4f}."
    Console(stderr=True, soft_wrap=True).print(told, markup=False, highlight=False)


def _measured(share: float, logits: NDArray[np.float32], labels: NDArray[np.int64]) -> _Tried:
    answers = log_softmax(logits.astype(np.float64) / temperature.fit(logits, labels), axis=1)
    own = answers[np.arange(len(labels)), labels]
    return _Tried(share, float(-own.mean()), float((answers.argmax(axis=1) == labels).mean()))


def _write(folder: Path, tried: list[_Tried]) -> None:
    with files.replacing(folder / BLEND_FILE) as temporary, temporary.open("w", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["share", "tune_log_loss", "tune_accuracy"])
        table.writerows((one.share, f"{one.log_loss:.6g}", f"{one.accuracy:.6g}") for one in tried)
