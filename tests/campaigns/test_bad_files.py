from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "bad_files.py"


def test_bad_files_cost_a_line_each_and_the_good_ones_are_answered(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    command = [sys.executable, str(CAMPAIGN), "--photos", "200", "--bad", "15", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    found = json.loads(out.read_bytes())
    assert found["wrong"] == []
    for way in ("jsonl", "csv", "window"):
        assert (found[f"{way}: answered"], found[f"{way}: failed"]) == (185, 15)
    assert found["sorted into warm"] + found["sorted into cold"] == 185
