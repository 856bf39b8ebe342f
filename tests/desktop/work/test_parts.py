from __future__ import annotations

import sys

import pytest

from desktop.work import parts


def test_parts_are_there_once_they_are_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "colorsys", raising=False)
    assert list(parts.load(["colorsys"])) == ["colorsys"]
    assert "colorsys" in sys.modules


def test_a_part_that_is_not_there_is_an_error() -> None:
    with pytest.raises(ModuleNotFoundError):
        list(parts.load(["desktop.no_such_part"]))
