from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from desktop import theme
from desktop.theme import DARK, LIGHT, Theme, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

TEXTS = [
    ("text", "panel"), ("text", "card"), ("text", "chosen"), ("text", "ground"), ("muted", "panel"),
    ("muted", "card"), ("muted", "ground"), ("muted", "chosen"), ("muted", "well"), ("on_accent", "accent"),
    ("on_accent", "accent_hover"), ("failed", "panel"),
]  # fmt: skip
MARKS = ["accent", "answered", "not_sure", "unknown", "failed", "skipped"]


def luminance(color: str) -> float:
    parts = [part / 255 for part in QColor(color).getRgb()[:3]]
    red, green, blue = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXTS)
def test_text_can_be_read(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(getattr(tokens, text), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("mark", MARKS)
def test_badges_and_bars_can_be_told_from_what_is_behind_them(tokens: Tokens, mark: str) -> None:
    assert contrast(getattr(tokens, mark), tokens.panel) >= 3
    assert contrast(getattr(tokens, mark), tokens.card) >= 3


def test_the_window_follows_the_system_while_it_runs(qapp: QApplication, qtbot: QtBot) -> None:
    dress = Theme(qapp)
    with qtbot.waitSignal(dress.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert dress.tokens is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(DARK.panel)
    with qtbot.waitSignal(dress.changed):
        qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert dress.tokens is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(LIGHT.panel)


def test_digits_are_of_one_width(qapp: QApplication) -> None:
    Theme(qapp)
    assert [tag.toString().data() for tag in theme.font().featureTags()] == [b"tnum"]
