"""A model's outputs over many photos, read batch by batch through the one contract of pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from whatsit import preprocess

if TYPE_CHECKING:
    from whatsit.progress import Progress
    from whatsit.run import Run, RunPhoto

Arrays = dict[str, NDArray[np.float32]]
OutputsOf = Callable[[NDArray[np.uint8]], Arrays]
BATCH: Final = 32


def batches(run: Run, photos: Sequence[RunPhoto], progress: Progress) -> Iterator[NDArray[np.uint8]]:
    """Yield the photos' pixels, uint8 [N,H,W,3]; the next batch is decoded while one is used.

    Raises PictureError when a photo cannot be read.
    """
    spec = run.info.input
    parts = [photos[start : start + BATCH] for start in range(0, len(photos), BATCH)]
    with ThreadPoolExecutor(max_workers=2) as decoders:

        def begin(part: Sequence[RunPhoto]) -> Iterator[NDArray[np.uint8]]:
            return decoders.map(lambda photo: preprocess.pixels(run.file_of(photo), spec), part)

        coming = begin(parts[0]) if parts else iter(())
        for following in [*parts[1:], []] if parts else []:
            pixels = np.stack(list(coming))
            coming = begin(following)
            yield pixels
            progress.advance(len(pixels))


def counted(pixels: NDArray[np.uint8], progress: Progress, size: int = BATCH) -> Iterator[NDArray[np.uint8]]:
    """Yield pixels [N,H,W,3] in batches of a size, each counted once it was used."""
    for start in range(0, len(pixels), size):
        batch = pixels[start : start + size]
        yield batch
        progress.advance(len(batch))


def outputs_over(pixels: Iterable[NDArray[np.uint8]], outputs_of: OutputsOf) -> Arrays:
    """Return a model's outputs for all batches of pixels, each [N,…], in their order."""
    collected = [outputs_of(batch) for batch in pixels]
    return {name: np.concatenate([one[name] for one in collected]) for name in collected[0]}
