from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tests.helpers.tiny_bundle import picture
from whatsit import verdict
from whatsit.classifier import Classifier
from whatsit.evaluation import evaluate
from whatsit.figures import figures
from whatsit.labelled import LabelledPhoto
from whatsit.photos import Photo
from whatsit.predictions import Predictions

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


def test_of_many_labels_those_most_often_mistaken_are_named(tiny: Bundle, tmp_path: Path) -> None:
    (tmp_path / "red.png").write_bytes(picture((220, 30, 40)))
    classifier = Classifier.open(tiny, "cpu", "fp32")
    found = evaluate(classifier, [LabelledPhoto(Photo(tmp_path / "red.png", "red.png"), 0)])
    assert "Most often mistaken" not in verdict.facts(found, None, classifier), "of two, both are named"
    given = np.eye(3, dtype=np.float32)[[0, 0, 1, 2]]  # cat, cat, dog, fox
    three = Predictions(tuple("abcd"), np.array([1, 1, 1, 0]), {"probabilities": given})
    found = replace(found, figures=figures(three, ["cat", "dog", "fox"]))
    said = verdict.facts(found, None, classifier)["Most often mistaken"]
    assert said == "dog for cat (2); cat for fox (1)"
