from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from whatsit import locks
from whatsit.errors import RunError

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys
from pathlib import Path
from whatsit import locks
from whatsit.errors import RunError
with locks.alone(Path(sys.argv[1]), RunError("taken.")):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_lock_is_held_by_one_process_and_ends_with_it(tmp_path: Path) -> None:
    place, taken = tmp_path / "new" / ".lock", RunError("another has it.")
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(place)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(RunError, match="another has it"), locks.alone(place, taken):
            pytest.fail("two hold it")
        other.kill()
    with locks.alone(place, taken):
        assert place.is_file()
    assert not place.exists()
