from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from whatsit import resamples

if TYPE_CHECKING:
    import pytest


def test_parts_that_fit_into_memory_are_a_thousand_resamples(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resamples, "_AT_ONCE", 70 * 50)
    parts = list(resamples.counts(50, np.random.default_rng(0)))
    assert len(parts) == 15
    assert sum(len(part) for part in parts) == 1000
    assert all((part.sum(axis=1) == 50).all() for part in parts)
