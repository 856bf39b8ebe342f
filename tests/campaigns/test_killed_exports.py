from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

MOMENTS = ("anywhere", "writing", "replacing")
CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "killed_exports.py"


def test_a_killed_export_leaves_the_old_bundle_or_the_new_one(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    command = [sys.executable, str(CAMPAIGN), "--kills", "3", "--seed", "5", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    found = json.loads(out.read_bytes())
    assert found["broken"] == []
    assert sum(count for name, count in found.items() if name.endswith(("old", "new"))) == 3
    assert all(found[f"{moment}: old"] + found[f"{moment}: new"] == 1 for moment in MOMENTS)
