"""The boxes in which a person chooses the camera and its resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSignalBlocker
from PySide6.QtWidgets import QComboBox

from desktop.language import tr

if TYPE_CHECKING:
    from desktop.state.live import Live


class CameraBoxes(QObject):
    """Show what is chosen, and choose what a person picks."""

    def __init__(self, live: Live) -> None:
        super().__init__(live)
        self._live = live
        self.camera, self.mode = QComboBox(), QComboBox()
        for box, name in ((self.camera, tr("Camera")), (self.mode, tr("Resolution"))):
            box.setAccessibleName(name)
            box.setToolTip(name)
        self.camera.setMinimumWidth(190)
        self.camera.activated.connect(self._choose_camera)
        self.mode.activated.connect(self._choose_mode)

    def refresh(self) -> None:
        """Fill the boxes with what there is to choose, and show what is chosen."""
        choice = self._live.choice
        with QSignalBlocker(self.camera), QSignalBlocker(self.mode):
            self.camera.clear()
            self.mode.clear()
            for one in choice.found:
                self.camera.addItem(one.name, one)
            chosen = choice.found.index(choice.camera) if choice.camera in choice.found else -1
            self.camera.setCurrentIndex(chosen)
            self.camera.setPlaceholderText(tr("No camera") if not choice.found else tr("Camera"))
            for mode in choice.camera.modes if choice.camera in choice.found and choice.camera else ():
                self.mode.addItem(f"{mode.width} × {mode.height}", mode)
            self.mode.setCurrentIndex(self.mode.findData(choice.mode))
        self.camera.setEnabled(bool(choice.found))
        self.mode.setVisible(self.mode.count() > 0)

    def _choose_camera(self, place: int) -> None:
        self._live.choose(self._live.choice.found[place])

    def _choose_mode(self, place: int) -> None:
        camera = self._live.choice.camera
        if camera is not None:
            self._live.choose(camera, camera.modes[place])
