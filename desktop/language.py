"""What the window says, in the language that a person reads."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

LANGUAGES: Final = {"en": "English", "zh": "中文", "ru": "Русский"}


def tr(text: str, about: str = "", count: int = -1) -> str:
    """Return the text in the window's language; `%n` in it is `count`, with the plural that goes with it.

    lupdate finds the texts by this function's name: call it with the text itself.
    """
    return QCoreApplication.translate("", text, about, count)
