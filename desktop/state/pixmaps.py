"""The thumbnails at hand: made on a thread when the grid wants them, the oldest forgotten."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPixmap

from desktop.work.images import ImageWish, Made, thumbnails
from desktop.work.job import Job
from desktop.work.wanted import Wanted

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

MOST_BYTES: Final = 48 * 1024**2  # some ten pages; those before it come from the disk in no time
_LEAST_KEPT: Final = 64  # a very large screen still keeps what it shows


class Thumbnails(QObject):
    """Pixmaps by path; `made` says which arrived."""

    made = Signal(set)

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        super().__init__()
        self._most_bytes = most_bytes
        self._size, self._ratio = QSize(), 1.0
        self._kept: OrderedDict[Path, _Kept] = OrderedDict()
        self._wanted: Wanted[ImageWish] = Wanted()
        work = thumbnails(self._wanted)
        self._job = Job("thumbnails", work, self._take, interrupt=self._wanted.close).start()

    def get(self, path: Path) -> QPixmap | None:
        """Return a photo's pixmap, perhaps of the size wanted before, or None while there is none."""
        if path not in self._kept:
            return None
        self._kept.move_to_end(path)
        return self._kept[path].pixmap

    def want(self, paths: Sequence[Path], size: QSize, ratio: float) -> None:
        """Have these made next, first things first, at `size` device pixels; earlier wishes are dropped."""
        self._size, self._ratio = QSize(size), ratio
        missing = [path for path in paths if path not in self._kept or self._kept[path].size != self._size]
        self._wanted.replace([ImageWish(path, size.width(), size.height()) for path in missing])

    def follow(self, moved: Sequence[tuple[Path, Path]]) -> None:
        """Show photos that were moved as they were before."""
        for old, new in moved:
            if old in self._kept:
                self._kept[new] = self._kept.pop(old)

    def forget(self) -> None:
        """Drop every pixmap and every wish."""
        self._kept.clear()
        self._wanted.replace([])

    def close(self) -> None:
        """End the thread; nothing is made after this."""
        self._job.join()

    def _take(self, batch: list[Made]) -> None:
        for one in batch:
            size = QSize(one.wish.width, one.wish.height)
            if size == self._size:
                self._keep(one, size)
        self.made.emit({one.wish.path for one in batch})

    def _keep(self, one: Made, size: QSize) -> None:
        pixmap = None if one.image is None else QPixmap.fromImage(one.image)
        if pixmap is not None:
            pixmap.setDevicePixelRatio(self._ratio)
        self._kept[one.wish.path] = _Kept(size, pixmap)
        self._kept.move_to_end(one.wish.path)
        most = max(_LEAST_KEPT, self._most_bytes // (4 * size.width() * size.height()))
        while len(self._kept) > most:
            self._kept.popitem(last=False)


@dataclass(frozen=True, slots=True)
class _Kept:
    size: QSize
    pixmap: QPixmap | None  # None: the photo cannot be read, and is not tried again
