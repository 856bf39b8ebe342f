from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "killed_sorts.py"


@pytest.mark.usefixtures("other_disk")
def test_a_killed_sort_or_undo_loses_nothing_and_goes_on_or_back(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    command = [sys.executable, str(CAMPAIGN), "--kills", "3", "--every", "41", "--seed", "3"]
    subprocess.run([*command, "--out", str(out)], check=True, capture_output=True)
    found = json.loads(out.read_bytes())
    assert found["broken"] == []
    assert found["kills"] >= 14 * 3
    for mode in ("copy", "move", "hard link", "symbolic link", "keywords"):
        assert found[f"sort, {mode}, one disk: at random"] == 3
        assert found[f"undo, {mode}, one disk: after every operation"] >= 2
