"""The table of a bundle's parts: what their names say, and by label where parts are words."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from tests.helpers import tiny_bundle

ROOT = Path(__file__).parents[2]
PARTS = """
[[tiny]]
name = "age"
pattern = '^(\\d+)_'
bands = [0, 13]
[[tiny]]
name = "side"
pattern = '_(\\w)'
words = { l = "left", r = "right" }
"""
RED, BLUE = (220, 30, 40), (20, 60, 200)


def test_each_label_of_a_word_is_counted_by_itself(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "benchmarks", tmp_path / "benchmarks", ignore=shutil.ignore_patterns("results"))
    (tmp_path / "benchmarks" / "parts.toml").write_text(PARTS)
    (tmp_path / "benchmarks" / "results").mkdir()
    bundle = tiny_bundle.make(tmp_path / "tiny").folder
    photos = {"warm/5_l": RED, "warm/20_l": RED, "warm/21_r": BLUE, "cold/22_l": BLUE}
    rows = ["path,label,split"]
    for name, colour in photos.items():
        file = tmp_path / "photos" / f"{name}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(tiny_bundle.picture(colour))
        rows.append(f"{name}.png,{name.partition('/')[0]},test")
    (tmp_path / "photos" / "split.csv").write_text("\n".join(rows) + "\n")
    command = [
        sys.executable,
        str(tmp_path / "benchmarks" / "parts.py"),
        str(bundle),
        str(tmp_path / "photos"),
    ]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    card = (bundle / "README.md").read_text(encoding="utf-8")
    assert "| age | 0–12 | 1 | 100.0% (20.7–100.0) | 100.0% | 0.0% (0.0–79.3) |" in card
    assert "| age | 13 and more | 3 | 66.7% (20.8–93.9) |" in card
    assert "| side | left, warm | 2 | 100.0%" in card
    assert "| side | left, cold | 1 | 100.0%" in card
    assert "| side | right, warm | 1 | 0.0% (0.0–79.3) | 100.0% | 100.0% (20.7–100.0) |" in card
    found = json.loads((tmp_path / "benchmarks" / "results" / "parts-tiny.json").read_text())["parts"]
    assert found["side"]["left, warm"] == {
        "photos": 2, "likeliest_right": 2, "answered": 2, "answered_wrong": 0,
    }  # fmt: skip
