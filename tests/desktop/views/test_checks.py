from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.theme import Theme
from desktop.views.checks import Checks
from whatsit.certificate import Certificate
from whatsit.manifest import Check

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LONG = Check(
    name="golden activation_maps",
    passed=True,
    measured="20 of 20 the same, and more was measured besides",
    limit="all with a lead over 0.0002",
)


@pytest.mark.parametrize("width", [400, 560, 900])
def test_every_column_is_inside_the_table(qapp: QApplication, width: int) -> None:
    """A limit that began inside the table once ended outside it, unseen."""
    table = Checks(Theme(qapp))
    table.show_certificate(Certificate((LONG,) * 40, ()))
    table.resize(width, 200)
    table.show()
    qapp.processEvents()
    header = table.header()
    last = header.count() - 1
    assert header.sectionViewportPosition(last) + header.sectionSize(last) <= table.viewport().width()
    assert LONG.limit in table.topLevelItem(0).toolTip(last)
