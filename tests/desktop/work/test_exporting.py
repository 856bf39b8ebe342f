from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.work.exporting import Target, export
from whatsit.classifier import Classifier
from whatsit.decisions import Answer, Candidate, Status, Then
from whatsit.photos import Photo
from whatsit.sorting import Sortable

if TYPE_CHECKING:
    from whatsit.bundle import Bundle


def test_what_the_next_model_says_is_exported_too(tiny: Bundle, tmp_path: Path) -> None:
    classifier = Classifier.open(tiny, "cpu", "fp32")
    then = Then("shades", Answer(Status.ANSWERED, "crimson", 0.75, (Candidate("crimson", 0.75),)))
    answer = Answer(Status.ANSWERED, "warm", 0.9, (Candidate("warm", 0.9),), then=then)
    items = [Sortable(Photo(Path("a.png"), "a.png"), answer, "cold")]
    target = Target(tmp_path / "answers.csv", "csv", 0.6, 1.0, {"warm": classifier})
    assert sum(export(items, classifier, target)) == 1
    (row,) = csv.DictReader(target.file.read_text().splitlines())
    assert (row["label"], row["person_label"], row["then_label"]) == ("warm", "cold", "crimson")
    assert '"threshold": 0.6' in (tmp_path / "answers.csv.meta.json").read_text()
