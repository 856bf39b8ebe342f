from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

FUZZ = Path(__file__).parents[2] / "campaigns" / "fuzz.py"


@pytest.mark.parametrize("target", ["pictures", "bundles"])
def test_what_the_fuzzer_kept_raises_nothing_but_our_own_errors(target: str) -> None:
    command = [sys.executable, str(FUZZ), target, "--replay"]
    ran = subprocess.run(command, check=True, capture_output=True, text=True)
    kept = len(list((FUZZ.parent / "corpus" / target).iterdir()))
    assert kept > 4
    assert ran.stdout == f"{kept} inputs and no finding\n"
