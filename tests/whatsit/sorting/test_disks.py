from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

UNSHARE = ["unshare", "-m"]


@pytest.fixture(scope="module")
def mounts(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skip where no disk of one's own can be mounted: that needs root."""
    folder = tmp_path_factory.mktemp("mount")
    try:
        tried = subprocess.run(
            [*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", str(folder)], check=False, capture_output=True
        )
    except FileNotFoundError:
        pytest.skip("there is no unshare here")
    if tried.returncode:
        pytest.skip("disks can be mounted by root alone")


@pytest.mark.usefixtures("mounts")
@pytest.mark.parametrize("mode", ["copy", "move"])
@pytest.mark.parametrize("scene", ["full", "read_only", "pulled_out"])
def test_a_disk_that_fails_is_said_and_the_run_goes_on_or_back(scene: str, mode: str, tmp_path: Path) -> None:
    command = [*UNSHARE, sys.executable, "-m", "tests.helpers.disk_scenes", scene, str(tmp_path), mode]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
