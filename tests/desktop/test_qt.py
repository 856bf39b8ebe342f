"""What the window relies on in Qt's Python binding, where a release was found broken."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def test_calls_that_return_nothing_do_not_use_up_none(qapp: QApplication) -> None:
    """PySide6 6.12.0 gave None away with every call; Python 3.11 dies once it has none left."""
    del qapp
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 100
