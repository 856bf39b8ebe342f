from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.helpers.tiny_bundle import picture
from whatsit.bundle import Bundle
from whatsit.classifier import Classifier
from whatsit.decisions import Status

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.decisions import Answer


def test_from_a_file_to_an_answer(tiny: Bundle, tmp_path: Path) -> None:
    classifier = Classifier.open(tiny, "cpu", "int8")
    assert (classifier.variant, classifier.device.name, classifier.bundle) == ("int8", "cpu", tiny)
    (tmp_path / "red.png").write_bytes(picture((220, 30, 40)))
    pixels = classifier.pixels_of(tmp_path / "red.png")
    assert np.array_equal(pixels, classifier.pixels_of(picture((220, 30, 40))))
    (answer,) = classifier.classify(pixels[np.newaxis])
    assert (answer.status, answer.label) == (Status.ANSWERED, "warm")
    assert answer.confidence
    assert answer.confidence > 0.99


def test_each_variant_answers_by_its_own_decision(tiny: Bundle) -> None:
    variants = dict(tiny.manifest.variants)
    strict = variants["int8"].decision.model_copy(update={"threshold": 1.0})
    variants["int8"] = variants["int8"].model_copy(update={"decision": strict})
    bundle = Bundle(tiny.folder, tiny.manifest.model_copy(update={"variants": variants}))

    def status(classifier: Classifier) -> Status:
        return classifier.classify(classifier.pixels_of(picture((160, 100, 120)))[np.newaxis])[0].status

    assert status(Classifier.open(bundle, "cpu", "fp32")) is Status.ANSWERED
    assert status(Classifier.open(bundle, "cpu", "int8")) is Status.NOT_SURE


def test_several_threads_may_ask_at_once(tiny: Bundle) -> None:
    classifier = Classifier.open(tiny, "cpu", "fp32")
    pixels = np.random.default_rng(0).integers(0, 255, (8, 32, 32, 3), dtype=np.uint8)
    alone = classifier.classify(pixels)

    def ask(_turn: int) -> list[Answer]:
        return classifier.classify(pixels)

    with ThreadPoolExecutor(4) as pool:
        assert all(answers == alone for answers in pool.map(ask, range(40)))


@pytest.mark.parametrize("variant", ["fp32", "int8"])
def test_the_shipped_model_knows_cats_and_dogs(
    cats_dogs: Bundle, cat_and_dog_photos: Path, variant: str
) -> None:
    classifier = Classifier.open(cats_dogs, "cpu", variant)  # type: ignore[arg-type]
    files = sorted(cat_and_dog_photos.glob("*/*.jpg"))[::10]
    outputs = classifier.predict(np.stack([classifier.pixels_of(file) for file in files]))
    names = [label.name for label in cats_dogs.manifest.labels]
    best = [names[place] for place in outputs.probabilities.argmax(axis=1)]
    assert np.mean([name == file.parent.name for name, file in zip(best, files, strict=True)]) >= 0.95
