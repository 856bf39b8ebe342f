from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.sorted_folder import Place, fill

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Twelve photos to sort, and a destination that is not there yet."""
    fill(tmp_path / "photos", 12)
    return Place(tmp_path / "photos", tmp_path / "sorted")


@pytest.fixture(params=["this disk", "another disk"])
def anywhere(place: Place, request: pytest.FixtureRequest) -> Place:
    """Return the same photos with a destination on their own disk and on another one."""
    if request.param == "this disk":
        return place
    return Place(place.source, request.getfixturevalue("other_disk") / "sorted")
