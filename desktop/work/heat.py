"""The heat map as an image to lay over a photo: clear where nothing speaks for the label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from PIL import Image
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SIDE: Final = 96  # pixels of the longer side: smooth enough to be stretched over a photo
# From what says little to what says most: red over orange to a light yellow, and how much it covers.
_COLOURS: Final = np.array(
    [(190, 20, 40, 0), (220, 40, 40, 110), (245, 130, 40, 180), (255, 225, 120, 215)], np.float32
)

_AT: Final = np.linspace(0, 1, 256)
# Looked up, not interpolated for each pixel: a webcam asks for it with every frame.
_TABLE: Final = np.stack(
    [np.interp(_AT, np.linspace(0, 1, len(_COLOURS)), channel) for channel in _COLOURS.T], axis=-1
).astype(np.uint8)


def image(cells: NDArray[np.float32]) -> QImage:
    """Return what each cell [h,w] says for a label as an image; only what speaks for it is coloured."""
    height, width = cells.shape
    scale = _SIDE / max(height, width)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    positive = np.maximum(np.nan_to_num(cells), 0)
    share = positive / (positive.max() or 1)
    fine = np.asarray(Image.fromarray(share.astype(np.float32)).resize(size, Image.Resampling.BICUBIC))
    rgba = _TABLE[np.rint(fine.clip(0, 1) * (len(_TABLE) - 1)).astype(np.uint8)]
    view = QImage(rgba.tobytes(), *size, 4 * size[0], QImage.Format.Format_RGBA8888)
    return view.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
