"""The honesty table: what it counts, and that no release gets worse unsaid."""

from __future__ import annotations

import json
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
