"""Whether a window can be opened here: Qt itself would end the program without a word that helps."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path
from typing import Final

from whatsit.errors import DeviceError

_FOR_QT: Final = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1"
_FOR_X: Final = (
    "libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 "
    "libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0"
)


def check() -> None:
    """Return when a window can be opened.

    Raises DeviceError when there is no screen, or naming the packages that bring what is missing.
    """
    try:
        from PySide6 import QtGui, QtWidgets  # noqa: F401, PLC0415 - whether they load is what is asked
    except ImportError as error:
        raise _missing(str(error), _FOR_QT) from None
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM", "xcb") not in ("", "xcb"):
        return
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        raise DeviceError(
            "there is no screen to open the window on.", hint="On the terminal: whatsit classify FOLDER"
        )
    if os.environ.get("DISPLAY"):
        _check_plugin("platforms/libqxcb.so")


def _check_plugin(name: str) -> None:
    import ctypes  # noqa: PLC0415 - only X asks for this check

    found = importlib.util.find_spec("PySide6")
    for folder in (found.submodule_search_locations or []) if found else []:
        plugin = Path(folder) / "Qt" / "plugins" / name
        if plugin.is_file():
            try:
                ctypes.CDLL(str(plugin))
            except OSError as error:
                raise _missing(str(error), f"{_FOR_QT} {_FOR_X}") from None


def _missing(said: str, packages: str) -> DeviceError:
    return DeviceError(
        f"the window needs system libraries that are missing ({said}).",
        hint=f"On Debian and Ubuntu: apt install {packages}",
    )
