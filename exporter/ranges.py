"""The range of every activation of a network, by each method, from the sampling set."""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, get_args

from onnxruntime import quantization
from onnxruntime.quantization import calibrate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

Method = Literal["MinMax", "Percentile", "Entropy"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
IMAGE: Final = "image"


class _Batch(quantization.CalibrationDataReader):
    """Hands onnxruntime one batch: histograms of all batches together would need gigabytes."""

    def __init__(self, pixels: NDArray[np.uint8]) -> None:
        self._waiting: NDArray[np.uint8] | None = pixels

    def get_next(self) -> dict[str, NDArray[np.uint8]] | None:
        """Return the batch, then None."""
        batch, self._waiting = self._waiting, None
        return None if batch is None else {IMAGE: batch}


def save(
    model: Path, kinds: Sequence[str], method: Method, batches: Iterable[NDArray[np.uint8]], into: Path
) -> None:
    """Write the ranges of what the nodes of these `kinds` take and give for batches of pixels [N,H,W,3].

    `into` is a file that onnxruntime's quantiser reads.
    https://onnxruntime.ai/docs/performance/model-optimizations/quantization.html
    """
    with tempfile.TemporaryDirectory(dir=into.parent) as place:
        measuring = calibrate.create_calibrator(
            model,
            list(kinds),
            augmented_model_path=str(Path(place) / "augmented.onnx"),
            calibrate_method=quantization.CalibrationMethod[method],
        )
        with contextlib.redirect_stdout(io.StringIO()):  # the histograms tell of themselves
            for batch in batches:
                measuring.collect_data(_Batch(batch))
            found = measuring.compute_data()
        calibrate.save_tensors_data(found, into)
