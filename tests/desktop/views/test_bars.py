from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from desktop.state import words
from desktop.theme import Theme
from desktop.views.bars import RankedBars
from whatsit.decisions import Answer, Candidate, Status

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

RANKED = (Candidate("cat", 0.71), Candidate("dog", 0.29))


@pytest.mark.parametrize("calibrated", [True, False])
def test_only_what_was_calibrated_is_painted_as_a_percentage(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, *, calibrated: bool
) -> None:
    painted: list[float] = []

    def noted(confidence: float) -> str:
        painted.append(confidence)
        return "71%"

    monkeypatch.setattr(words, "percent", noted)
    bars = RankedBars(Theme(qapp))
    bars.show_answer(Answer(Status.ANSWERED, "cat", 0.71, RANKED, calibrated=calibrated))
    bars.resize(bars.sizeHint())
    assert not bars.grab().isNull()
    assert bool(painted) == calibrated
    assert ("%" in bars.accessibleName()) == calibrated
