from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from whatsit import home

if TYPE_CHECKING:
    import pytest


def test_all_state_is_under_whatsit_home(own_home: Path) -> None:
    places = [home.data(), home.state(), home.cache(), home.config()]
    assert len(set(places)) == 4
    assert all(place.is_relative_to(own_home) for place in places)


def test_without_whatsit_home_the_platform_decides(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WHATSIT_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.delenv(name, raising=False)
    assert "whatsit" in home.data().parts
    assert home.cache() != home.config()


def test_a_path_is_shown_without_the_name_of_its_owner(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, own_home: Path
) -> None:
    assert home.shown(own_home / "state" / "whatsit.log") == "$WHATSIT_HOME/state/whatsit.log"
    monkeypatch.delenv("WHATSIT_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "maria"))
    assert home.shown(tmp_path / "maria" / "photos") == "~/photos"
    assert home.shown(Path("/elsewhere/photos")).endswith("/elsewhere/photos")
