from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from desktop.work.asking import WHOLE, Area, Question, ask
from desktop.work.facts import Facts, read
from whatsit.classifier import Classifier

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.bundle import Bundle


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """A photo whose left half is red and whose right half is blue."""
    picture = Image.new("RGB", (80, 40), (220, 30, 40))
    picture.paste((20, 60, 200), (40, 0, 80, 40))
    picture.save(tmp_path / "halves.png")
    return tmp_path / "halves.png"


def test_a_part_is_asked_about_alone(tiny: Bundle, halves: Path) -> None:
    classifier = Classifier.open(tiny, "cpu", "fp32")
    parts = [Area(0, 0, 0.5, 1), Area(0.5, 0, 0.5, 1)]
    left, right = ask([Question(halves, part) for part in parts], classifier)
    best = [classifier.judge(one.evidence).candidates[0].label for one in (left, right) if one.evidence]
    assert best == ["warm", "cold"]


def test_the_whole_gets_the_answer_that_it_got_before(tiny: Bundle, halves: Path) -> None:
    classifier = Classifier.open(tiny, "cpu", "fp32")
    (heard,) = ask([Question(halves)], classifier)
    assert heard.evidence is not None
    assert [classifier.judge(heard.evidence)] == classifier.classify(classifier.pixels_of(halves)[None])
    assert heard.covers == WHOLE if tiny.manifest.input.resize == "squash" else heard.covers.width == 0.5


def test_a_photo_that_is_gone_ends_no_questions(tiny: Bundle, halves: Path) -> None:
    gone, there = ask(
        [Question(halves.with_name("gone.png")), Question(halves)], Classifier.open(tiny, "cpu")
    )
    assert gone.evidence is None
    assert there.evidence is not None


def test_an_area_is_cut_to_the_photo_and_never_empty() -> None:
    assert Area.between((0.8, 0.5), (-1, 2)) == Area(0.0, 0.5, 0.8, 0.5)
    assert Area.between((0.5, 0.5), (0.51, 0.9)) is None
    assert Area(0.999, 0.999, 0.001, 0.001).box(10, 10) == (9, 9, 10, 10)
    assert Area(0.2, 0.2, 0.5, 0.5).inner(Area(0.5, 0, 0.5, 1)) == Area(0.45, 0.2, 0.25, 0.5)


def test_facts_of_a_camera(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Canon", "Canon EOS 5D"
    exif.get_ifd(0x8769)[0x9003] = "2021:07:04 12:30:59"
    Image.new("RGB", (8, 8)).save(tmp_path / "a.jpg", exif=exif)
    assert read((tmp_path / "a.jpg").read_bytes()) == Facts("2021-07-04 12:30", "Canon EOS 5D")
    assert read(b"no picture") == Facts()
