"""The selected photo, whole, as large as the panel shows it; the newest wish wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.work.images import ImageWish, Made, whole
from desktop.work.job import Job
from desktop.work.wanted import Wanted

if TYPE_CHECKING:
    from pathlib import Path


class WholePhoto(QObject):
    """Has one photo at a time made on a thread; `made` brings it, unless another was wanted since."""

    made = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wish: ImageWish | None = None
        self._wanted: Wanted[ImageWish] = Wanted()
        self._job = Job("photo", whole(self._wanted), self._take, interrupt=self._wanted.close).start()

    def want(self, path: Path, width: int, height: int) -> None:
        """Have this photo made to fit into width × height device pixels."""
        wish = ImageWish(path, width, height)
        if wish != self._wish:
            self._wish = wish
            self._wanted.replace([wish])

    def forget(self) -> None:
        """Want nothing any more."""
        self._wish = None
        self._wanted.replace([])

    def close(self) -> None:
        """End the thread; nothing is made after this."""
        self._job.join()

    def _take(self, batch: list[Made]) -> None:
        for one in batch:
            if one.wish == self._wish:
                self.made.emit(one)
