from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

CAMPAIGN = Path(__file__).parents[2] / "campaigns" / "failing_sorts.py"


@pytest.mark.usefixtures("other_disk")
def test_a_failing_operation_is_said_and_the_run_goes_on_or_back(tmp_path: Path) -> None:
    out = tmp_path / "found.json"
    command = [sys.executable, str(CAMPAIGN), "--photos", "4", "--every", "13", "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    found = json.loads(out.read_bytes())
    assert found["broken"] == []
    for mode in ("copy", "move", "hard link", "symbolic link", "keywords"):
        for error in ("ENOSPC", "EIO", "EACCES"):
            assert found[f"sort, {mode}, one disk: {error} once"] >= 2
            assert found[f"undo, {mode}, one disk: {error} from there on"] >= 1
    assert len(found["operations"]) >= 12
