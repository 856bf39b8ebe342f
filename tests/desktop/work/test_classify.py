from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

import numpy as np

from desktop.work import classify
from tests.helpers.windows import folder_of
from whatsit import photos
from whatsit.classifier import Classifier
from whatsit.ledger import LedgerError
from whatsit.recall import Recall

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def test_a_cache_that_fails_meanwhile_costs_only_time(tiny: Bundle, tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "photos", "red", "blue", each=12)
    (folder / "notes.txt").write_text("notes")
    classifier = Classifier.open(tiny, "cpu", "fp32")
    found = list(photos.scan([folder]))
    with mock.patch.object(Recall, "keep", mock.Mock(side_effect=LedgerError("the disk is full"))):
        first = list(classify.answer(found, classifier))
    again = list(classify.answer(found, classifier))
    assert [one.name for one in first] == [one.name for one in again] == [one.name for one in found]
    for one, other in zip(first, again, strict=True):
        assert isinstance(one.found, np.void) == isinstance(other.found, np.void)
        if isinstance(one.found, np.void) and isinstance(other.found, np.void):
            assert one.found["labels"].tolist() == other.found["labels"].tolist()
