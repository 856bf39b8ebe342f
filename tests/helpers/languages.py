"""The window's language for a while, and English again after it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTranslator

from desktop import language

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication


@contextlib.contextmanager
def worn(qapp: QApplication, code: str) -> Iterator[None]:
    """Wear a language, and leave none of its translators behind."""
    before = qapp.findChildren(QTranslator)
    language.wear(qapp, code)
    yield
    language.wear(qapp, "en")
    for one in qapp.findChildren(QTranslator):
        if one not in before:
            QCoreApplication.removeTranslator(one)
    language.take_labels([])
    language.take_titles({})
