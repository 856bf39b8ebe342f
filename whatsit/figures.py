"""Figures: how right predictions are, and how far the confidences are from the truth."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np

from whatsit import resamples
from whatsit.errors import DataError
from whatsit.manifest import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from whatsit.predictions import Predictions

Z95: Final = 1.959963984540054  # the normal distribution holds 95 % within so many standard deviations
BINS: Final = 15
_MISTAKES: Final = 20
_SEED: Final = 1
_LEAST: Final = 1e-7  # float32 probabilities round to 0: the log of that says nothing of the model
Interval = tuple[float, float]


class ClassFigures(Record):
    """How many photos of one class there were, and how many of them were right."""

    label: str
    photos: int
    right: int


class Mistake(Record):
    """How many photos of one label are taken for another."""

    label: str
    taken_for: str
    photos: int


class Figures(Record):
    """How right the best label is over all photos; `failed` ones could not be read and count as wrong.

    `mistakes` are the most frequent ones. `top5` is the part whose right label is among the best five,
    `balanced_accuracy` the mean part right of the labels that have photos. Log loss and calibration error are
    over the photos that could be read. Names that end in 95 are 95 % intervals: Wilson's of parts of photos;
    of log loss the percentiles of 1,000 resamples of photos, as the trainer's; of balanced accuracy of 1,000
    resamples of each label's own photos.
    """

    photos: int
    right: int
    failed: int
    accuracy: float
    interval95: Interval
    balanced_accuracy: float
    balanced_accuracy95: Interval
    top5: float
    top5_95: Interval
    log_loss: float
    log_loss95: Interval
    calibration_error: float
    classes: tuple[ClassFigures, ...]
    mistakes: tuple[Mistake, ...] = ()


def figures(predictions: Predictions, label_names: Sequence[str]) -> Figures:
    """Return how right the predictions are.

    Raises DataError when there are no photos.
    """
    total = len(predictions.paths)
    if not total:
        raise DataError("there are no photos to evaluate.")
    labels, right = predictions.labels, predictions.right
    read = predictions.read
    known = predictions.probabilities[read].astype(np.float64)
    losses, among_best = log_losses(known, labels[read]), _among_best(known, labels[read], 5)
    classes = tuple(
        ClassFigures(label=name, photos=int((labels == place).sum()), right=int(right[labels == place].sum()))
        for place, name in enumerate(label_names)
    )
    return Figures(
        photos=total,
        right=int(right.sum()),
        failed=int((~read).sum()),
        accuracy=float(right.mean()),
        interval95=wilson(int(right.sum()), total),
        balanced_accuracy=float(np.mean([one.right / one.photos for one in classes if one.photos])),
        balanced_accuracy95=_balanced_interval(classes),
        top5=among_best / total,
        top5_95=wilson(among_best, total),
        log_loss=float(losses.mean()) if len(losses) else 0.0,
        log_loss95=_loss_interval(losses),
        calibration_error=calibration_error(known, labels[read]),
        classes=classes,
        mistakes=tuple(_mistakes(known, labels[read], label_names)),
    )


def _mistakes(
    probabilities: NDArray[np.float64], labels: NDArray[np.int64], names: Sequence[str]
) -> Iterator[Mistake]:
    """Yield the most frequent pairs of a true and another best label, of equals the first by label."""
    best = probabilities.argmax(axis=1)
    wrong = best != labels
    pairs, counts = np.unique(np.stack([labels[wrong], best[wrong]]), axis=1, return_counts=True)
    for place in np.argsort(-counts, kind="stable")[:_MISTAKES]:
        truth, answer = pairs[:, place]
        yield Mistake(label=names[truth], taken_for=names[answer], photos=int(counts[place]))


def _among_best(probabilities: NDArray[np.float64], labels: NDArray[np.int64], count: int) -> int:
    """Return how many photos have their right label among so many best ones."""
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :count]
    return int((best == labels[:, np.newaxis]).any(axis=1).sum())


def _loss_interval(losses: NDArray[np.float64]) -> Interval:
    """Return the interval of the mean of losses [N]; of no photos, all that a loss can be."""
    if not len(losses):
        return 0.0, -math.log(_LEAST)
    random = np.random.default_rng(_SEED)
    sums = np.concatenate([counts @ losses for counts in resamples.counts(len(losses), random)])
    return _middle(sums / len(losses))


def _balanced_interval(classes: Sequence[ClassFigures]) -> Interval:
    """Return the interval of balanced accuracy; Wilson's where all photos are right or none is.

    Then every resample is the same.
    """
    right, photos = sum(one.right for one in classes), sum(one.photos for one in classes)
    if right in (0, photos):
        return wilson(right, photos)
    random, known = np.random.default_rng(_SEED), [one for one in classes if one.photos]
    # How many of n photos drawn from n are right is binomial: no photo needs to be drawn.
    drawn = (random.binomial(one.photos, one.right / one.photos, resamples.RESAMPLES) for one in known)
    parts = sum(some / one.photos for some, one in zip(drawn, known, strict=True))
    return _middle(np.asarray(parts) / len(known))


def _middle(figures: NDArray[np.float64]) -> Interval:
    """Return between what the middle 95 % of a figure [R] of resamples are."""
    low, high = np.quantile(figures, (0.025, 0.975))
    return float(low), float(high)


def wilson(right: int, total: int) -> Interval:
    """Return Wilson's 95 % interval of a proportion."""
    part, square = right / total, Z95**2
    middle = (part + square / (2 * total)) / (1 + square / total)
    half = Z95 / (1 + square / total) * math.sqrt(part * (1 - part) / total + square / (4 * total**2))
    # Rounding leaves the ends of none and all just short of 0 and 1.
    return (middle - half if right else 0.0), (middle + half if right < total else 1.0)


def log_losses(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return minus the log of what each photo's [N,C] true label was given, [N], at most that of 1e-7."""
    of_truth = probabilities[np.arange(len(labels)), labels]
    return np.asarray(-np.log(np.maximum(of_truth, _LEAST)), dtype=np.float64)


def bins_of(confidence: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return which of `BINS` equal bins each confidence [N] falls into."""
    return np.minimum((confidence * BINS).astype(np.int64), BINS - 1)


def calibration_error(probabilities: NDArray[np.float64], labels: NDArray[np.int64]) -> float:
    """Return the expected calibration error: how far confidence is from accuracy, over 15 equal bins.

    As Guo et al. (2017) define it: the mean of |accuracy - confidence| over bins, weighted by their photos.
    """
    if not len(labels):
        return 0.0
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    bins = bins_of(confidence)
    apart = [abs(float((confidence[bins == one] - right[bins == one]).sum())) for one in np.unique(bins)]
    return sum(apart) / len(labels)
