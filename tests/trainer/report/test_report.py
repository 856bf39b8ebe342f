from __future__ import annotations

import base64
import io
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.helpers import colour_run
from tests.trainer.results.test_history import row
from trainer.report import report
from trainer.results import environment, history, predicted
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

    from whatsit.run import Run


class Seen(HTMLParser):
    """What a page shows and what it reaches for."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def written(run: Run) -> Seen:
    report.write(run, colour_run.model(len(run.info.labels)))
    return Seen((run.folder / "report.html").read_text(encoding="utf-8"))


def test_the_page_needs_nothing_else(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    for one in [row("head", 1), row("head", 2), row("fit", 1)]:
        history.append(run.folder, one)
    environment.write(run.folder, ["whatsit", "train", "colours", "--data", "photos"])
    seen = written(run)
    assert "script" not in seen.tags
    assert "link" not in seen.tags
    assert all(address.startswith(("data:image/", "#")) for address in seen.addresses)
    assert not re.search(r"url\((?!#)", (run.folder / "report.html").read_text())
    assert seen.tags.count("svg") == 3  # two curves, reliability


def test_it_tells_the_figures_the_command_and_the_recipe(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    environment.write(run.folder, ["whatsit", "train", "colours", "--set", "fit.epochs=3"])
    found = predicted.metrics_of_run(run)["tune"]
    text = written(run).text
    assert "Tells colours apart." in text
    assert (
        f"Accuracy 75.00 % {found.intervals95.accuracy[0]:.2%}".replace("%", " %").replace("  ", " ") in text
    )
    assert f"Log loss {found.log_loss:.4f}" in text
    assert "whatsit train colours --set fit.epochs=3" in text
    assert '"epochs":3' in text
    assert "test 6 not evaluated" in text


def test_mistakes_are_there_as_pictures(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    seen = written(run)
    pictures = [one for one in seen.addresses if one.startswith("data:image/jpeg")]
    assert len(pictures) == 2
    picture = Image.open(io.BytesIO(base64.b64decode(pictures[0].partition(",")[2])))
    assert picture.size == (24, 20)
    assert "2 of 8 photos of “tune” are wrong" in seen.text
    assert "0/tune-0.png" in seen.text
    assert "is warm, given" in seen.text


def test_a_photo_that_is_gone_leaves_its_row(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    (run.info.data_root / "0" / "tune-0.png").unlink()
    seen = written(run)
    assert "cannot be read any more" in seen.text
    assert "0/tune-0.png" in seen.text


def test_no_mistake_and_no_history_say_so(tmp_path: Path) -> None:
    seen = written(colour_run.make(tmp_path, wrong=0))
    assert "None: all 8 photos of “tune” are right." in seen.text
    assert "Learning" not in seen.text
    assert seen.tags.count("svg") == 1


def test_names_are_text_and_never_markup(tmp_path: Path) -> None:
    names = ("<script>alert(1)</script>", "$\\frac{1}{0}$ & co", "犬")
    seen = written(colour_run.make(tmp_path, names))
    assert "script" not in seen.tags
    for name in names:
        assert name in seen.text


def test_many_classes_are_a_picture_and_the_most_confused_pairs(tmp_path: Path) -> None:
    seen = written(colour_run.make(tmp_path, tuple(f"breed {number:02}" for number in range(24))))
    (picture,) = [one for one in seen.addresses if one.startswith("data:image/png")]
    points = Image.open(io.BytesIO(base64.b64decode(picture.partition(",")[2])))
    assert points.size == (24, 24)
    alpha = points.getchannel("A")
    assert alpha.getpixel((3, 3)) > alpha.getpixel((4, 3)) > alpha.getpixel((5, 3)) == 0  # type: ignore[operator]
    assert "breed 03 breed 04 1 25.0 %" in seen.text
    assert "All 24 classes, the hardest first" in seen.text


def test_a_network_within_is_one_row_and_can_be_opened(tmp_path: Path) -> None:
    text = written(colour_run.make(tmp_path)).text
    assert "body backbone 8 × 8 × 3 0" in text
    assert "logits Dense 2 8" in text
    assert "The 2 layers of body" in text
    assert "all 8" in text


def test_a_damaged_file_is_named_and_no_report_is_left(tmp_path: Path) -> None:
    run = colour_run.make(tmp_path)
    (run.folder / "history.csv").write_text("epoch\n1\n")
    with pytest.raises(RunError, match=r"history\.csv"):
        written(run)
    assert not (run.folder / "report.html").exists()
