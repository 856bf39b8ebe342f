from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.helpers.sorted_folder import Place, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

MEMORY = Path("/dev/shm")  # noqa: S108 - another disk, and each test has a folder of its own there


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Twelve photos to sort, and a destination that is not there yet."""
    fill(tmp_path / "photos", 12)
    return Place(tmp_path / "photos", tmp_path / "sorted")


@pytest.fixture
def other_disk(tmp_path: Path) -> Iterator[Path]:
    """Return a folder on another disk than `tmp_path`."""
    if not MEMORY.is_dir() or MEMORY.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip(f"{MEMORY} is no other disk")
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(params=["this disk", "another disk"])
def anywhere(place: Place, request: pytest.FixtureRequest) -> Place:
    """Return the same photos with a destination on their own disk and on another one."""
    if request.param == "this disk":
        return place
    return Place(place.source, request.getfixturevalue("other_disk") / "sorted")
