"""The benchmarks that show a bundle what it does not know, and another kind of what it does."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import tiny_bundle

ROOT = Path(__file__).parents[2]
SETS = """
[tiny]
known = "known"
[tiny.known_too]
"known too" = "known too"
[tiny.unknown]
others = "others"
absent = "absent"
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    tiny_bundle.make(tmp_path / "tiny")
    (tmp_path / "sets.toml").write_text(SETS)
    for folder, colour in (("known", (220, 30, 40)), ("known too", (20, 60, 200)), ("others", (0, 250, 0))):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.png").write_bytes(tiny_bundle.picture(colour))
    return tmp_path


def written(place: Path, script: str, *given: str) -> Any:
    command = [sys.executable, str(ROOT / "benchmarks" / f"{script}.py"), "tiny", *given, "--results", "."]
    subprocess.run(command, cwd=place, check=True)
    return json.loads((place / f"{script.replace('_', '-')}-tiny.json").read_text())


def test_novelty_tells_what_is_known_from_what_is_not(place: Path) -> None:
    for rows in written(place, "novelty", "--sets", "sets.toml")["sets"].values():
        assert rows.keys() == {"known", "known too", "others"}
        assert [rows[name]["int8 unknown"] for name in rows] == [0, 0, 1]
        assert rows["others"]["int8 auroc"] == rows["others"]["fp32 auroc"] == 1
        assert "int8 auroc" not in rows["known too"]


def test_each_picture_is_looked_at(place: Path) -> None:
    told = written(place, "looked_at", ".")["pictures"]
    assert told["others/1.png"]["status"] == "unknown"
    assert told["known/1.png"]["status"] == "answered"
    assert told["known/1.png"]["most_likely"]["warm"] > 0.5
