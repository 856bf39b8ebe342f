"""The honesty table: what it counts, and that no release gets worse unsaid."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers import tiny_bundle

ROOT = Path(__file__).parents[2]
RED, BLUE, GREEN = (220, 30, 40), (20, 60, 200), (0, 250, 0)
ROWS = """
[[tiny]]
name = "taught"
folder = "taught"
split = "all"
[[tiny]]
name = "others"
folder = "others"
"""

NOT_NOTED = """
[[tiny]]
name = "without labels"
folder = "without"
known = true
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    tiny_bundle.make(tmp_path / "tiny")
    (tmp_path / "rows.toml").write_text(ROWS)
    (tmp_path / "results").mkdir()
    for name in ("warm/1", "warm/2"):
        put(tmp_path / "taught" / name, RED)
    put(tmp_path / "taught" / "cold" / "3", BLUE)
    put(tmp_path / "taught" / "cold" / "4", RED)  # answered, and wrong
    put(tmp_path / "others" / "5", GREEN)
    put(tmp_path / "others" / "6", BLUE)
    return tmp_path


def put(picture: Path, colour: tuple[int, int, int]) -> None:
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.with_suffix(".png").write_bytes(tiny_bundle.picture(colour))


def honesty(place: Path, *more: str) -> subprocess.CompletedProcess[str]:
    given = ["tiny", "--rows", "rows.toml", "--results", "results", *more]
    command = [sys.executable, str(ROOT / "benchmarks" / "honesty.py"), *given]
    return subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)


def written(place: Path) -> dict[str, dict[str, dict[str, dict[str, int]]]]:
    return json.loads((place / "results" / "honesty-tiny.json").read_text())


def test_each_row_is_counted_and_stands_in_the_card(place: Path) -> None:
    ran = honesty(place)
    assert ran.returncode == 0, ran.stderr
    rows = written(place)["rows"]
    assert rows["taught"]["int8"] == {
        "photos": 4, "right": 3, "wrong": 1, "not_sure": 0, "unknown": 0, "failed": 0,
    }  # fmt: skip
    assert (rows["others"]["fp32"]["wrong"], rows["others"]["fp32"]["unknown"]) == (1, 1)
    assert "| others | int8 | 2 | 0 (0.0%) | 1 (50.0%) |" in (place / "tiny" / "README.md").read_text()


def test_a_worse_row_fails_and_leaves_all_as_it_was(place: Path) -> None:
    honesty(place)
    before, card = written(place), (place / "tiny" / "README.md").read_text()
    put(place / "others" / "5", BLUE)
    for _ in range(2):
        ran = honesty(place)
        assert ran.returncode == 1
        assert "not the same pictures: others\n" in ran.stdout
    assert written(place) == before
    assert (place / "tiny" / "README.md").read_text() == card


def test_a_worse_row_that_is_meant_says_why(place: Path) -> None:
    honesty(place)
    put(place / "others" / "5", BLUE)
    assert honesty(place, "--accept", "taught=another row").returncode == 1
    assert honesty(place, "--accept", "others=they are blue now.").returncode == 0
    assert honesty(place).returncode == 0
    assert written(place)["accepted"] == {"others": "they are blue now."}
    card = (place / "tiny" / "README.md").read_text()
    assert "Changed since the count before, others: they are blue now." in card


def test_rows_with_one_reason_share_a_line(place: Path) -> None:
    honesty(place)
    for name in ("taught/warm/1", "others/5"):
        put(place / name, BLUE)
    both = [part for row in ("taught", "others") for part in ("--accept", f"{row}=all are blue now.")]
    assert honesty(place, *both).returncode == 0
    card = (place / "tiny" / "README.md").read_text()
    assert card.count("Changed since the count before, taught; others: all are blue now.") == 1
    assert card.count("all are blue now.") == 1


def test_fewer_pictures_are_not_fewer_wrong_ones(place: Path) -> None:
    honesty(place)
    (place / "others" / "6.png").unlink()
    assert honesty(place).returncode == 1
    (place / "others" / "5.png").unlink()
    ran = honesty(place)
    assert ran.returncode == 1
    assert "others: this folder holds no picture" in ran.stderr


def test_a_picture_that_fails_is_no_better_than_one_that_is_unknown(place: Path) -> None:
    honesty(place)
    (place / "others" / "5.png").write_bytes(b"no picture")
    assert honesty(place).returncode == 1


