"""The commands `data show` and `data link` as typed, and the page that show writes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from tests.helpers import labelled_photos
from whatsit import cli

if TYPE_CHECKING:
    from pathlib import Path


class Page(HTMLParser):
    """What a browser would find: elements, texts, and addresses that are fetched."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "xlink:href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_show_counts_and_writes_one_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets")
    (folder / "cat" / "cat.7.jpg").write_bytes((folder / "dog" / "dog.7.jpg").read_bytes())
    (folder / "dog" / "bad.jpg").write_bytes(b"no picture")
    out = tmp_path / "page.html"
    assert cli.main(["data", "show", str(folder), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert re.search(r"^cat +\d+ +\d+ +\d+ +\d+ +(39|40)$", said, re.MULTILINE)
    assert "same photo more than once: 1" in said
    assert "with other labels: 1" in said
    assert "pets/dog/bad.jpg" in said
    page = Page(out)
    assert "script" not in page.elements
    assert all(address.startswith(("data:image/", "#")) for address in page.addresses)
    for words in (
        "class folders",
        "The same photo, other labels",
        "cat.7.jpg",
        "mean of",
        "bad.jpg",
        "calibrate",
    ):
        assert words in page.text
    assert page.elements.count("svg") == 1
    assert page.elements.count("img") > 2 * 15


def test_names_are_shown_as_they_are_and_are_no_html(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = ("<b>cat & [red]co$t$", "<script>alert(1)")
    labelled_photos.class_folders(tmp_path / "<i>pets", names)
    out = tmp_path / "page.html"
    assert cli.main(["data", "show", str(tmp_path / "<i>pets"), "--out", str(out)]) == 0
    page = Page(out)
    assert not {"script", "i"} & set(page.elements)
    said = capsys.readouterr().out
    for name in names:
        assert page.text.count(name) >= 3
        assert name in said


def test_of_many_classes_each_is_on_the_page_and_a_few_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    labels = [f"breed {number:03d}" for number in range(120)]
    labelled_photos.class_folders(tmp_path / "dogs", labels, each=2)
    out = tmp_path / "page.html"
    assert cli.main(["data", "show", str(tmp_path / "dogs"), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "110 more; median" in said
    assert len([line for line in said.splitlines() if line.startswith("breed")]) == 10
    text = Page(out).text
    assert all(text.count(label) >= 3 for label in labels)  # in the plot, the table and above its photos


def test_a_set_that_is_too_small_to_train_is_shown_and_what_it_lacks_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets", ("cat",), each=3)
    assert cli.main(["data", "show", str(folder), "--out", str(tmp_path / "page.html")]) == 0
    assert "1 class was found: 'cat'; two or more are needed." in capsys.readouterr().out


def test_ages_and_groups_are_options(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(60):
        labelled_photos.save(tmp_path / "faces" / f"{number + 1}_p{number // 5}_.jpg", number)
    words = ["data", "link", str(tmp_path / "faces"), str(tmp_path / "out"), "--age", "18", "--splits"]
    assert cli.main([*words, "--group", r"(p\d+)_"]) == 0
    assert "60 links made" in capsys.readouterr().out
    splits: dict[str, set[str]] = {}
    for path in (tmp_path / "out").rglob("*.jpg"):
        splits.setdefault(path.name.split("_")[1], set()).add(path.parent.parent.name)
        assert path.parent.name == ("young" if int(path.name.split("_")[0]) < 18 else "old")
    assert len(splits) == 12
    assert all(len(found) == 1 for found in splits.values())


def test_what_a_training_would_take_is_what_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = labelled_photos.class_folders(tmp_path / "pets")
    words = ["--set", "data.photos=20", "--set", "data.balanced=true", "--out", str(tmp_path / "page.html")]
    assert cli.main(["data", "show", str(folder), *words]) == 0
    assert re.search(r"^cat +10 .*\ndog +10 ", capsys.readouterr().out, re.MULTILINE)


def test_link_makes_folders_for_splits_where_they_are_given(photos: Path, tmp_path: Path) -> None:
    assert cli.main(["data", "link", str(photos), str(tmp_path / "out")]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"train", "tune", "calibrate", "test"}
    assert cli.main(["data", "link", str(photos), str(tmp_path / "flat"), "--no-splits"]) == 0
    assert {path.name for path in (tmp_path / "flat").iterdir()} == {"cat", "dog"}


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["show", "nowhere"], 1, "no such folder"),
        (["show", "nowhere", "--set", "data.grup=x"], 2, "data.group"),
        (["show", "nowhere", "--set", "fit.epochs=2"], 2, "nothing of the photos"),
        (["show", "nowhere", "--age", "0"], 2, "age.limit"),
        (["shw", "nowhere"], 2, "shw"),
        (["link", "nowhere"], 2, "into"),
    ],
)
def test_a_mistake_is_said(
    words: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["data", *words]) == code
    captured = capsys.readouterr()
    assert said in captured.err
    assert "Traceback" not in captured.err
