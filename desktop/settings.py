"""What the window remembers from one time to the next."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from whatsit import home

if TYPE_CHECKING:
    from PySide6.QtWidgets import QSplitter, QWidget

_FILE = "window.ini"
_MOST_RECENT = 10


class Settings:
    """A small file in the folder of settings; one that cannot be read or written costs only its memory."""

    def __init__(self) -> None:
        self._kept = QSettings(str(home.config() / _FILE), QSettings.Format.IniFormat)

    def restore(self, window: QWidget) -> None:
        """Put the window where it was."""
        geometry = self._bytes("geometry")
        if not geometry.isEmpty():
            window.restoreGeometry(geometry)

    def restore_widths(self, splitter: QSplitter) -> None:
        """Give the parts of the window the widths that they had."""
        widths = self._bytes("widths")
        if not widths.isEmpty():
            splitter.restoreState(widths)

    def remember(self, window: QWidget) -> None:
        """Note where the window is."""
        self._kept.setValue("geometry", window.saveGeometry())
        self._kept.sync()

    def remember_widths(self, splitter: QSplitter) -> None:
        """Note how wide the parts of the window are."""
        self._kept.setValue("widths", splitter.saveState())
        self._kept.sync()

    @property
    def folder(self) -> Path:
        """The folder that a person looked at last, else their home."""
        kept = Path(str(self._kept.value("folder", "")))
        return kept if kept.is_absolute() and kept.is_dir() else Path.home()

    @folder.setter
    def folder(self, folder: Path) -> None:
        self._kept.setValue("folder", str(folder))

    @property
    def recent(self) -> list[Path]:
        """The folders that were open lately and are there, the latest first."""
        paths = [Path(one) for one in self._listed("recent")]
        return [one for one in paths if one.is_absolute() and one.is_dir()]

    def note_recent(self, folder: Path) -> None:
        """Note that a folder is open now."""
        names = dict.fromkeys([str(folder), *map(str, self.recent)])
        self._kept.setValue("recent", list(names)[:_MOST_RECENT])

    @property
    def camera(self) -> str:
        """The camera that was used last, by its id."""
        return str(self._kept.value("camera", ""))

    @camera.setter
    def camera(self, camera: str) -> None:
        self._kept.setValue("camera", camera)

    @property
    def snapshots(self) -> Path:
        """The folder for snapshots: the one that a person chose, else one among their pictures."""
        kept = str(self._kept.value("snapshots", ""))
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        return Path(kept) if Path(kept).is_absolute() else Path(pictures or Path.home()) / "Whatsit"

    @snapshots.setter
    def snapshots(self, folder: Path) -> None:
        self._kept.setValue("snapshots", str(folder))

    @property
    def model(self) -> str:
        """The model that a person chose, as it is asked for; nothing where they never did."""
        return str(self._kept.value("model", ""))

    @model.setter
    def model(self, model: str) -> None:
        self._kept.setValue("model", model)

    @property
    def chain(self) -> tuple[str, ...]:
        """Which models are asked next, as `whatsit classify --then` has them."""
        return tuple(self._listed("chain"))

    @chain.setter
    def chain(self, steps: tuple[str, ...]) -> None:
        self._kept.setValue("chain", list(steps))

    @property
    def language(self) -> str:
        """The code of the language that a person chose; nothing is the system's."""
        return str(self._kept.value("language", ""))

    @language.setter
    def language(self, language: str) -> None:
        self._kept.setValue("language", language)

    @property
    def scheme(self) -> str:
        """Light, dark, or as the system."""
        return str(self._kept.value("scheme", "system"))

    @scheme.setter
    def scheme(self, scheme: str) -> None:
        self._kept.setValue("scheme", scheme)

    def _listed(self, name: str) -> list[str]:
        kept = self._kept.value(name, [])
        listed = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
        return [str(one) for one in listed if one]

    def _bytes(self, name: str) -> QByteArray:
        value = self._kept.value(name)
        return value if isinstance(value, QByteArray) else QByteArray()
