"""The heat map: which parts of a photo speak for a label, exactly as the network reckons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from whatsit.graph import Outputs


def heat(outputs: Outputs, label: int) -> NDArray[np.float32] | None:
    """Return what each cell [h,w] of one photo says for a label against the others; None without maps.

    Class activation maps (Zhou et al. 2016) less their mean over the labels, for a softmax ignores what is
    said for all alike: the mean over the cells is the label's logit less the mean logit, but for the bias.
    The maps of several backbones are added, on the cells of the finest.
    """
    centred = [maps[0, ..., label] - maps[0].mean(axis=-1) for maps in outputs.activation_maps.values()]
    if not centred:
        return None
    finest = max((cells.shape for cells in centred), key=lambda sides: sides[0] * sides[1])
    return np.asarray(sum(_resized(cells, finest) for cells in centred), dtype=np.float32)


def _resized(cells: NDArray[np.float32], sides: tuple[int, ...]) -> NDArray[np.float32]:
    if cells.shape == sides:
        return cells
    picture = Image.fromarray(np.ascontiguousarray(cells, dtype=np.float32))
    height, width = sides
    return np.asarray(picture.resize((width, height), Image.Resampling.BILINEAR), dtype=np.float32)
