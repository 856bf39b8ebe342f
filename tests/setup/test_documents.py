"""Documents and screenshots made of the project's own texts and windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from whatsit import photos

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).parents[2]


def lay_out(data: Path, home: Path) -> None:
    command = [sys.executable, "-m", "setup.documents", str(data)]
    asked = {**os.environ, "PYTHONPATH": str(ROOT), "WHATSIT_HOME": str(home)}
    subprocess.run(command, cwd=data.parent, env=asked, check=True, capture_output=True)


def shown(file: Path) -> NDArray[np.int16]:
    with Image.open(file) as picture:
        return np.asarray(picture.convert("RGB"), np.int16)


def thumbnail(file: Path) -> NDArray[np.float32]:
    small = Image.fromarray(shown(file).astype(np.uint8)).convert("L").resize((64, 64))
    return np.asarray(small, np.float32)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("made")
    lay_out(place / "data", place / "home")
    return place / "data" / "unknowns-test"


def test_forty_documents_and_fifteen_screenshots_can_be_asked_about(made: Path) -> None:
    for folder, count in (("documents", 40), ("screenshots", 15)):
        found = list(photos.scan([made / folder]))
        assert [one.settled for one in found] == [None] * count
        assert len({shown(one.path).shape for one in found}) >= 5


def test_none_is_empty_and_no_two_are_alike(made: Path) -> None:
    small = [thumbnail(file) for file in made.rglob("*.*")]
    assert min(one.std() for one in small) > 1
    apart = [np.abs(one - other).max() for at, one in enumerate(small) for other in small[:at]]
    assert min(apart) > 5


def test_the_readme_is_shown_without_its_picture_of_a_cat(made: Path) -> None:
    """The window's picture on the first page is in colour; what is left of the page are letters and links."""
    for name in ("documents/printed-0.png", "screenshots/browser.png"):
        red, green, blue = np.moveaxis(shown(made / name), -1, 0)
        assert ((red - blue > 40) & (red - green > 20)).mean() < 0.001


def test_a_second_time_the_same_comes_out_and_what_is_there_stays(made: Path, tmp_path: Path) -> None:
    kept = tmp_path / "data" / "unknowns-test" / "documents" / "form-0.png"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"kept")
    lay_out(tmp_path / "data", tmp_path / "home")
    assert kept.read_bytes() == b"kept"
    again = {file.name: file.read_bytes() for file in kept.parents[1].rglob("*.*") if file != kept}
    before = {file.name: file.read_bytes() for file in made.rglob("*.*") if file.name != kept.name}
    assert again == before
