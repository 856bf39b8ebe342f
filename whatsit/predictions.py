"""Predictions: what a model gave for labelled photos, in one file that other models are held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from whatsit import arrays
from whatsit.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Predictions:
    """What a model gave for labelled photos: true labels [N] by number, outputs [N,…] by name.

    The outputs of a photo that could not be read are NaN.
    """

    paths: tuple[str, ...]
    labels: NDArray[np.int64]
    outputs: dict[str, NDArray[np.float32]]

    @property
    def probabilities(self) -> NDArray[np.float32]:
        """The probabilities [N,C]."""
        return self.outputs["probabilities"]

    @property
    def read(self) -> NDArray[np.bool_]:
        """Which photos [N] could be read."""
        return np.asarray(np.isfinite(self.probabilities).all(axis=1), dtype=np.bool_)

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which photos [N] have their true label as the best one; what could not be read has not."""
        best = np.argmax(self.probabilities, axis=1)
        return np.asarray((best == self.labels) & self.read, dtype=np.bool_)

    def where(self, chosen: NDArray[np.bool_]) -> Predictions:
        """Return these predictions of the chosen photos [N] alone."""
        paths = tuple(path for path, wanted in zip(self.paths, chosen, strict=True) if wanted)
        outputs = {name: values[chosen] for name, values in self.outputs.items()}
        return Predictions(paths, self.labels[chosen], outputs)

    def in_order_of(self, other: Predictions) -> Predictions:
        """Return these predictions in the order of the other's photos.

        Raises DataError when the photos or their labels are not the same.
        """
        order = self.order_for(other.paths, other.labels, other.probabilities.shape[1])
        outputs = {name: values[order] for name, values in self.outputs.items()}
        return Predictions(other.paths, other.labels, outputs)

    def order_for(
        self, paths: Sequence[str], labels: Sequence[int] | NDArray[np.int64], classes: int
    ) -> NDArray[np.intp]:
        """Return the places [N] of photos with their true labels and that many classes.

        Raises DataError when these predictions are of others.
        """
        place = {path: number for number, path in enumerate(self.paths)}
        if len(paths) != len(self.paths) or any(path not in place for path in paths):
            raise DataError("the two are not of the same photos.", hint="Evaluate both on the same split.")
        order = np.array([place[path] for path in paths], dtype=np.intp)
        if self.probabilities.shape[1] != classes or not np.array_equal(self.labels[order], labels):
            raise DataError("the two do not have the same true labels.")
        return order

    def save(self, path: Path) -> None:
        """Write them as npz, without pickle."""
        named = {f"output.{name}": values for name, values in self.outputs.items()}
        arrays.write(path, {"paths": np.array(self.paths, dtype=np.str_), "labels": self.labels, **named})

    @classmethod
    def load(cls, path: Path) -> Predictions:
        """Return predictions that `save` wrote.

        Raises DataError when the file is something else.
        """
        found = arrays.read(path)
        outputs = {name[7:]: values for name, values in found.items() if name.startswith("output.")}
        if "paths" not in found or "labels" not in found or "probabilities" not in outputs:
            raise DataError(
                "these are no predictions: paths, labels or probabilities are missing.", path=path
            )
        paths = tuple(str(one) for one in found["paths"])
        if any(len(values) != len(paths) for values in (found["labels"], *outputs.values())):
            raise DataError("the predictions differ in number.", path=path)
        if outputs["probabilities"].ndim != 2:  # noqa: PLR2004 - photos and classes
            raise DataError("the probabilities are not those of photos and classes.", path=path)
        return cls(paths, found["labels"].astype(np.int64), outputs)
