from __future__ import annotations

import builtins
import ctypes
import sys
from typing import TYPE_CHECKING

import pytest

from desktop import app, screen
from whatsit.errors import DeviceError

if TYPE_CHECKING:
    from collections.abc import Callable

linux = pytest.mark.skipif(sys.platform != "linux", reason="names Debian's packages")


@linux
def test_without_a_screen_it_says_so_and_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(DeviceError, match=r"no screen.*whatsit classify"):
        screen.check()


def test_a_library_that_qt_lacks_is_named_with_the_packages(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real: Callable[..., object] = builtins.__import__

    def broken(name: str, *args: object, **kwargs: object) -> object:
        if name.startswith("PySide6"):
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", broken)
    assert app.main([]) == 1
    said = capsys.readouterr().err
    assert "libEGL.so.1" in said
    assert "apt install libegl1" in said
    assert "Traceback" not in said


@linux
def test_a_library_that_the_x_plugin_lacks_is_named_with_the_packages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(path: str) -> None:
        raise OSError(f"libxcb-cursor.so.0: cannot open shared object file ({path})")

    monkeypatch.setattr(ctypes, "CDLL", broken)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    with pytest.raises(DeviceError, match=r"libxcb-cursor\.so\.0.*libxcb-cursor0"):
        screen.check()


def test_offscreen_needs_no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    monkeypatch.delenv("DISPLAY", raising=False)
    screen.check()
