from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.helpers import six_labels
from tests.helpers.tiny_bundle import picture
from whatsit import verdict
from whatsit.classifier import Classifier
from whatsit.evaluation import evaluate
from whatsit.figures import wilson
from whatsit.labelled import LabelledPhoto
from whatsit.photos import Photo

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle

WARM, COLD = 0, 1
PHOTOS = {
    "right.png": ((220, 30, 40), WARM),
    "wrong.png": ((20, 60, 200), WARM),
    "right too.png": ((20, 60, 200), COLD),
    "unsure.png": ((125, 100, 120), WARM),
    "unknown.png": ((0, 250, 3), COLD),
    "bad.png": (None, COLD),
}


def labelled(folder: Path) -> list[LabelledPhoto]:
    for name, (colour, _) in PHOTOS.items():
        (folder / name).write_bytes(picture(colour) if colour else b"bad")
    return [LabelledPhoto(Photo(folder / name, name), label) for name, (_, label) in PHOTOS.items()]


def test_every_photo_counts(tiny: Bundle, tmp_path: Path) -> None:
    steps: list[int] = []
    classifier = Classifier.open(tiny, "cpu", "fp32")
    found = evaluate(classifier, labelled(tmp_path), lambda: steps.append(1))
    assert (found.figures.photos, found.figures.right, found.figures.failed) == (6, 4, 1)
    answers = found.answers
    assert (answers.answered.photos, answers.answered.wrong) == (3, 1)
    assert answers.answered.wrong95 == pytest.approx(wilson(1, 3))
    assert (answers.not_sure, answers.unknown, answers.failed) == (1, 1, 1)
    assert answers.answered95 == wilson(3, 6), "of all photos, failed ones too"
    assert answers.not_sure95 == answers.unknown95 == wilson(1, 6)
    assert (answers.lists.photos, answers.lists.wrong, answers.listed) == (1, 0, 2)
    assert (answers.groups.photos, answers.groups.wrong95) == (0, (0.0, 1.0))
    assert answers.neither == 0
    assert found.reliability is not None
    assert [(one.path, one.reason) for one in found.failed] == [
        ("bad.png", "this is not a picture that can be read")
    ]
    assert len(steps) == 6


def test_the_outputs_are_kept_photo_by_photo(tiny: Bundle, tmp_path: Path) -> None:
    found = evaluate(Classifier.open(tiny, "cpu", "fp32"), labelled(tmp_path)).predictions
    assert found.paths == tuple(PHOTOS)
    assert found.labels.tolist() == [label for _, label in PHOTOS.values()]
    assert found.outputs["activation_maps"].shape == (6, 4, 4, 2)
    assert np.allclose(found.outputs["features"][0], np.array([220, 30, 40]) / 255, atol=1e-5)
    assert [bool(np.isnan(one).all()) for one in found.outputs["features"]] == [False] * 5 + [True]


def test_when_nothing_can_be_read_it_says_so(tiny: Bundle, tmp_path: Path) -> None:
    gone = [LabelledPhoto(Photo(tmp_path / f"{place}.jpg", f"{place}.jpg"), WARM) for place in range(3)]
    found = evaluate(Classifier.open(tiny, "cpu", "fp32"), gone)
    assert (found.figures.accuracy, found.answers.failed, found.reliability) == (0, 3, None)
    assert {one.reason for one in found.failed} == {"the file is gone"}


def test_what_is_not_sure_and_gets_neither_a_list_nor_a_group_is_counted(tmp_path: Path) -> None:
    classifier = Classifier.open(six_labels.make(tmp_path / "six"), "cpu", "fp32")
    truth = {"sure.png": 5, "list.png": 5, "group.png": 0, "neither.png": 3, "unknown.png": 5}
    for name, colour in six_labels.COLOURS.items():
        (tmp_path / name).write_bytes(picture(colour))
    found = evaluate(
        classifier, [LabelledPhoto(Photo(tmp_path / name, name), label) for name, label in truth.items()]
    )
    answers = found.answers
    assert (answers.answered.photos, answers.not_sure, answers.unknown) == (1, 3, 1)
    assert (answers.lists.photos, answers.groups.photos, answers.neither) == (1, 1, 1)
    assert (answers.lists.wrong, answers.groups.wrong) == (0, 0)
    said = verdict.facts(found, None, classifier)
    aside = "3 not sure (1 with a short list, 1 with a group, 1 with neither), 1 unknown"
    assert said["Set aside"] == aside
    assert said["Part not sure"] == "60.00% (95 %: 23.07% to 88.24%)"
    assert said["Among the best five"] == "100.00% (95 %: 56.55% to 100.00%)"