def test_a_folder_that_is_not_there_keeps_its_row_of_the_same_bundle_alone(place: Path) -> None:
    honesty(place)
    (place / "others").rename(place / "away")
    assert honesty(place).returncode == 0
    assert "| others | int8 | 2 |" in (place / "tiny" / "README.md").read_text()
    before = written(place)
    manifest = place / "tiny" / "bundle.json"
    manifest.write_text(manifest.read_text().replace("1.0.0", "2.0.0"))
    ran = honesty(place)
    assert ran.returncode == 1
    assert "others cannot be counted" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert written(place) == before


def test_a_row_that_is_named_no_more_is_missed(place: Path) -> None:
    honesty(place)
    (place / "rows.toml").write_text(ROWS.partition('[[tiny]]\nname = "others"')[0])
    assert honesty(place).returncode == 1
    assert written(place)["rows"].keys() == {"taught", "others"}
    assert honesty(place, "--accept", "others=counted elsewhere.").returncode == 0
    assert written(place)["rows"].keys() == {"taught"}


def without_labels(place: Path, *colours: tuple[int, int, int]) -> None:
    (place / "rows.toml").write_text(ROWS + NOT_NOTED)
    for number, colour in enumerate(colours):
        put(place / "without" / str(number), colour)


def test_known_photos_without_labels_are_neither_right_nor_wrong(place: Path) -> None:
    without_labels(place, RED, BLUE, GREEN)
    ran = honesty(place)
    assert ran.returncode == 0, ran.stderr
    assert written(place)["rows"]["without labels"]["int8"] == {
        "photos": 3, "answered": 2, "not_sure": 0, "unknown": 1, "failed": 0,
    }  # fmt: skip
    card = (place / "tiny" / "README.md").read_text()
    assert "| without labels | int8 | 3 | 2 (66.7%) answered | – | 0 (0.0%) | 1 (33.3%) |" in card
    assert "nobody noted the labels" in card
    assert honesty(place).returncode == 0


def test_a_table_without_dashes_explains_none(place: Path) -> None:
    honesty(place)
    assert "nobody noted the labels" not in (place / "tiny" / "README.md").read_text()


def test_known_photos_that_are_unknown_now_are_worse_and_those_answered_now_are_not(place: Path) -> None:
    without_labels(place, RED, BLUE, GREEN)
    honesty(place)
    put(place / "without" / "0", GREEN)
    ran = honesty(place)
    assert ran.returncode == 1
    assert "not the same pictures: without labels\n" in ran.stdout
    for name in "02":
        put(place / "without" / name, BLUE)
    assert honesty(place).returncode == 0
    assert written(place)["rows"]["without labels"]["fp32"]["answered"] == 3


@pytest.mark.parametrize(
    ("now", "worse"),
    [
        ({}, False),
        ({"answered": 5, "not_sure": 3}, True),  # fewer get an answer
        ({"not_sure": 1, "unknown": 3}, True),  # as many do, and more that are known are called unknown
        ({"not_sure": 3, "unknown": 1}, False),
        ({"answered": 8, "not_sure": 0}, False),
        ({"not_sure": 1, "failed": 1}, True),
        ({"answered": 7, "photos": 11}, True),
    ],
)
def test_what_is_worse_where_nobody_noted_the_labels(now: dict[str, int], *, worse: bool) -> None:
    """Asked for directly: a tiny bundle cannot be made to say all of it."""
    file = ROOT / "benchmarks" / "honesty_rows.py"
    told = {"photos": 10, "answered": 6, "not_sure": 2, "unknown": 2, "failed": 0}
    assert runpy.run_path(str(file))["is_worse"](told | now, told) is worse


def test_a_row_that_gets_labels_is_not_the_row_that_it_was(place: Path) -> None:
    without_labels(place, RED, BLUE)
    honesty(place)
    (place / "rows.toml").write_text((ROWS + NOT_NOTED).replace("known = true", ""))
    ran = honesty(place)
    assert ran.returncode == 1
    assert "without labels" in ran.stdout
    assert honesty(place, "--accept", "without labels=they are others now.").returncode == 0


def test_a_new_row_is_added_without_a_reason_but_hides_no_worse_one(place: Path) -> None:
    honesty(place)
    without_labels(place, RED)
    put(place / "others" / "5", BLUE)
    ran = honesty(place)
    assert ran.returncode == 1
    assert "not the same pictures: others\n" in ran.stdout
    assert "without labels" not in written(place)["rows"]
    put(place / "others" / "5", GREEN)
    assert honesty(place).returncode == 0
    assert written(place)["rows"].keys() == {"taught", "others", "without labels"}
    assert written(place)["accepted"] == {}
