"""Which cameras are there, and which of them, in which mode, gives the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.work.cameras import CameraInfo, Cameras, Feed, Mode
    from whatsit.errors import WhatsitError


def _cameras() -> Cameras:
    from desktop.work.cameras import Cameras as Real  # noqa: PLC0415 - multimedia is loaded when it is wanted

    return Real()


class CameraChoice(QObject):
    """The camera that is chosen, among those that are plugged in."""

    changed = Signal()  # a camera came or went

    def __init__(self, parent: QObject, make: Callable[[], Cameras] | None = None) -> None:
        super().__init__(parent)
        self.found: list[CameraInfo] = []
        self.camera: CameraInfo | None = None
        self.mode: Mode | None = None
        self.preferred = ""  # the id of the camera that was used last
        self._make = make or _cameras
        self._cameras: Cameras | None = None

    def ask(self, then: Callable[[WhatsitError | None], None]) -> None:
        """Ask the system for its cameras, and call `then` with what keeps Whatsit from them."""
        from desktop.work import cameras  # noqa: PLC0415 - as above

        if self._cameras is None:
            self._cameras = self._make()
            self._cameras.changed.connect(self.changed)
        self._cameras.ask(lambda allowed: then(None if allowed else cameras.forbidden()))

    def refresh(self) -> None:
        """Look which cameras are plugged in."""
        self.found = self._cameras.found() if self._cameras is not None else []

    @property
    def unplugged(self) -> bool:
        """Whether the chosen camera is gone."""
        return self.camera is not None and self.camera.id not in {one.id for one in self.found}

    def take(self, camera: CameraInfo | None = None, mode: Mode | None = None) -> None:
        """Choose a camera, else the one used last or the first; in a mode, else its usual one.

        Raises:
            DeviceError: there is none.
        """
        from desktop.work import cameras  # noqa: PLC0415 - as above

        here = {one.id: one for one in self.found}
        if camera is None:
            camera = here.get(self.preferred) or next(iter(self.found), None)
            mode = self.mode if self.camera == camera else None
        if camera is None:
            raise cameras.none_found()
        self.camera, self.mode, self.preferred = camera, mode or camera.usual, camera.id

    def let_go(self) -> None:
        """Choose none: the picture comes from elsewhere."""
        self.camera, self.mode = None, None

    def feed(self) -> Feed:
        """Return what the chosen camera sees, which waits to be started.

        Raises:
            DeviceError: the camera is gone, or there is none.
        """
        from desktop.work import cameras  # noqa: PLC0415 - as above

        if self._cameras is None or self.camera is None:
            raise cameras.none_found()
        return self._cameras.open(self.camera, self.mode)

    def gone(self) -> WhatsitError:
        """Return what to say when the chosen camera was pulled out."""
        from desktop.work import cameras  # noqa: PLC0415 - as above

        return cameras.unplugged(self.camera) if self.camera is not None else cameras.none_found()
